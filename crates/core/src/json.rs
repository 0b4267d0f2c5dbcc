use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Error, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::schema::{Block, ByName, CodeOrDocument, CodeText, Format, Rows, Sparse, SystemName, Within};
use crate::{
    Alert, Backoff, Category, Claim, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Kind, Param,
    ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, Scenario, Section, Severity,
    Signature, Surface, System, Target, UnknownWord,
};

/// Implements `Serialize` as an object with the fields of the tables, in their order; a field that is absent is left out.
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

/// Reads a word of a vocabulary, of which messages call a word by the text.
pub(crate) struct Word<T>(pub(crate) &'static str, pub(crate) PhantomData<T>);

impl<T: FromStr<Err = UnknownWord>> Visitor<'_> for Word<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", self.0)
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<T, E> {
        word.parse().map_err(E::custom)
    }
}
