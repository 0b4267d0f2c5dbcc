//! Message templates: text with `{placeholders}`.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Literal(&'a str),
    Placeholder(&'a str),
}

/// Splits a template. A brace that opens and does not close, or closes and was not open, is told as the error.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, &'static str> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        let (literal, from_brace) = rest.split_at(open);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        let Some(inside) = from_brace.strip_prefix('{') else {
            return Err("closes a brace that is not open");
        };
        let Some(close) = inside.find(['{', '}']) else {
            return Err("opens a brace and does not close it");
        };
        if !inside[close..].starts_with('}') {
            return Err("opens a brace within a brace");
        }
        pieces.push(Piece::Placeholder(&inside[..close]));
        rest = &inside[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Ok(pieces)
}

/// Counts the characters of a template that are not placeholders. A template that does not split counts as a whole.
pub(crate) fn literal_length(template: &str) -> usize {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Literal(text) => text.chars().count(),
        Piece::Placeholder(_) => 0,
    };
    pieces(template).map_or(template.chars().count(), |pieces| pieces.iter().map(length).sum())
}
