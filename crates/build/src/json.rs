//! The JSON of bare errors. The library copies it instead of writing it again.

use std::fmt::{self, Display, Formatter};

use mcp_error_codes_core::{Record, bare_json};

/// Prints the expression for the generated JSON of a record.
pub(crate) struct JsonSource<'a>(pub(crate) &'a Record);

impl Display for JsonSource<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (text, places) = bare_json(self.0);
        write!(f, "JsonText::__new({text:?}, {places:?})")
    }
}
