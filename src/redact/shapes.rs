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

use super::shape::Shape;

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

/// All shapes.
pub(super) static SHAPES: [Shape; COUNT] = {
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

#[cfg(test)]
mod tests {
    use super::SHAPES;

    #[test]
    fn every_shape_has_a_prefix_a_kind_and_a_source() {
        assert!(SHAPES.len() >= 350, "{}", SHAPES.len());
        for shape in &SHAPES {
            let [kind, source] = shape.kind;
            assert!(
                shape.prefix.len() >= 2 && !kind.is_empty() && source.contains([':', '.']) || source.starts_with("np:"),
                "{kind}"
            );
        }
    }
}
