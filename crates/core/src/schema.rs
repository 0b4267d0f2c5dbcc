//! What the registry's types look like in TOML and JSON, for programs that draw schemas, types and tables from it.
//!
//! ```
//! use mcp_error_codes_core::schema::{Object, Type};
//!
//! let record = Object::ALL.iter().find(|object| object.name == "Record").expect("the table has it");
//! let status = record.fields().into_iter().find(|field| field.name == "http_status").expect("the table has it");
//! assert_eq!((status.ty, status.is_optional), (Type::Integer, false));
//! ```

use alloc::vec::Vec;

use crate::Target;

/// An object with fields in a fixed order.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Object {
    /// The name of the Rust type.
    pub name: &'static str,
    /// A description in one sentence.
    pub about: &'static str,
    fields: fn() -> Vec<Field>,
}

impl Object {
    /// Returns the fields, in the order of the registry files and of the export.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        (self.fields)()
    }

    pub(crate) const fn new(name: &'static str, about: &'static str, fields: fn() -> Vec<Field>) -> Self {
        Self { name, about, fields }
    }
}

/// A field of an [`Object`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The name in TOML and JSON.
    pub name: &'static str,
    /// The type of the value.
    pub ty: Type,
    /// The description of the field, in one line.
    pub about: &'static str,
    /// Whether JSON leaves the field out if it is empty.
    pub is_optional: bool,
    /// Whether the tables of a registry file have it.
    pub need: Need,
}

/// Whether a field is required in a registry file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Need {
    /// The field is required.
    Required,
    /// The field is optional.
    Optional,
    /// The field is optional: its value follows from the kind of the record.
    OfKind,
    /// The field is not in the table. The generator derives it from the context.
    Given,
}

