use crate::McpError;
use crate::wire::input::Input;
use crate::wire::reader::Reader;

/// A form in which an error is sent or logged.
pub(crate) trait Form {
    /// Returns whether the input has the shape of this form.
    fn is(input: &Input<'_>) -> bool;

    /// Reads the error from an input that has the shape of this form.
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError;

    /// Appends the form to a buffer.
    fn write(&self, out: &mut Vec<u8>);
}

/// Implements the methods that write a form, with [`Form::write`].
macro_rules! written {
    ($form:ident) => {
        impl $form<'_> {
            /// Appends the JSON to a buffer, byte for byte as `Serialize` writes it.
            ///
            /// The parts that all errors of a code have in common were written when the registry was compiled, and are
            /// copied. Writing a bare error to a sufficiently large buffer does not allocate.
            #[inline]
            pub fn write_to(&self, out: &mut Vec<u8>) {
                $crate::wire::form::Form::write(self, out);
            }

            /// Writes the JSON to a file or a connection, in a single call.
            ///
            /// # Errors
            /// Returns the error of the writer.
            #[inline]
            pub fn write_io(&self, out: &mut impl ::std::io::Write) -> ::std::io::Result<()> {
                let mut bytes = Vec::new();
                self.write_to(&mut bytes);
                out.write_all(&bytes)
            }
        }

        impl ::std::fmt::Display for $form<'_> {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut bytes = Vec::new();
                self.write_to(&mut bytes);
                f.write_str(::std::str::from_utf8(&bytes).map_err(|_| ::std::fmt::Error)?)
            }
        }
    };
}

pub(crate) use written;
