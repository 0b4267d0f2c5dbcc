//! The systems and codes of the site, in order and with their paths.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use mcp_error_codes::record::Family;
use mcp_error_codes::{Kind, Record, System};

/// All systems and codes of the site.
#[derive(Debug, Clone)]
pub(crate) struct Catalogue {
    systems: Vec<&'static System>,
    entries: Vec<Entry>,
    /// The places of the entries of each system and family.
    families: HashMap<Pair, Range<usize>>,
    /// The place of the entry of each system and code.
    codes: HashMap<Pair, usize>,
    /// The places of the entries that each entry replaces.
    former: HashMap<usize, Vec<usize>>,
    pub(crate) imprint: Imprint,
}

/// The name of a system, and that of a family or code in it.
type Pair = (&'static str, &'static str);

/// The texts that appear on every page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Imprint {
    /// Whether a code of mcp-error-codes is shown.
    pub(crate) has_builtin: bool,
    pub(crate) title: Option<String>,
    pub(crate) footer: Option<String>,
    pub(crate) base: Option<String>,
}

impl Imprint {
    /// Returns the title of the site.
    pub(crate) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or("MCP error codes")
    }

    /// Returns the absolute address of a page.
    pub(crate) fn address(&self, path: &str) -> Option<String> {
        self.base.as_deref().map(|base| format!("{}/{path}", base.trim_end_matches('/')))
    }
}

/// A code and its path.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) record: &'static Record,
    /// Its place among the entries.
    place: usize,
    /// The id of its element in the index: the fragment of the `ref` of its errors.
    pub(crate) anchor: String,
    /// The path of its page from the root of the site.
    pub(crate) path: String,
}

impl Catalogue {
    /// Sorts systems by name. Families and codes keep their order.
    pub(crate) fn new(records: impl IntoIterator<Item = &'static Record>) -> Self {
        let records: Vec<&'static Record> = records.into_iter().collect();
        let mut systems: Vec<&'static System> = records.iter().map(|record| record.system).collect();
        systems.sort_by_key(|system| system.name);
        systems.dedup_by_key(|system| system.name);

        let mut of_families: HashMap<Pair, Vec<&'static Record>> = HashMap::new();
        for record in &records {
            of_families.entry((record.system.name, record.family.name)).or_default().push(record);
        }
        let (mut entries, mut paths, mut anchors) = (Vec::new(), HashSet::new(), HashSet::new());
        let mut families = HashMap::new();
        for (system, family) in
            systems.iter().flat_map(|system| system.families.iter().map(move |family| (system, family)))
        {
            let (pair, start) = ((system.name, family.name), entries.len());
            for record in of_families.remove(&pair).unwrap_or_default() {
                let path = page_path(record);
                if paths.insert(path.clone()) {
                    entries.push(Entry { record, place: entries.len(), anchor: anchor(record, &mut anchors), path });
                }
            }
            families.entry(pair).or_insert(start..entries.len());
        }
        let codes = entries.iter().map(|entry| ((entry.record.system.name, entry.record.code), entry.place)).collect();
        let has_builtin = records.iter().any(|record| !record.__is_of_own_registry());
        let imprint = Imprint { has_builtin, ..Imprint::default() };
        let mut catalogue = Self { systems, entries, families, codes, former: HashMap::new(), imprint };
        let mut former: HashMap<usize, Vec<usize>> = HashMap::new();
        for entry in &catalogue.entries {
            let successor = entry.record.superseded_by.and_then(|code| catalogue.find(entry.record, code));
            if let Some(successor) = successor {
                former.entry(successor.place).or_default().push(entry.place);
            }
        }
        catalogue.former = former;
        catalogue
    }

    pub(crate) fn systems(&self) -> &[&'static System] {
        &self.systems
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn in_family(&self, system: &System, family: &Family) -> &[Entry] {
        self.families.get(&(system.name, family.name)).map_or(&[], |places| &self.entries[places.clone()])
    }

    /// Returns the kinds that have codes.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = Kind> + Clone {
        let has_codes = |kind: &Kind| self.entries.iter().any(|entry| entry.record.kind == *kind);
        Kind::ALL.iter().copied().filter(has_codes)
    }

    /// Returns the codes of a kind, the preferred one first.
    pub(crate) fn of_kind(&self, kind: Kind) -> Vec<&'static Record> {
        let entries = self.entries.iter().filter(|entry| entry.record.kind == kind);
        let mut records: Vec<_> = entries.map(|entry| entry.record).collect();
        records.sort_by_key(|record| !record.preferred);
        records
    }

    /// Returns the codes before and after one in its family.
    pub(crate) fn neighbours(&self, entry: &Entry) -> (Option<&Entry>, Option<&Entry>) {
        let is_near = |other: &&Entry| {
            other.record.system.name == entry.record.system.name && other.record.family.name == entry.record.family.name
        };
        let before = entry.place.checked_sub(1).and_then(|before| self.entries.get(before));
        (before.filter(is_near), self.entries.get(entry.place + 1).filter(is_near))
    }

    /// Finds a code by the text that another code uses to refer to it: a code of the same system, or `system:code`.
    pub(crate) fn find(&self, from: &Record, text: &str) -> Option<&Entry> {
        let find = |system: &str, code: &str| self.codes.get(&(system, code)).map(|place| &self.entries[*place]);
        // A code may contain a colon itself.
        find(from.system.name, text).or_else(|| text.split_once(':').and_then(|(system, code)| find(system, code)))
    }

    /// Returns the codes that a code replaces.
    pub(crate) fn predecessors(&self, entry: &Entry) -> impl Iterator<Item = &Entry> {
        self.former.get(&entry.place).into_iter().flatten().map(|place| &self.entries[*place])
    }
}

/// Returns the path of a code's page: two names that every file system allows.
fn page_path(record: &Record) -> String {
    let mut name = String::new();
    for c in record.code.to_ascii_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => name.push(c),
            '.' if !name.is_empty() => name.push(c),
            other => name.push_str(&format!("~{:x}", u32::from(other))),
        }
    }
    format!("{}/{name}.html", record.system.name)
}

fn anchor(record: &Record, taken: &mut HashSet<String>) -> String {
    let anchor = record.code_text().to_string().to_ascii_lowercase();
    if taken.insert(anchor.clone()) {
        return anchor;
    }
    // Two registered registries may have the same text. The `ref` means the first of them.
    let anchor = record.full_name().to_string().to_ascii_lowercase();
    taken.insert(anchor.clone());
    anchor
}

/// Returns the path of the page of a system. No other path has this form.
pub(crate) fn system_path(system: &System) -> String {
    format!("system-{}.html", system.name)
}

/// Returns the path of the page of a kind. No other path has this form.
pub(crate) fn kind_path(kind: Kind) -> String {
    format!("kind-{kind}.html")
}

/// Returns the path of the runbook of a code, from the path of its page. No other path has this form, because a page's path has only
/// hexadecimal digits after a tilde.
pub(crate) fn runbook_path(path: &str) -> String {
    format!("{}~runbook.html", path.strip_suffix(".html").unwrap_or(path))
}

/// Returns the id of a family on the page of its system. The id is unique and contains only characters that are allowed in links.
pub(crate) fn family_anchor(family: &Family) -> String {
    let mut anchor = String::from("family-");
    for c in family.name.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => anchor.push(c),
            other => anchor.push_str(&format!(".{:x}", u32::from(other))),
        }
    }
    anchor
}
