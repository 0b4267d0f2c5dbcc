//! The structs that the tables in `fields.rs` declare, with the constructors that generated code calls.

use alloc::vec::Vec;

use crate::schema::{
    Block, ByName, CodeOrDocument, CodeText, Field, Format, Need, Object, Rows, Sparse, SystemName, Type, Value,
    Vocabulary, Within, one, value,
};
use crate::{
    Backoff, Category, ExampleType, Fact, JsonText, Kind, ParamType, ProtocolVersion, RetryClass, Severity, Surface,
    Target,
};

impl Object {
    /// Every object of the registry, each after those that its fields use.
    pub const ALL: &'static [Self] = &{
        let mut objects = [RECORD; PARTS.len() + 1];
        let mut at = 0;
        while at < PARTS.len() {
            objects[at] = PARTS[at];
            at += 1;
        }
        objects
    };
}

/// Lists the vocabularies.
macro_rules! vocabularies {
    ($($name:ident)+) => {
        impl Vocabulary {
            /// Every vocabulary of the registry.
            pub const ALL: &'static [Self] = &[
                $(Self { name: stringify!($name), about: crate::$name::ABOUT, words: crate::$name::WORDS },)+
            ];
        }
    };
}

crate::__vocabularies!(vocabularies);

/// Implements [`ByName`].
macro_rules! by_name {
    ($($ty:ty => $type:expr,)+) => {
        $(impl Format<&'static $ty> for ByName {
            fn fields(name: &'static str, about: &'static str, need: Need) -> Vec<Field> {
                one(name, $type, about, false, need)
            }

            #[cfg(feature = "serde")]
            fn write<M: serde::ser::SerializeMap>(
                value: &&'static $ty,
                name: &'static str,
                map: &mut M,
            ) -> Result<(), M::Error> {
                map.serialize_entry(name, value.name)
            }
        })+
    };
}

by_name! {
    System => Type::SystemName,
    Family => Type::Text,
}

/// Converts the first word of a row to a `Need`.
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
            pub(crate) is_brief: bool,
            pub(crate) json: Option<JsonText>,
            pub(crate) bare_message: Option<&'static str>,
            pub(crate) extends: Option<&'static Record>,
        }

        impl $type {
            /// Creates a record from all of its fields. Generated code calls it, because the compiler needs much less memory for one
            /// call than for one for each field.
            #[doc(hidden)]
            #[must_use]
            #[allow(clippy::too_many_arguments)]
            pub const fn __new(
                (registry, index, text_is_ambiguous): (&'static str, u16, bool),
                (json, bare_message): (Option<JsonText>, Option<&'static str>),
                $($field: $ty,)+
            ) -> Self {
                Self { $($field,)+ registry, index, text_is_ambiguous, is_brief: false, json, bare_message, extends: None }
            }
        }

        /// Creates a record, field by field.
        #[doc(hidden)]
        #[derive(Debug, Clone)]
        pub struct RecordBuilder(Record);

        impl RecordBuilder {
            /// Creates a builder with the fields that identify a record.
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

            /// Sets the name of the registry that contains the record.
            #[must_use]
            pub const fn registry(mut self, registry: &'static str) -> Self {
                self.0.registry = registry;
                self
            }

            /// Sets whether another system's code has the same text and is the one that the text alone means.
            #[must_use]
            pub const fn text_is_ambiguous(mut self, text_is_ambiguous: bool) -> Self {
                self.0.text_is_ambiguous = text_is_ambiguous;
                self
            }

            /// Sets the message of a bare error, if the template has escaped braces and no placeholders.
            #[must_use]
            pub const fn bare_message(mut self, message: &'static str) -> Self {
                self.0.bare_message = Some(message);
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
            is_brief: false,
            json: None,
            bare_message: None,
            extends: None,
        };

        const RECORD: Object =
            object!($type, [$($type_doc)+], $([$($doc)+] $need $field [$($key)?] [$ty] [$($format)?],)+);
    };
}

/// Declares the constructor of records without the rarer fields.
macro_rules! plain {
    ($($field:ident: $ty:ty,)+) => {
        impl Record {
            /// The fields that [`__plain`](Self::__plain) sets.
            #[doc(hidden)]
            pub const __PLAIN: &'static [&'static str] = &[$(stringify!($field)),+];

            /// Does the same as [`__new`](Self::__new) with the fields that most records of large registries state. Generated code calls
            /// it, because a compiler that reads thousands of records needs memory for each argument.
            #[doc(hidden)]
            #[must_use]
            #[allow(clippy::too_many_arguments)]
            pub const fn __plain(
                (registry, index, text_is_ambiguous): (&'static str, u16, bool),
                (json, bare_message): (Option<JsonText>, Option<&'static str>),
                $($field: $ty,)+
            ) -> Self {
                Self { $($field,)+ registry, index, text_is_ambiguous, json, bare_message, ..EMPTY }
            }

            /// Returns whether the record states nothing else.
            #[doc(hidden)]
            #[must_use]
            #[inline]
            pub fn __is_plain(&self) -> bool {
                let own = (self.registry, self.index, self.text_is_ambiguous);
                let plain = Self::__plain(own, (self.json, self.bare_message), $(self.$field,)+);
                *self == Self { is_brief: self.is_brief, extends: self.extends, ..plain }
            }
        }
    };
}

plain! {
    code: &'static str,
    system: &'static System,
    family: &'static Family,
    name: &'static str,
    title: &'static str,
    summary: &'static str,
    causes: &'static [&'static str],
    resolution: &'static [&'static str],
    hint: &'static str,
    message: Option<&'static str>,
    params: &'static [Param],
    kind: Kind,
    http_status: u16,
    severity: Severity,
    category: Category,
    recoverable: bool,
    retry: Retry,
    surface: Surface,
    json_rpc: &'static [JsonRpcNumber],
    since: &'static str,
    reference: &'static str,
    stated: &'static [Fact],
}

/// The initial value of a field.
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

/// Returns the initial value of a field: the one in its row, or else the empty value.
macro_rules! default {
    ($ty:ty) => {
        <$ty as Empty>::EMPTY
    };
    ($ty:ty, $default:expr) => {
        $default
    };
}

crate::__record!(record);
