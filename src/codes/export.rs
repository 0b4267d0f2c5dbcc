use mcp_error_codes_core::{Record, System};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::{Registry, records, registries};

/// Serialises everything that `find` knows as one registry. Extended records replace the originals.
///
/// The output is `{"systems":[..],"codes":[..]}`, as for a [`Registry`], and follows the settings in effect at that
/// time.
///
/// ```
/// use mcp_error_codes::{Export, REGISTRY};
///
/// // No other registry is known here.
/// assert_eq!(serde_json::to_string(&Export)?, serde_json::to_string(&REGISTRY)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export;

impl Serialize for Export {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let systems: Vec<&System> = registries().flat_map(Registry::systems).collect();
        let codes: Vec<&Record> = records().collect();
        write(&systems, &codes, serializer)
    }
}

/// Serialises to `{"systems":[..],"codes":[..]}`, with the field names of the registry files.
impl Serialize for Registry {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self.systems(), self.records(), serializer)
    }
}

#[inline]
fn write<S: Serializer>(
    systems: &[impl Serialize],
    codes: &[impl Serialize],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("systems", systems)?;
    map.serialize_entry("codes", codes)?;
    map.end()
}
