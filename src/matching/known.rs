use alloc::sync::Arc;
use alloc::vec::Vec;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use mcp_error_codes_core::{Claim, Kind, Record, Signature};

use crate::codes::registries::{extended, registries};
use crate::matching::phrases::Phrases;

/// The messages, signatures and claims of all registries, indexed for matching.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) phrases: Phrases,
    signatures: Vec<(&'static Record, &'static Signature)>,
    /// The indexes of the signatures with a number.
    by_number: HashMap<i64, Vec<usize>>,
    /// The indexes of the signatures with neither a number nor a message.
    of_data: Vec<usize>,
    by_status: HashMap<u16, Vec<usize>>,
    claims: Vec<&'static Claim>,
    claims_by_number: HashMap<i64, Vec<&'static Claim>>,
    codes: HashMap<&'static str, Vec<&'static Record>>,
    aliases: HashMap<&'static str, Vec<&'static Record>>,
}

impl Known {
    /// Returns the index for the current registries. It is rebuilt if the list of registries has changed.
    #[inline]
    pub(crate) fn get() -> Arc<Self> {
        static KNOWN: Mutex<Vec<(Vec<usize>, Arc<Known>)>> = Mutex::new(Vec::new());
        let key: Vec<usize> = registries().map(|registry| core::ptr::from_ref(registry).addr()).collect();
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, own)) = known.iter().find(|(registries, _)| *registries == key) {
            return Arc::clone(own);
        }
        let own = Arc::new(Self::arrange());
        known.push((key, Arc::clone(&own)));
        own
    }

    #[inline]
    fn arrange() -> Self {
        let signatures: Vec<_> = all_signatures().collect();
        let mut by_number: HashMap<i64, Vec<usize>> = HashMap::new();
        let mut by_status: HashMap<u16, Vec<usize>> = HashMap::new();
        let mut of_data = Vec::new();
        for (at, (_, signature)) in signatures.iter().enumerate() {
            if let Some(number) = signature.number {
                by_number.entry(number).or_default().push(at);
            }
            if let Some(status) = signature.http_status {
                by_status.entry(status).or_default().push(at);
            }
            if signature.number.is_none() && signature.message.is_none() && signature.data.is_some() {
                of_data.push(at);
            }
        }
        let claims: Vec<_> = all_claims().collect();
        let mut claims_by_number: HashMap<i64, Vec<&'static Claim>> = HashMap::new();
        for claim in &claims {
            if let Some(number) = claim.number {
                claims_by_number.entry(number).or_default().push(claim);
            }
        }
        let mut codes: HashMap<&'static str, Vec<&'static Record>> = HashMap::new();
        for record in all_records() {
            codes.entry(record.code).or_default().push(record);
        }
        let mut aliases: HashMap<&'static str, Vec<&'static Record>> = HashMap::new();
        for record in all_records() {
            for alias in record.aliases.iter().filter(|alias| **alias != record.code) {
                aliases.entry(alias).or_default().push(record);
            }
        }
        let phrases = Phrases::collect(&signatures);
        Self { phrases, signatures, by_number, of_data, by_status, claims, claims_by_number, codes, aliases }
    }

    /// Returns the signatures with a number.
    #[inline]
    pub(crate) fn with_number(&self, number: i64) -> impl Iterator<Item = (&'static Record, &'static Signature)> {
        self.by_number.get(&number).into_iter().flatten().map(|at| self.signatures[*at])
    }

    /// Returns the signatures with an HTTP status.
    #[inline]
    pub(crate) fn with_status(&self, status: u16) -> impl Iterator<Item = (&'static Record, &'static Signature)> {
        self.by_status.get(&status).into_iter().flatten().map(|at| self.signatures[*at])
    }

    /// Returns the signatures that have only a data shape.
    #[inline]
    pub(crate) fn of_data(&self) -> impl Iterator<Item = (&'static Record, &'static Signature)> {
        self.of_data.iter().map(|at| self.signatures[*at])
    }

    /// Returns the claims to a number.
    #[inline]
    pub(crate) fn claims_of(&self, number: i64) -> &[&'static Claim] {
        self.claims_by_number.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Returns the claims to the text of a code.
    #[inline]
    pub(crate) fn claims_to(&self, code: &str) -> impl Iterator<Item = &'static Claim> {
        self.claims.iter().copied().filter(move |claim| claim.code == Some(code))
    }

    /// Returns the records whose code has exactly this text.
    #[inline]
    pub(crate) fn by_code(&self, code: &str) -> &[&'static Record] {
        self.codes.get(code).map_or(&[], Vec::as_slice)
    }

    /// Returns the code of the system `common` for a kind.
    #[inline]
    pub(crate) fn common(&self, kind: Kind) -> Option<&'static Record> {
        let mut records = self.codes.values().flatten().copied();
        records.find(|record| record.kind == kind && record.system.name == COMMON)
    }

    /// Returns the records that have exactly this text as an alias.
    #[inline]
    pub(crate) fn by_alias(&self, alias: &str) -> &[&'static Record] {
        self.aliases.get(alias).map_or(&[], Vec::as_slice)
    }

    /// Returns the record that has exactly this text as an alias, if it is the only one, in all systems or in one.
    #[inline]
    pub(crate) fn alias(&self, alias: &str, system: Option<&str>) -> Option<&'static Record> {
        let mut records =
            self.by_alias(alias).iter().filter(|record| system.is_none_or(|system| record.system.name == system));
        match (records.next(), records.next()) {
            (Some(record), None) => Some(record),
            _ => None,
        }
    }

    /// Returns the text of every code, without duplicates.
    #[inline]
    pub(crate) fn code_texts(&self) -> impl Iterator<Item = &'static str> {
        let mut texts: Vec<_> = self.codes.keys().copied().collect();
        texts.sort_unstable();
        texts.into_iter()
    }
}

/// The system with a code for each kind.
const COMMON: &str = "common";

#[inline]
fn all_records() -> impl Iterator<Item = &'static Record> {
    registries().flat_map(|registry| registry.records()).map(extended)
}

#[inline]
fn all_signatures() -> impl Iterator<Item = (&'static Record, &'static Signature)> {
    all_records().flat_map(|record| record.signatures.iter().map(move |signature| (record, signature)))
}

#[inline]
fn all_claims() -> impl Iterator<Item = &'static Claim> {
    registries().flat_map(|registry| registry.claims())
}
