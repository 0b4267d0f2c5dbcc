//! A registry that is read at run time, for programs that show it without compiling it: `mcp-errors --registry DIR`.

use mcp_error_codes_core::index::{NumberIndex, SpellingIndex, TextIndex};
use mcp_error_codes_core::{Claim, Kind, Record, Related, System};

use crate::emit::index::{NumberTables, SpellingTables, TextTables};
use crate::emit::tables::{bare_texts, meanings, numbers, template_order};
use crate::order::Ordered;
use crate::{Error, Generator};

/// The tables of a registry, as generated code would have them. They are never freed.
#[doc(hidden)]
#[derive(Debug)]
pub struct Loaded {
    pub name: &'static str,
    pub systems: &'static [System],
    pub records: &'static [Record],
    pub texts: &'static TextIndex,
    pub numbers: &'static NumberIndex,
    pub claims: &'static [&'static [u16]],
    pub spellings: &'static [SpellingIndex],
    pub templates: &'static [(u16, Option<u16>)],
    pub extensions: Vec<LoadedExtension>,
    pub preferred: &'static [(Kind, u16)],
    pub claims_of_others: &'static [Claim],
}

/// What the registry adds to a code of another one.
#[doc(hidden)]
#[derive(Debug)]
pub struct LoadedExtension {
    /// The full name of the code.
    pub code: &'static str,
    pub aliases: &'static [&'static str],
    pub hint: Option<&'static str>,
    pub resolution: &'static [&'static str],
    pub related: &'static [Related],
}

impl Generator {
    /// Reads and checks the folder, and returns the tables of the registry under this name. The warnings are left to the command `check`.
    ///
    /// # Errors
    /// The same errors as [`generate`](Self::generate).
    #[doc(hidden)]
    pub fn __load(mut self, name: &str) -> Result<Loaded, Error> {
        name.clone_into(&mut self.options.registry);
        self.checked(&self.files()?, |registry| load(name, registry)).map(|(loaded, _)| loaded)
    }
}

fn load(name: &str, registry: &Ordered<'_>) -> Loaded {
    let records: Vec<Record> = registry.entries.iter().map(|entry| entry.record.clone()).collect();
    let full_names: Vec<String> = records.iter().map(|record| record.full_name().to_string()).collect();
    let full = full_names.iter().map(String::as_str).zip(records.iter().map(Record::__index));
    let bare = bare_texts(registry);
    let keys: Vec<(&str, u16)> = bare.iter().map(|(text, at)| (*text, *at)).chain(full).collect();
    let (numbers, groups) = numbers(registry);
    let spellings: Vec<_> =
        SpellingTables::new(&meanings(registry)).into_iter().map(SpellingTables::into_index).collect();
    let extensions = registry.extensions.iter().map(|(_, extension)| LoadedExtension {
        code: extension.code,
        aliases: extension.aliases,
        hint: extension.hint,
        resolution: extension.resolution,
        related: extension.related,
    });
    Loaded {
        name: name.to_owned().leak(),
        systems: registry.systems.iter().map(|system| **system).collect::<Vec<_>>().leak(),
        texts: Box::leak(Box::new(TextTables::new(&keys).into_index())),
        numbers: Box::leak(Box::new(NumberTables::new(&numbers).into_index())),
        claims: groups.into_iter().map(|group| &*group.leak()).collect::<Vec<_>>().leak(),
        spellings: spellings.leak(),
        templates: template_order(registry).leak(),
        extensions: extensions.collect(),
        preferred: registry.preferred.clone().leak(),
        claims_of_others: registry.claims.clone().leak(),
        records: records.leak(),
    }
}
