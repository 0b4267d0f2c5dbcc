use std::collections::{BTreeMap, BTreeSet};

use super::known::Code;

/// How a source uses a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// It creates errors with the code.
    Raises,
    /// A test expects the code.
    Tests,
    /// It gives the code a name or describes it, and nothing else.
    Declares,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
}

/// The codes that sources name, with the places.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    codes: BTreeMap<Code, BTreeMap<Use, BTreeSet<Place>>>,
    /// Names that sources give to codes: constants, and variants of an error type.
    aliases: BTreeMap<String, BTreeSet<Code>>,
    /// Places where such names are used, before it is known which of them name codes.
    names: Vec<(String, Use, Place)>,
}

impl Mentions {
    pub(super) fn add(&mut self, code: &Code, is: Use, file: &str, line: usize) {
        let place = Place { file: file.to_owned(), line };
        self.codes.entry(code.clone()).or_default().entry(is).or_default().insert(place);
    }

    /// Records that a source gives a code this name.
    pub(super) fn alias(&mut self, name: String, code: &Code) {
        self.aliases.entry(name).or_default().insert(code.clone());
    }

    /// Records the use of a name that may name a code.
    pub(super) fn name(&mut self, name: String, is: Use, file: &str, line: usize) {
        self.names.push((name, is, Place { file: file.to_owned(), line }));
    }

    /// Turns the uses of names into uses of codes.
    pub(super) fn resolve(&mut self) {
        for (name, is, place) in std::mem::take(&mut self.names) {
            for code in self.aliases.get(&name).into_iter().flatten() {
                let declared = self.codes.entry(code.clone()).or_default();
                // The line that defines the name does not use it.
                if !declared.get(&Use::Declares).is_some_and(|places| places.contains(&place)) {
                    declared.entry(is).or_default().insert(place.clone());
                }
            }
        }
    }

    /// Returns the codes in order, with the places of each use.
    pub(super) fn codes(&self) -> impl Iterator<Item = (&Code, &BTreeMap<Use, BTreeSet<Place>>)> {
        self.codes.iter()
    }
}
