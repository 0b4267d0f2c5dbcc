//! Writes the values of a record as Rust expressions.

use std::fmt::Write;

use mcp_error_codes_core::{
    Alert, Backoff, Category, Claim, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Kind, Param,
    ParamType, ProtocolVersion, Record, RecordBuilder, Related, ReservedRange, Retry, RetryClass, Scenario, Section,
    Severity, Signature, Surface, System, Target,
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

/// Writes a field of a record as a call to its builder, unless it has the default value.
macro_rules! builder_call {
    // The builder is created with these fields.
    (given $record:ident $new:ident $out:ident $field:ident) => {};
    (resolved $record:ident $new:ident $out:ident $field:ident) => {};
    ($need:ident $record:ident $new:ident $out:ident $field:ident) => {
        if $record.$field != $new.$field {
            $out.push_str(concat!(".", stringify!($field), "("));
            $record.$field.write($out)?;
            $out.push(')');
        }
    };
}

/// Writes a record as calls to its builder.
macro_rules! record {
    (
        $(#[doc = $type_doc:literal])+
        $type:ident {
            $($(#[doc = $doc:literal])+ $need:ident $field:ident $(as $key:literal)?: $ty:ty $(as $format:ty)? $(= $default:expr)?,)+
        }
    ) => {
        fn fields(record: &$type, new: &$type, out: &mut String) -> Written {
            $(builder_call!($need record new out $field);)+
            Ok(())
        }
    };
}

mcp_error_codes_core::__record!(record);

/// Writes a builder with every field of a record. The system, and the family within the system, are given by their positions.
/// The signatures are left out unless recognition is enabled.
pub(crate) fn builder(
    record: &Record,
    (system, family): (usize, usize),
    for_recognition: bool,
    out: &mut String,
) -> Written {
    let (index, code, name, title) = (record.__index(), record.code, record.name, record.title);
    write!(out, "RecordBuilder::new({index}, {code:?}, &SYSTEMS[{system}], &SYSTEMS[{system}].families[{family}], ")?;
    write!(out, "{name:?}, {title:?})")?;
    let mut new = RecordBuilder::new(index, code, record.system, record.family, name, title).build();
    if !for_recognition {
        new.signatures = record.signatures;
    }
    fields(record, &new, out)?;
    if record.is_ambiguous() {
        out.push_str(".text_is_ambiguous(true)");
    }
    if let Some(message) = record.__unescaped_message() {
        write!(out, ".bare_message({message:?})")?;
    }
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
