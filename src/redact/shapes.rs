//! The table of shapes: one line for each kind of credential, with its prefix, alphabet, length and source.
//!
//! A source is a page of the issuer's documentation, or a rule id of a public scanner: `gl:` gitleaks, `np:` Nosey
//! Parker, `kf:` Kingfisher, `th:` TruffleHog, `gh:` the partner patterns of GitHub secret scanning. Lengths are
//! slightly below the documented ones, because issuers lengthen their tokens and logs truncate them.

mod clouds;
mod forges;
mod links;
mod messages;
mod models;
mod monitoring;
mod payment;
mod saas;
mod structures;

use super::shape::{Row, Shape};

const PARTS: [&[Shape]; 9] = [
    clouds::SHAPES,
    forges::SHAPES,
    monitoring::SHAPES,
    models::SHAPES,
    messages::SHAPES,
    links::SHAPES,
    payment::SHAPES,
    saas::SHAPES,
    structures::SHAPES,
];

const COUNT: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
};

/// All shapes. A program contains only the tables that are created from them.
static SHAPES: [Shape; COUNT] = {
    let mut shapes = [PARTS[0][0]; COUNT];
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut at = 0;
        while at < PARTS[part].len() {
            shapes[count] = PARTS[part][at];
            (count, at) = (count + 1, at + 1);
        }
        part += 1;
    }
    shapes
};

/// The number of bytes of all prefixes.
const LENGTH: usize = {
    let (mut length, mut at) = (0, 0);
    while at < COUNT {
        length += SHAPES[at].prefix.len();
        at += 1;
    }
    length
};

/// The prefixes of all shapes, one after another.
pub(super) static PREFIXES: [u8; LENGTH] = {
    let mut prefixes = [0; LENGTH];
    let (mut length, mut at) = (0, 0);
    while at < COUNT {
        let prefix = SHAPES[at].prefix.as_bytes();
        let mut byte = 0;
        while byte < prefix.len() {
            prefixes[length] = prefix[byte];
            (length, byte) = (length + 1, byte + 1);
        }
        at += 1;
    }
    prefixes
};

/// All shapes as a program contains them, in the same order.
pub(super) static ROWS: [Row; COUNT] = {
    let mut rows = [Row::new(&SHAPES[0], 0); COUNT];
    let (mut start, mut at) = (0, 0);
    while at < COUNT {
        rows[at] = Row::new(&SHAPES[at], start);
        start += SHAPES[at].prefix.len();
        at += 1;
    }
    rows
};

#[cfg(test)]
mod tests {
    use super::SHAPES;

    #[test]
    fn every_shape_has_a_prefix_a_kind_and_a_source() {
        assert!(SHAPES.len() >= 350, "{}", SHAPES.len());
        for shape in &SHAPES {
            let [kind, source] = shape.kind;
            assert!(shape.prefix.len() >= 2 && !kind.is_empty() && source.contains([':', '.']), "{kind}");
        }
    }
}
