//! Writes the values of a record as Rust expressions.

use std::fmt::Write;

use mcp_error_codes_core::{
    Alert, Backoff, Category, Claim, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Kind, Param,
    ParamType, ProtocolVersion, Record, Related, ReservedRange, Retry, RetryClass, Scenario, Section, Severity,
    Signature, Surface, System, Target,
};

use crate::emit::write::{Unwritable, Written};

/// A value that can be written as a Rust expression.
pub(crate) trait Source {
    fn write(&self, out: &mut String) -> Written;
}

/// Writes values as `Debug` prints them.
macro_rules! as_debug {
    ($($ty:ty),+) => {
        $(impl Source for $ty {
            fn write(&self, out: &mut String) -> Written {
                write!(out, "{self:?}")?;
                Ok(())
            }
        })+
    };
}

as_debug!(&'static str, String, bool, u8, u16, u32, u64, i32, i64);

impl<T: Source> Source for Option<T> {
    fn write(&self, out: &mut String) -> Written {
        match self {
            None => out.push_str("None"),
            Some(value) => {
                out.push_str("Some(");
                value.write(out)?;
                out.push(')');
            }
        }
        Ok(())
    }
}

impl<T: Source> Source for [T] {
    fn write(&self, out: &mut String) -> Written {
        if self.is_empty() {
            out.push_str("Nil::NIL");
            return Ok(());
        }
        out.push_str("&[");
        for (at, value) in self.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { ", " });
            value.write(out)?;
        }
        out.push(']');
        Ok(())
    }
}

impl<T: Source> Source for &[T] {
    fn write(&self, out: &mut String) -> Written {
        (**self).write(out)
    }
}

impl<T: Source> Source for Vec<T> {
    fn write(&self, out: &mut String) -> Written {
        self.as_slice().write(out)
    }
}

/// Writes the values of vocabularies by their paths.
macro_rules! words {
    ($($ty:ident)+) => {
        $(impl Source for $ty {
            fn write(&self, out: &mut String) -> Written {
                write!(out, concat!(stringify!($ty), "::{:?}"), self)?;
                Ok(())
            }
        })+
    };
}

mcp_error_codes_core::__vocabularies!(words);

impl Source for Target {
    fn write(&self, out: &mut String) -> Written {
        match self {
            Self::Code(code) => write!(out, "Target::Code({code:?})")?,
            Self::Document(document) => write!(out, "Target::Document({document:?})")?,
            other => return Err(Unwritable(format!("the target {other:?}"))),
        }
        Ok(())
    }
}

/// Writes the parts as calls to their constructors.
macro_rules! parts {
    ($(
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)?,)+
        }
    )+) => {
        $(impl Source for $type {
            fn write(&self, out: &mut String) -> Written {
                out.push_str(concat!(stringify!($type), "::__new("));
                let mut separator = "";
                $(
                    out.push_str(separator);
                    separator = ", ";
                    self.$field.write(out)?;
                )+
                let _ = separator;
                out.push(')');
                Ok(())
            }
        })+
    };
}

mcp_error_codes_core::__parts!(parts);

/// Writes a field of a record as an argument. The systems are in the table that `$place` names.
macro_rules! argument {
    // Systems and families are written as the constants beside their table.
    (given $record:ident $place:ident $for_recognition:ident $out:ident $field:ident) => {
        write!($out, ", {}_{}", $place.0, $place.1)?
    };
    (resolved $record:ident $place:ident $for_recognition:ident $out:ident $field:ident) => {
        write!($out, ", {}_{}_{}", $place.0, $place.1, $place.2)?
    };
    ($need:ident $record:ident $place:ident $for_recognition:ident $out:ident signatures) => {{
        $out.push_str(", ");
        match $for_recognition {
            true => $record.signatures.write($out)?,
            false => $out.push_str("Nil::NIL"),
        }
    }};
    ($need:ident $record:ident $place:ident $for_recognition:ident $out:ident stated) => {{
        $out.push_str(", ");
        // Other authors' registries state every fact.
        match $record.stated == Fact::ALL {
            true => $out.push_str("Fact::ALL"),
            false => $record.stated.write($out)?,
        }
    }};
    ($need:ident $record:ident $place:ident $for_recognition:ident $out:ident retry) => {{
        $out.push_str(", ");
        match $record.retry == Retry::new($record.retry.class) {
            true => write!($out, "Retry::new(RetryClass::{:?})", $record.retry.class)?,
            false => $record.retry.write($out)?,
        }
    }};
    ($need:ident $record:ident $place:ident $for_recognition:ident $out:ident $field:ident) => {{
        $out.push_str(", ");
        $record.$field.write($out)?;
    }};
}

/// Writes a record as a call with all of its fields.
macro_rules! record {
    (
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    ) => {
        fn arguments(record: &$type, place: Place, for_recognition: bool, is_plain: bool, out: &mut String) -> Written {
            $(if !is_plain || Record::__PLAIN.contains(&stringify!($field)) {
                argument!($need record place for_recognition out $field);
            })+
            Ok(())
        }
    };
}

mcp_error_codes_core::__record!(record);

/// Where the system and the family of a record are: the table of systems, the position in it, and the position of the family.
pub(crate) type Place = (&'static str, usize, usize);

/// Writes the expression of a record. The system, and the family within the system, are given by their place. The signatures are
/// omitted unless recognition is enabled, and the JSON of bare errors unless it is given.
pub(crate) fn record(
    record: &Record,
    place: Place,
    for_recognition: bool,
    json: Option<&dyn std::fmt::Display>,
    out: &mut String,
) -> Written {
    let (registry, index, is_ambiguous) = (record.__registry(), record.__index(), record.is_ambiguous());
    let is_plain = record.__is_plain();
    let constructor = if is_plain { "__plain" } else { "__new" };
    write!(out, "Record::{constructor}(({registry:?}, {index}, {is_ambiguous}), (")?;
    match json {
        Some(json) => write!(out, "Some({json}), ")?,
        None => out.push_str("None, "),
    }
    write!(out, "{:?})", record.__unescaped_message())?;
    arguments(record, place, for_recognition, is_plain, out)?;
    out.push(')');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value that cannot be written.
    struct Unknown;

    impl Source for Unknown {
        fn write(&self, _: &mut String) -> Written {
            Err(Unwritable("an unknown value".to_owned()))
        }
    }

    #[test]
    fn what_cannot_be_written_is_an_error_wherever_it_is() {
        let error = Err(Unwritable("an unknown value".to_owned()));
        assert_eq!(Some(Unknown).write(&mut String::new()), error);
        assert_eq!([Unknown].write(&mut String::new()), error);
        assert_eq!(vec![Some([Unknown].as_slice())].write(&mut String::new()), error);
    }

    #[test]
    fn every_value_of_a_vocabulary_is_written_as_its_path() {
        macro_rules! paths {
            ($($ty:ident)+) => {
                $(for value in $ty::ALL {
                    let mut out = String::new();
                    assert_eq!(value.write(&mut out), Ok(()));
                    assert_eq!(out, format!("{}::{value:?}", stringify!($ty)));
                })+
            };
        }
        mcp_error_codes_core::__vocabularies!(paths);
    }
}
