use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes_core::{Claim, Record, Scenario, Signature, Surface};
use serde_json::{Map, Value};

use crate::Certainty;
use crate::matching::candidate::{Candidate, Ground, Meaning};

/// The result of recognition: the errors in a text, in order.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Recognition {
    /// The errors.
    pub errors: Vec<RecognizedError>,
    /// Errors about which nothing is known: they have a number or a message, but no finding.
    pub unknown: Vec<RecognizedError>,
    /// If there are no errors, the reason.
    pub none: Option<String>,
}

/// An error in a text, with its possible meanings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RecognizedError {
    /// The possible meanings of the error, best first.
    ///
    /// The first is the answer if it is [`Certain`](Certainty::Certain) or [`Likely`](Certainty::Likely); the others
    /// are only possible. If the first is [`Possible`](Certainty::Possible), so are all others, and there is no answer.
    /// The list is empty if nothing is known about the error.
    pub findings: Vec<Finding>,
    pub(crate) received: Arc<Received>,
}

/// One possible meaning of an error.
#[derive(Debug, Clone)]
pub struct Finding {
    meaning: Meaning,
    scenario: Option<&'static Scenario>,
    signature: Option<&'static Signature>,
    certainty: Certainty,
    ground: Ground,
    surface: Surface,
    span: Range<usize>,
    params: Vec<(&'static str, String)>,
    received: Arc<Received>,
}

/// The values taken from the text, except those of placeholders.
#[derive(Debug, Clone, Default)]
pub(crate) struct Received {
    pub(crate) form: Option<&'static str>,
    pub(crate) span: Range<usize>,
    pub(crate) number: Option<i64>,
    pub(crate) code: Option<String>,
    pub(crate) system: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) id: Option<Value>,
    pub(crate) data: Option<Value>,
    pub(crate) details: Option<Value>,
    pub(crate) structured: Option<Value>,
    pub(crate) http_status: Option<u16>,
    pub(crate) wait: Option<Duration>,
    pub(crate) error_id: Option<String>,
    /// Members that are not part of any form.
    pub(crate) rest: Map<String, Value>,
    pub(crate) chain: Vec<String>,
}

impl RecognizedError {
    /// Returns the finding that is the answer: the first, unless it is only possible.
    #[must_use]
    pub fn answer(&self) -> Option<&Finding> {
        self.findings.first().filter(|finding| finding.certainty > Certainty::Possible)
    }

    /// Returns the range of the input that the error covers.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.received.span.clone()
    }

    /// Returns the message as it was received, without its wrappers.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.received.message.as_deref()
    }

    /// Returns the number as it was received.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.received.number
    }

    /// Returns the wrappers of the error, outermost first.
    #[must_use]
    pub fn chain(&self) -> &[String] {
        &self.received.chain
    }

    /// Returns everything that was received, by name; see [`Finding::values`].
    #[must_use]
    pub fn values(&self) -> Map<String, Value> {
        self.received.values(&[])
    }
}

impl RecognizedError {
    /// Replaces the received values, including those in the findings.
    pub(crate) fn share(&mut self, received: Received) {
        let received = Arc::new(received);
        for finding in &mut self.findings {
            finding.received = Arc::clone(&received);
        }
        self.received = received;
    }

    /// Shifts every span, because the text is part of another one.
    pub(crate) fn move_by(&mut self, offset: usize) {
        let moved = |span: &Range<usize>| span.start + offset..span.end + offset;
        let mut received = (*self.received).clone();
        received.span = moved(&received.span);
        self.share(received);
        for finding in &mut self.findings {
            finding.span = moved(&finding.span);
        }
    }

    /// Returns the code of the answer and the message, which an error that only repeats this one has too.
    pub(crate) fn said(&self) -> Option<(*const Record, Option<String>)> {
        let record = self.findings.first()?.record()?;
        Some((std::ptr::from_ref(record), self.received.message.clone()))
    }
}

impl Finding {
    /// Returns the number as it was received.
    pub(crate) fn number(&self) -> Option<i64> {
        self.received.number
    }

