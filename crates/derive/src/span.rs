//! The spans of generated code.

use proc_macro2::{Ident, Span};

/// Returns the author's name with the span of macro-generated code, so the compiler does not warn that it is deprecated.
pub(crate) fn ours(name: &Ident) -> Ident {
    let mut name = name.clone();
    name.set_span(at(name.span()));
    name
}

/// Generates an error at a span of the author's code. Lints treat it as macro-generated code.
pub(crate) fn at(place: Span) -> Span {
    Span::call_site().located_at(place)
}
