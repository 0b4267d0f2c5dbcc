//! What the targets share: texts and errors made of the parts of the registry.

pub mod change;
pub mod draw;
pub mod error;
pub mod form;

use arbitrary::Unstructured;

/// Returns the text that an input stands for: the input itself, or, if it begins with a byte that no text begins with, the text
/// that `draw` makes of the rest.
///
/// So the corpus has plain texts, and the fuzzer can also change the choices by which a text is made.
pub fn text(input: &[u8], draw: impl FnOnce(&mut Unstructured<'_>) -> arbitrary::Result<Vec<u8>>) -> Vec<u8> {
    match input.split_first() {
        Some((0..=7, choices)) => draw(&mut Unstructured::new(choices)).unwrap_or_default(),
        _ => input.to_vec(),
    }
}
