use crate::{
    Category, Command, Example, Fact, Family, JsonRpcNumber, JsonText, Param, ProtocolVersion, Related, Retry,
    RetryClass, Scenario, Section, Severity, Surface, System,
};

/// What the registry says of a code, the same every time.
///
/// The fields have the names of `registry/*.toml` and of the exports. `title` and `message` are the source document's own
/// text; other prose is this registry's. Facts that are not in `stated` are this registry's judgement.
///
/// `Display` prints `CODE: title`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// The identifier, as it is written in logs: `FS-001`.
    pub code: &'static str,
    /// Who defined it.
    pub system: &'static System,
    /// The family within the system.
    pub family: &'static Family,
    /// The meaning, from which the constant is named: `FILE_NOT_FOUND`.
    pub name: &'static str,
    /// The heading in the document. The message where there is no template.
    pub title: &'static str,
    /// One sentence: what the error means.
    pub summary: &'static str,
    /// When and why it happens, where there is more to say than the summary.
    pub context: Option<&'static str>,
    /// Why it happens, in the document's order.
    pub causes: &'static [&'static str],
    /// What an operator does, in the order to do it.
    pub resolution: &'static [&'static str],
    /// One imperative sentence for the caller, who is often a language model.
    pub hint: &'static str,
    /// The document's message, with `{placeholders}`.
    pub message: Option<&'static str>,
    /// The placeholders of the message.
    pub params: &'static [Param],
    /// The HTTP status of a plain REST answer, from 400 to 599.
    pub http_status: u16,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of thing went wrong.
    pub category: Category,
    /// Whether the system goes on working and the cause can be cleared. It does not mean that a retry is safe.
    pub recoverable: bool,
    /// When to try again.
    pub retry: Retry,
    /// Where MCP carries it, unless the error says otherwise.
    pub surface: Surface,
    /// The JSON-RPC integers, by protocol version.
    pub json_rpc: &'static [JsonRpcNumber],
    /// Other spellings that `find` accepts.
    pub aliases: &'static [&'static str],
    /// Entries (`system:code`) whose text or number this one repeats on purpose, in the same registry or in the library's.
    pub shares_with: &'static [&'static str],
    /// The code to use instead: of the same system, or `system:code` of this library in a registry of another author.
    pub superseded_by: Option<&'static str>,
    /// The version that first had the code.
    pub since: &'static str,
    /// The version that retired it: of the protocol for the system `mcp`, of the registry otherwise.
    pub deprecated_since: Option<&'static str>,
    /// The place in the document.
    pub reference: &'static str,
    /// The layer of a filesystem server's checks that refuses.
    pub security_layer: Option<u8>,
    /// Cases of the code.
    pub scenarios: &'static [Scenario],
    /// Commands that help to find the cause: the code's own, then its family's.
    pub diagnostics: &'static [Command],
    /// Commands that help to recover: the code's own, then its family's.
    pub recovery: &'static [Command],
    /// Examples from the document.
    pub examples: &'static [Example],
    /// What else to read.
    pub related: &'static [Related],
    /// Facts that have no field of their own.
    pub sections: &'static [Section],
    /// Which facts the document states.
    pub stated: &'static [Fact],
    index: u16,
    text_is_ambiguous: bool,
    json: Option<JsonText>,
    extends: Option<&'static Record>,
}

impl Record {
    /// The number of the record in its registry.
    #[doc(hidden)]
    #[must_use]
    pub const fn __index(&self) -> u16 {
        self.index
    }

    /// The JSON of a bare error, where the generator wrote it.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __json(&self) -> Option<&JsonText> {
        self.json.as_ref()
    }

    /// The message of a bare error: a template that has placeholders cannot be filled without details.
    #[doc(hidden)]
    #[must_use]
    pub const fn __bare_message(&self) -> &'static str {
        match self.message {
            Some(message) if self.params.is_empty() => message,
            _ => self.title,
        }
    }

    /// Tells whether another system's code has the same text and is meant when the text stands alone.
    ///
    /// Such a code is written `system:code` wherever the system is not named beside it.
    ///
    /// The registry decides it: the specification's active meaning comes first, then a documented system's, then a
    /// retired one. In a registry of another author, a text that the library has means the library's code.
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        self.text_is_ambiguous
    }

    /// Returns the library's own record, where this one is what an installed registry has made of it with `[[extends]]`.
    #[must_use]
    pub const fn extends(&self) -> Option<&'static Self> {
        self.extends
    }

    /// The record that stands for the code: the one that this one extends, else itself.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __original(&'static self) -> &'static Self {
        match self.extends {
            Some(original) => original,
            None => self,
        }
    }

    /// Returns the JSON-RPC integer of the source document or, where it gives none, the one this registry allocated.
    #[must_use]
    pub const fn json_rpc_number(&self) -> i32 {
        match self.json_rpc.first() {
            Some(entry) => entry.number,
            None => INTERNAL_ERROR,
        }
    }

    /// Returns the JSON-RPC integer in a protocol version; none where the code has none in it.
    #[must_use]
    pub fn json_rpc_number_in(&self, version: ProtocolVersion) -> Option<i32> {
        self.json_rpc.iter().find(|entry| entry.holds_in(version)).map(|entry| entry.number)
    }

    /// Tells whether the code is deprecated or retired.
    #[must_use]
    pub const fn is_deprecated(&self) -> bool {
        self.deprecated_since.is_some()
    }

    /// Tells whether the source document states a fact; otherwise it is this registry's judgement.
    #[must_use]
    pub fn states(&self, fact: Fact) -> bool {
        self.stated.contains(&fact)
    }
}

