use alloc::vec::Vec;

use mcp_error_codes_core::{Kind, Record};

use crate::Certainty;
use crate::matching::candidate::{Ground, SDK, is_same};
use crate::matching::rank::Ranking;

impl Ranking<'_, '_> {
    /// Adds the codes that an HTTP status may mean, if nothing better was found.
    ///
    /// The status of a response determines only the kind of the failure: the answer is the code that belongs to the
    /// status itself, or else the code of the system `common` for the kind.
    #[inline]
    pub(super) fn status(&mut self) {
        let Some(status) = self.parts.http_status.filter(|status| (400..600).contains(status)) else { return };
        if self.found.iter().any(|candidate| candidate.certainty > Certainty::Possible) {
            return;
        }
        let mut records: Vec<&'static Record> = Vec::new();
        let mut of_http = None;
        for (record, signature) in self.known.with_status(status) {
            if record.system.name == SDK && !records.iter().any(|known| is_same(known, record)) {
                records.push(record);
                let is_of_http = signature.number.is_none() && signature.sender == HTTP_SENDER;
                of_http = of_http.or(is_of_http.then_some(record));
            }
        }
        // A number is stronger evidence than a status, which many errors have.
        let is_answer = self.parts.is_status_given && self.parts.number.is_none();
        let kind = Kind::of_http_status(status);
        let of_http = of_http.filter(|record: &&Record| Some(record.kind) == kind);
        let answer = of_http.or_else(|| self.known.common(kind?)).filter(|_| is_answer);
        if let Some(answer) = answer {
            self.add(answer, Certainty::Likely, Ground::Status, 150);
        }
        for record in records {
            self.add(record, Certainty::Possible, Ground::Status, 150);
        }
    }
}

/// The sender of errors that HTTP itself defines.
const HTTP_SENDER: &str = "HTTP";
