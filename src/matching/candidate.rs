use core::cmp::Reverse;
use core::ops::Range;

use mcp_error_codes_core::{Claim, Record, Scenario, Signature};

use crate::Certainty;
use crate::codes::code::is_same_code;
use crate::matching::fit::Params;

/// Which programs may have sent an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A peer or an SDK of MCP: the error is in a form of MCP, after the label of an SDK, or the caller says so.
    #[default]
    Mcp,
    /// Any user of JSON-RPC.
    JsonRpc,
    /// Any program.
    Anyone,
}

/// Where the text of a code was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodePlace {
    /// In a record object, together with the system.
    RecordObject,
    /// With its system: `filesystem:FS-001`.
    FullName,
    /// In the position of the code in a log entry or a form of this crate.
    OwnForm,
    /// Alone.
    Alone,
    /// As the value of a member `code`.
    Member,
    /// Before a colon and a message.
    Label,
    /// Before a colon and a message, after the name of an error type that has such codes.
    OfSdk,
    /// Anywhere else in the text.
    Prose,
}

/// One possible meaning of an error.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meaning {
    Record(&'static Record),
    Claim(&'static Claim),
}

/// The evidence for a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    RecordObject,
    FullName,
    OwnForm,
    CodeAndMessage,
    CodeAlone,
    Code,
    SpecificationTitle,
    SpecificationSignature,
    SpecificationNumber,
    NumberAndMessage,
    NumberAndData,
    NumberAndStatus,
    NumberOfOneRegistry,
    Number,
    MessageAndStatus,
    Message,
    Words,
    Status,
    Claim,
}

/// A candidate, with its evidence.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) meaning: Meaning,
    pub(crate) scenario: Option<&'static Scenario>,
    pub(crate) signature: Option<&'static Signature>,
    pub(crate) certainty: Certainty,
    pub(crate) ground: Ground,
    pub(crate) params: Params,
    pub(crate) range: Option<Range<usize>>,
    pub(super) weight: usize,
}

/// The weight of better evidence. It exceeds the length of any message.
pub(super) const STEP: usize = 10_000;

impl Candidate {
    /// The order of candidates that are only possible: matching messages, the official SDKs, frameworks, gateways, then
    /// documented systems.
    #[inline]
    pub(super) fn place(&self) -> (u8, u8, Reverse<usize>) {
        let group = match self.meaning {
            Meaning::Record(record) if record.system.name == SDK => match self.signature {
                Some(signature) if !is_official(signature.sender) => 1,
                _ => 0,
            },
            Meaning::Claim(_) => 2,
            Meaning::Record(record) if record.system.name == SPECIFICATION => 0,
            Meaning::Record(_) => 3,
        };
        (u8::from(self.weight < STEP), group, Reverse(self.weight))
    }
}

impl Candidate {
    /// Returns whether there is as much evidence for another candidate. A message is not the answer if another code has the same
    /// message, or if the text has another code, even if that is less likely to be meant.
    #[inline]
    pub(super) fn is_equalled_by(&self, other: &Self) -> bool {
        let contradicts = self.ground == Ground::Message && matches!(other.ground, Ground::Message | Ground::Code);
        let is_as_sure = other.certainty == self.certainty || contradicts;
        is_as_sure && other.weight >= self.weight
    }

    /// Returns whether the shape of the data is the evidence.
    #[inline]
    pub(crate) fn rests_on_data(&self) -> bool {
        self.ground == Ground::NumberAndData
    }

    /// Returns whether a string is the code, or an alias of it.
    #[inline]
    pub(crate) fn is_of_code(&self, code: &str) -> bool {
        match self.meaning {
            Meaning::Record(record) => record.code == code || record.aliases.contains(&code),
            Meaning::Claim(claim) => claim.code == Some(code),
        }
    }
}

#[inline]
fn is_official(sender: &str) -> bool {
    sender.contains("SDK") || sender == SPECIFICATION_SENDER
}

/// Returns whether two records belong to the same code. One may extend the other.
#[inline]
pub(super) fn is_same(a: &'static Record, b: &'static Record) -> bool {
    is_same_code(a, b)
}

/// Returns whether a code is distinctive: capitals with a hyphen and a number or another word, such as `FS-001`.
#[inline]
pub(crate) fn is_distinctive(code: &str) -> bool {
    let starts = code.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase());
    starts && code.contains('-') && !code.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The system of the errors that the SDKs report themselves.
pub(super) const SDK: &str = "sdk";
/// The system of the specification.
pub(super) const SPECIFICATION: &str = "mcp";
pub(super) const SPECIFICATION_SENDER: &str = "MCP specification";