/// JSON-RPC's number for an internal error, for a record without any number, which the generator does not make.
const INTERNAL_ERROR: i32 = -32_603;

/// Declares the hidden builder through which generated code makes records, so that a record may gain fields.
macro_rules! builder {
    ($($method:ident => $field:ident: $type:ty,)+) => {
        #[doc(hidden)]
        impl Record {
            #[must_use]
            pub const fn __new(
                index: u16,
                code: &'static str,
                system: &'static System,
                family: &'static Family,
                name: &'static str,
                title: &'static str,
            ) -> Self {
                Self {
                    code,
                    system,
                    family,
                    name,
                    title,
                    summary: "",
                    context: None,
                    causes: &[],
                    resolution: &[],
                    hint: "",
                    message: None,
                    params: &[],
                    http_status: 500,
                    severity: Severity::Error,
                    category: Category::General,
                    recoverable: false,
                    retry: Retry::new(RetryClass::DoNotRetry),
                    surface: Surface::Tool,
                    json_rpc: &[],
                    aliases: &[],
                    shares_with: &[],
                    superseded_by: None,
                    since: "",
                    deprecated_since: None,
                    reference: "",
                    security_layer: None,
                    scenarios: &[],
                    diagnostics: &[],
                    recovery: &[],
                    examples: &[],
                    related: &[],
                    sections: &[],
                    stated: &[],
                    index,
                    text_is_ambiguous: false,
                    json: None,
                    extends: None,
                }
            }

            /// The same record with another number.
            #[must_use]
            pub const fn __renumbered(mut self, index: u16, text_is_ambiguous: bool) -> Self {
                self.index = index;
                self.text_is_ambiguous = text_is_ambiguous;
                self
            }

            $(
                #[must_use]
                pub const fn $method(mut self, $field: $type) -> Self {
                    self.$field = $field;
                    self
                }
            )+
        }
    };
}

builder! {
    __summary => summary: &'static str,
    __context => context: Option<&'static str>,
    __causes => causes: &'static [&'static str],
    __resolution => resolution: &'static [&'static str],
    __hint => hint: &'static str,
    __message => message: Option<&'static str>,
    __params => params: &'static [Param],
    __http_status => http_status: u16,
    __severity => severity: Severity,
    __category => category: Category,
    __recoverable => recoverable: bool,
    __retry => retry: Retry,
    __surface => surface: Surface,
    __json_rpc => json_rpc: &'static [JsonRpcNumber],
    __aliases => aliases: &'static [&'static str],
    __shares_with => shares_with: &'static [&'static str],
    __superseded_by => superseded_by: Option<&'static str>,
    __since => since: &'static str,
    __deprecated_since => deprecated_since: Option<&'static str>,
    __reference => reference: &'static str,
    __security_layer => security_layer: Option<u8>,
    __scenarios => scenarios: &'static [Scenario],
    __diagnostics => diagnostics: &'static [Command],
    __recovery => recovery: &'static [Command],
    __examples => examples: &'static [Example],
    __related => related: &'static [Related],
    __sections => sections: &'static [Section],
    __stated => stated: &'static [Fact],
    __text_is_ambiguous => text_is_ambiguous: bool,
    __with_json => json: Option<JsonText>,
    __extending => extends: Option<&'static Record>,
}

impl core::fmt::Display for Record {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.code, self.title)
    }
}

/// The text that stands for a code where its system is not named beside it; see [`Record::code_text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeText {
    system: Option<&'static str>,
    code: &'static str,
}

impl Record {
    /// Returns the text that means exactly this code: the text of the code or, where that alone means another system's
    /// code, `system:code`. `lookup` finds the code by it.
    ///
    /// `Display` of what is returned prints the text.
    #[must_use]
    pub const fn code_text(&self) -> CodeText {
        CodeText { system: if self.text_is_ambiguous { Some(self.system.name) } else { None }, code: self.code }
    }
}

/// The full name of a code, which no other code of its registry has; see [`Record::full_name`].
///
/// `Display` prints `system:code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FullName {
    system: &'static str,
    code: &'static str,
}

impl Record {
    /// Returns the full name of the code: `filesystem:FS-001`. `lookup` finds the code by it.
    #[must_use]
    pub const fn full_name(&self) -> FullName {
        FullName { system: self.system.name, code: self.code }
    }
}

impl core::fmt::Display for FullName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}", self.system, self.code)
    }
}

impl core::fmt::Display for CodeText {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.system {
            Some(system) => write!(f, "{system}:{}", self.code),
            None => f.pad(self.code),
        }
    }
}