    /// Returns whether the number is the only evidence.
    pub(crate) fn rests_on_number(&self) -> bool {
        matches!(self.ground, Ground::Number | Ground::NumberOfOneRegistry | Ground::SpecificationNumber)
    }

    pub(crate) fn rests_on_message(&self) -> bool {
        matches!(
            self.ground,
            Ground::NumberAndMessage | Ground::Message | Ground::MessageAndStatus | Ground::SpecificationSignature
        )
    }

    pub(crate) fn new(
        candidate: &Candidate,
        text: &str,
        span: Range<usize>,
        surface: Option<Surface>,
        limit: Certainty,
        received: &Arc<Received>,
    ) -> Self {
        let record_surface = match candidate.meaning {
            Meaning::Record(record) => Some(record.surface),
            Meaning::Claim(_) => None,
        };
        let is_sent = candidate.signature.is_some_and(|signature| signature.wire) && received.id.is_some();
        let surface = match record_surface {
            Some(own @ Surface::Local) if !is_sent => own,
            own => surface.or(own.filter(|own| *own != Surface::Local)).unwrap_or(Surface::Protocol),
        };
        let value = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().trim().to_owned();
        Self {
            meaning: candidate.meaning,
            scenario: candidate.scenario,
            signature: candidate.signature,
            certainty: candidate.certainty.min(limit),
            ground: candidate.ground,
            surface,
            span,
            params: candidate.params.iter().map(|(name, range)| (*name, value(range))).collect(),
            received: Arc::clone(received),
        }
    }

    /// Returns the record of the code, or `None` if the finding is a [`claim`](Self::claim) and not a code of a
    /// registry.
    #[must_use]
    pub fn record(&self) -> Option<&'static Record> {
        match self.meaning {
            Meaning::Record(record) => Some(record),
            Meaning::Claim(_) => None,
        }
    }

    /// Returns the scenario of the code that has the message.
    #[must_use]
    pub fn scenario(&self) -> Option<&'static Scenario> {
        self.scenario
    }

    /// Returns who else uses the number or the code.
    #[must_use]
    pub fn claim(&self) -> Option<&'static Claim> {
        match self.meaning {
            Meaning::Record(_) => None,
            Meaning::Claim(claim) => Some(claim),
        }
    }

    /// Returns the certainty of the finding.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns where MCP carried the error.
    #[must_use]
    pub fn surface(&self) -> Surface {
        self.surface
    }

    /// Returns the range of the input that is the evidence for the finding.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the wrappers of the error, outermost first.
    #[must_use]
    pub fn chain(&self) -> &[String] {
        &self.received.chain
    }

    /// Returns the values of the placeholders, in the order of the message.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.params.iter().map(|(name, value)| (*name, value.as_str()))
    }

    pub(crate) fn received_message(&self) -> Option<&str> {
        self.received.message.as_deref()
    }

    pub(crate) fn received_details(&self) -> Option<&Value> {
        self.received.details.as_ref()
    }

    /// Returns a member of a record object that differs from what its record says.
    pub(crate) fn received_member(&self, name: &str) -> Option<&Value> {
        self.received.rest.get(name).filter(|_| self.ground == Ground::RecordObject)
    }

    pub(crate) fn received_data(&self) -> Option<&Value> {
        self.received.data.as_ref()
    }

    /// Returns the members that have no place in an error.
    pub(crate) fn received_rest(&self) -> &Map<String, Value> {
        &self.received.rest
    }

    pub(crate) fn received_error_id(&self) -> Option<&str> {
        self.received.error_id.as_deref()
    }

    /// Returns how long to wait, if the error says so.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.received.wait
    }

    /// Returns every value that was taken from the text, by name: the parameters of the message, then `message`,
    /// `code`, `number`, `id`, `data`, `details`, `structuredContent`, `http_status`, `wait_ms`, `error_id` and any other
    /// member that was received. A parameter takes precedence over another value with its name.
    #[must_use]
    pub fn values(&self) -> Map<String, Value> {
        self.received.values(&self.params)
    }

    /// Returns the reason for the finding, in one phrase.
    #[must_use]
    pub fn reason(&self) -> String {
        let sender = self.signature.map(|signature| signature.sender);
        let by = sender.map(|sender| format!(" of {sender}")).unwrap_or_default();
        match self.ground {
            Ground::RecordObject => "the record object names the code".to_owned(),
            Ground::FullName => "the full name of the code".to_owned(),
            Ground::OwnForm => "the code, in a form that only this registry's systems use".to_owned(),
            Ground::CodeAndMessage => "the code, with one of its messages".to_owned(),
            Ground::CodeAlone => "the code, which nobody else uses".to_owned(),
            Ground::Code => "the text of the code".to_owned(),
            Ground::SpecificationTitle => "the specification's number with its message".to_owned(),
            Ground::SpecificationSignature => {
                "the number with the message or data that the specification fixes for it".to_owned()
            }
            Ground::SpecificationNumber => "the specification's number".to_owned(),
            Ground::NumberAndMessage => format!("number and message{by} agree"),
            Ground::NumberAndData => format!("the number or the message, with the data{by}"),
            Ground::NumberAndStatus => format!("number and HTTP status{by} agree"),
            Ground::NumberOfOneRegistry => "nobody else uses the number".to_owned(),
            Ground::Number => format!("the number{by}"),
            Ground::MessageAndStatus => format!("message and HTTP status{by} agree"),
            Ground::Message => format!("the message{by}"),
            Ground::Words => format!("words of a message{by}"),
            Ground::Status => "the HTTP status".to_owned(),
            Ground::Claim => "a documented use of the number or the code".to_owned(),
        }
    }

    /// Returns what would confirm a finding that is only possible, in one phrase.
    #[must_use]
    pub fn confirmed_by(&self) -> Option<String> {
        if self.certainty > Certainty::Possible {
            return None;
        }
        Some(match (self.meaning, self.signature) {
            (Meaning::Claim(claim), _) => format!("the peer is {}", claim.sender),
            (_, Some(signature)) => match (signature.message.map(without_rest), signature.http_status, self.ground) {
                (Some(message), Some(status), Ground::Number) => {
                    format!("the message {message:?}, or HTTP status {status}")
                }
                (Some(message), None, Ground::Number) => format!("the message {message:?}"),
                (_, _, Ground::Message | Ground::Words) => match signature.number {
                    Some(number) => format!("the number {number}, from {}", signature.sender),
                    None => format!("the text comes from {}", signature.sender),
                },
                _ => format!("the peer uses {}", signature.sender),
            },
            (Meaning::Record(record), None) => match record.message {
                Some(message) if self.ground != Ground::Message => {
                    format!("the system {}, or the message {message:?}", record.system.name)
                }
                _ => format!("the system {}", record.system.name),
            },
        })
    }
}

