//! The mistakes of an item, which the compiler reports together.

use proc_macro2::Span;
use syn::Error;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Problems(Vec<Error>);

impl Problems {
    /// Adds a mistake at a span.
    pub(crate) fn add(&mut self, place: Span, text: impl std::fmt::Display) {
        self.add_error(Error::new(place, text));
    }

    /// Adds an error of the parser.
    pub(crate) fn add_error(&mut self, error: Error) {
        self.0.push(error);
    }

    /// Returns all mistakes as one error, sorted by place, or `None` if there are none.
    pub(crate) fn finish(mut self) -> Option<Error> {
        self.0.sort_by_key(|error| {
            let place = error.span().unwrap();
            (place.line(), place.column())
        });
        self.0.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        })
    }
}
