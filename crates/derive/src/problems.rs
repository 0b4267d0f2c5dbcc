//! What is wrong with an item: all of it, so that the compiler tells it in one run.

use proc_macro2::Span;
use syn::Error;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Problems(Vec<Error>);

impl Problems {
    /// Adds a mistake at a place.
    pub(crate) fn add(&mut self, place: Span, text: impl std::fmt::Display) {
        self.add_error(Error::new(place, text));
    }

    /// Adds what the parser found.
    pub(crate) fn add_error(&mut self, error: Error) {
        self.0.push(error);
    }

    /// Returns all mistakes as one error, sorted by place; none where there are none.
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