/// Returns a template without the placeholder for the remaining text.
fn without_rest(template: &str) -> &str {
    template.trim_end_matches("{rest}").trim_end()
}

impl Received {
    fn values(&self, params: &[(&'static str, String)]) -> Map<String, Value> {
        let mut values = Map::new();
        for (name, value) in params {
            values.insert((*name).to_owned(), value.as_str().into());
        }
        let mut add = |name: &str, value: Option<Value>| {
            if let Some(value) = value
                && !values.contains_key(name)
            {
                values.insert(name.to_owned(), value);
            }
        };
        add("message", self.message.as_deref().map(Value::from));
        add("code", self.code.as_deref().map(Value::from));
        add("number", self.number.map(Value::from));
        add("id", self.id.clone());
        add("data", self.data.clone());
        add("details", self.details.clone());
        add("structuredContent", self.structured.clone());
        add("http_status", self.http_status.map(Value::from));
        add("wait_ms", self.wait.map(|wait| Value::from(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX))));
        add("error_id", self.error_id.as_deref().map(Value::from));
        for (name, value) in &self.rest {
            add(name, Some(value.clone()));
        }
        values
    }
}

/// Prints `system:code (certainty): title`, or the meaning of a claim.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meaning {
            Meaning::Record(record) => {
                write!(f, "{}:{} ({}): {}", record.system.name, record.code, self.certainty, record.title)
            }
            Meaning::Claim(claim) => write!(f, "{} ({}): {}", claim.sender, self.certainty, claim.meaning),
        }
    }
}