/// The type of a [`Field`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// A text.
    Text,
    /// The text of a code.
    CodeText,
    /// The name of a system.
    SystemName,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A word of the [`Vocabulary`] with this name.
    Word(&'static str),
    /// The [`Object`] with this name.
    Object(&'static str),
    /// A list.
    List(&'static Type),
}

/// A closed set of words.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Vocabulary {
    /// The name of the Rust type.
    pub name: &'static str,
    /// What its words describe, in one sentence.
    pub about: &'static str,
    /// The words and their meanings.
    pub words: &'static [(&'static str, &'static str)],
}

/// A type whose values are fields.
#[doc(hidden)]
pub trait Value {
    const TYPE: Type;
    /// Whether a value may be absent.
    const IS_OPTIONAL: bool = false;

    /// Returns whether the value is absent.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Declares the schema type of a Rust type.
macro_rules! value {
    ($($ty:ty => $type:expr,)+) => {
        $(impl Value for $ty {
            const TYPE: Type = $type;
        })+
    };
}

value! {
    &'static str => Type::Text,
    u8 => Type::Integer,
    u16 => Type::Integer,
    u32 => Type::Integer,
    u64 => Type::Integer,
    i32 => Type::Integer,
    i64 => Type::Integer,
    bool => Type::Boolean,
}

pub(crate) use value;

impl<T: Value> Value for Option<T> {
    const TYPE: Type = T::TYPE;
    const IS_OPTIONAL: bool = true;

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Value> Value for &'static [T] {
    const TYPE: Type = Type::List(&T::TYPE);
}

/// A format: how a field of type `T` is described and written. The generator also reads fields by their format.
#[doc(hidden)]
pub trait Format<T> {
    /// Returns the field or, if the format writes several, all of them.
    fn fields(name: &'static str, about: &'static str, need: Need) -> Vec<Field>;

    /// Writes the field into an object, unless the value is absent.
    #[cfg(feature = "serde")]
    fn write<M: serde::ser::SerializeMap>(value: &T, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

/// The default format of a type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Plain;

/// Preformatted text of several lines, kept unchanged.
#[doc(hidden)]
#[derive(Debug)]
pub struct Block;

/// A whole number from `LOW` to `HIGH`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Within<const LOW: i64, const HIGH: i64>;

/// A list that JSON leaves out if it is empty.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sparse;

/// The rows of a table: lists of texts, any of which may be empty. JSON leaves out an empty list of rows.
#[doc(hidden)]
#[derive(Debug)]
pub struct Rows;

/// The text of a code.
#[doc(hidden)]
#[derive(Debug)]
pub struct CodeText;

/// The name of a system.
#[doc(hidden)]
#[derive(Debug)]
pub struct SystemName;

/// A system or a family. JSON contains only its name.
#[doc(hidden)]
#[derive(Debug)]
pub struct ByName;

/// A [`Target`]. JSON contains either `code` or `document`.
#[doc(hidden)]
#[derive(Debug)]
pub struct CodeOrDocument;

/// The empty list, for generated code: the compiler needs less memory for one constant than for a literal in each place.
#[doc(hidden)]
#[derive(Debug)]
pub struct Nil<T>(T);

impl<T: 'static> Nil<T> {
    /// The list.
    pub const NIL: &'static [T] = &[];
}

/// Returns the description of one field.
pub(crate) fn one(name: &'static str, ty: Type, about: &'static str, is_optional: bool, need: Need) -> Vec<Field> {
    [Field { name, ty, about, is_optional, need }].into()
}

/// Implements a format whose present values are written unchanged.
macro_rules! as_it_is {
    ($([$($generics:tt)*] $format:ty => $type:expr;)+) => {
        $(impl<T: Value + Json, $($generics)*> Format<T> for $format {
            fn fields(name: &'static str, about: &'static str, need: Need) -> Vec<Field> {
                one(name, $type, about, T::IS_OPTIONAL, need)
            }

            #[cfg(feature = "serde")]
            fn write<M: serde::ser::SerializeMap>(value: &T, name: &'static str, map: &mut M) -> Result<(), M::Error> {
                if value.is_absent() { Ok(()) } else { map.serialize_entry(name, value) }
            }
        })+
    };
}

as_it_is! {
    [] Plain => T::TYPE;
    [] Block => T::TYPE;
    [const LOW: i64, const HIGH: i64] Within<LOW, HIGH> => T::TYPE;
    [] CodeText => Type::CodeText;
    [] SystemName => Type::SystemName;
}

/// Implements a format of lists that are left out if they are empty.
macro_rules! sparse {
    ($($format:ty),+) => {
        $(impl<T: Value + Json> Format<&'static [T]> for $format {
            fn fields(name: &'static str, about: &'static str, need: Need) -> Vec<Field> {
                one(name, Type::List(&T::TYPE), about, true, need)
            }

            #[cfg(feature = "serde")]
            fn write<M: serde::ser::SerializeMap>(
                value: &&'static [T],
                name: &'static str,
                map: &mut M,
            ) -> Result<(), M::Error> {
                if value.is_empty() { Ok(()) } else { map.serialize_entry(name, value) }
            }
        })+
    };
}

sparse!(Sparse, Rows);

impl Format<Target> for CodeOrDocument {
    fn fields(_: &'static str, _: &'static str, _: Need) -> Vec<Field> {
        let field = |name, ty, about| Field { name, ty, about, is_optional: true, need: Need::Optional };
        [
            field("code", Type::Text, "Another code: of the same system, or `system:code`."),
            field(
                "document",
                Type::Text,
                "A file, a section or a help call, as the source document names it; or a URL.",
            ),
        ]
        .into()
    }

    #[cfg(feature = "serde")]
    fn write<M: serde::ser::SerializeMap>(value: &Target, _: &'static str, map: &mut M) -> Result<(), M::Error> {
        match value {
            Target::Code(code) => map.serialize_entry("code", code),
            Target::Document(document) => map.serialize_entry("document", document),
        }
    }
}

/// Types that can be written as JSON. Without the feature `serde`, these are all types.
#[cfg(feature = "serde")]
#[doc(hidden)]
pub trait Json: serde::Serialize {}

#[cfg(feature = "serde")]
impl<T: serde::Serialize> Json for T {}

/// Types that can be written as JSON. Without the feature `serde`, these are all types.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
pub trait Json {}

#[cfg(not(feature = "serde"))]
impl<T> Json for T {}
