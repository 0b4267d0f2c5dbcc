use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::{Block, ByName, CodeOrDocument, CodeText, Format, Rows, Sparse, SystemName, Within};
use crate::{
    Alert, Backoff, Category, Claim, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Kind, Param,
    ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, Scenario, Section, Severity,
    Signature, Surface, System, Target,
};

/// Implements `Serialize` as an object with the fields of the tables, in their order. Absent fields are left out.
macro_rules! objects {
    ($(
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    )+) => {
        $(impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(<crate::__format!($($format)?) as Format<$ty>>::write(
                    &self.$field,
                    crate::__key!($field $($key)?),
                    &mut map,
                )?;)+
                map.end()
            }
        })+
    };
}

crate::__parts!(objects);
crate::__record!(objects);
