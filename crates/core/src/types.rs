//! The structs that the tables in `fields.rs` declare, with the constructors that generated code calls.

use alloc::vec::Vec;

use crate::schema::{
    Block, ByName, CodeOrDocument, CodeText, Field, Format, Need, Object, Rows, Sparse, SystemName, Type, Value,
    Within, value,
};
use crate::{
    Backoff, Category, ExampleType, Fact, JsonText, Kind, ParamType, ProtocolVersion, RetryClass, Severity, Surface,
    Target,
};

/// Every object, each after those that its fields need.
pub(crate) const OBJECTS: &[Object] = &{
    let mut objects = [RECORD; PARTS.len() + 1];
    let mut at = 0;
    while at < PARTS.len() {
        objects[at] = PARTS[at];
        at += 1;
    }
    objects
};

/// Translates the need of a row.
macro_rules! need {
    (required) => {
        Need::Required
    };
    (resolved) => {
        Need::Required
    };
    (optional) => {
        Need::Optional
    };
    (of_kind) => {
        Need::OfKind
    };
    (given) => {
        Need::Given
    };
}

/// Describes one type.
macro_rules! object {
    ($type:ident, [$($type_doc:literal)+], $([$($doc:literal)+] $need:ident $field:ident [$($key:literal)?] [$ty:ty] [$($format:ty)?],)+) => {
        Object::new(stringify!($type), [$($type_doc),+][0], || {
            let mut fields: Vec<Field> = Vec::new();
            $(fields.extend(<crate::__format!($($format)?) as Format<$ty>>::fields(
                crate::__key!($field $($key)?),
                [$($doc),+][0],
                need!($need),
            ));)+
            fields
        })
    };
}

/// Declares the parts.
macro_rules! parts {
    ($(
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    )+) => {
        $(
            $(#[doc = $type_doc])+
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub struct $type {
                $($(#[doc = $doc])+ pub $field: $ty,)+
            }

            impl $type {
                #[doc(hidden)]
                #[must_use]
                #[allow(clippy::too_many_arguments)]
                pub const fn __new($($field: $ty),+) -> Self {
                    Self { $($field),+ }
                }
            }

            value! { $type => Type::Object(stringify!($type)), }
        )+

        const PARTS: &[Object] = &[
            $(object!($type, [$($type_doc)+], $([$($doc)+] $need $field [$($key)?] [$ty] [$($format)?],)+),)+
        ];
    };
}

crate::__parts!(parts);

/// Declares the record and its builder.
macro_rules! record {
    (
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    ) => {
        $(#[doc = $type_doc])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $type {
            $($(#[doc = $doc])+ pub $field: $ty,)+
            pub(crate) registry: &'static str,
            pub(crate) index: u16,
            pub(crate) text_is_ambiguous: bool,
            pub(crate) json: Option<JsonText>,
            pub(crate) extends: Option<&'static Record>,
        }

        /// Makes a record, field by field. Generated code does so in constants, so that a record may gain fields.
        #[doc(hidden)]
        #[derive(Debug, Clone)]
        pub struct RecordBuilder(Record);

        impl RecordBuilder {
            /// Begins with what identifies a record.
            #[must_use]
            pub const fn new(
                index: u16,
                code: &'static str,
                system: &'static System,
                family: &'static Family,
                name: &'static str,
                title: &'static str,
            ) -> Self {
                Self(Record { index, code, system, family, name, title, ..EMPTY })
            }

            $(
                #[must_use]
                pub const fn $field(mut self, $field: $ty) -> Self {
                    self.0.$field = $field;
                    self
                }
            )+

            /// Sets the name of the registry that the record is a part of.
            #[must_use]
            pub const fn registry(mut self, registry: &'static str) -> Self {
                self.0.registry = registry;
                self
            }

            /// Sets whether another system's code has the same text and is meant when the text is alone.
            #[must_use]
            pub const fn text_is_ambiguous(mut self, text_is_ambiguous: bool) -> Self {
                self.0.text_is_ambiguous = text_is_ambiguous;
                self
            }

            /// Sets the JSON of a bare error.
            #[must_use]
            pub const fn json(mut self, json: JsonText) -> Self {
                self.0.json = Some(json);
                self
            }

            /// Returns the record.
            #[must_use]
            pub const fn build(self) -> Record {
                self.0
            }
        }

        /// A record before its fields are set.
        const EMPTY: Record = Record {
            $($field: default!($ty $(, $default)?),)+
            registry: "",
            index: 0,
            text_is_ambiguous: false,
            json: None,
            extends: None,
        };

        const RECORD: Object =
            object!($type, [$($type_doc)+], $([$($doc)+] $need $field [$($key)?] [$ty] [$($format)?],)+);
    };
}

/// What a field is before it is set.
trait Empty {
    const EMPTY: Self;
}

/// Implements [`Empty`].
macro_rules! empty {
    ($([$($generics:tt)*] $ty:ty => $value:expr,)+) => {
        $(impl<$($generics)*> Empty for $ty {
            const EMPTY: Self = $value;
        })+
    };
}

empty! {
    [] &'static str => "",
    [] bool => false,
    [T] Option<T> => None,
    [T] &'static [T] => &[],
}

/// Returns what a field is before it is set: what its row says, else nothing.
macro_rules! default {
    ($ty:ty) => {
        <$ty as Empty>::EMPTY
    };
    ($ty:ty, $default:expr) => {
        $default
    };
}

crate::__record!(record);
