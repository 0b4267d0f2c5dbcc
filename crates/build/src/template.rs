//! Measures how specific a message template is.

use mcp_error_codes_core::template::{Piece, Pieces};

/// Counts the characters of a template outside its placeholders. In an invalid template, every character counts.
pub(crate) fn literal_length(template: &str) -> usize {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Literal(text) => text.chars().count(),
        Piece::Placeholder(_) => 0,
    };
    let pieces: Result<Vec<_>, _> = Pieces::new(template).collect();
    pieces.map_or(template.chars().count(), |pieces| pieces.iter().map(length).sum())
}
