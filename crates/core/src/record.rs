use crate::{__spelling, Fact, JsonText, Param, ProtocolVersion, Record};

impl Record {
    /// Returns the name of the registry that contains the record, or an empty text if no registry does.
    #[doc(hidden)]
    #[must_use]
    pub const fn __registry(&self) -> &'static str {
        self.registry
    }

    /// Sets the name of the registry that contains the record.
    #[doc(hidden)]
    pub const fn __set_registry(&mut self, registry: &'static str) {
        self.registry = registry;
    }

    /// Returns whether the record belongs to a registry other than this library's. Such a registry is its own source document.
    #[doc(hidden)]
    #[must_use]
    pub fn __is_of_own_registry(&self) -> bool {
        !["", "mcp-error-codes"].contains(&self.registry)
    }

    /// Returns the position of the record in its registry.
    #[doc(hidden)]
    #[must_use]
    pub const fn __index(&self) -> u16 {
        self.index
    }

    /// Returns the JSON of a bare error, if the generator wrote it.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __json(&self) -> Option<&JsonText> {
        self.json.as_ref()
    }

    /// Returns whether servers send the code. Codes of the system `sdk` and codes on the surface `local` are only recognized; an
    /// error with such a code is sent as the preferred code of its kind.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        !matches!(self.surface, crate::Surface::Local) && self.system.name != "sdk"
    }

    /// Returns the message of a bare error: the title if the template has placeholders, which only details can fill.
    #[doc(hidden)]
    #[must_use]
    pub const fn __bare_message(&self) -> &'static str {
        match self.message {
            Some(message) if self.params.is_empty() => match self.bare_message {
                Some(unescaped) => unescaped,
                None => message,
            },
            _ => self.title,
        }
    }

    /// Returns whether the text of the code, on its own, means another system's code with the same text.
    ///
    /// Such a code is written as `system:code` unless the system is given separately.
    ///
    /// The specification's active meaning comes first, then a documented system's, then a retired one. If your own registry reuses
    /// a text of the library, the text means the library's code outside your registry. Inside it, a [word](Self::is_word) means
    /// your code.
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        self.text_is_ambiguous
    }

    /// Returns whether the code is a plain word, such as `NOT_FOUND`: letters with `_` between them, or with `-` if none
    /// of them is a capital.
    ///
    /// A word belongs to no system, and several registries may use the same one: `code!` and `Code::lookup` of a registry find its
    /// own code. A word in a log means the code of a registry that `setup` has registered, if exactly one has the word.
    #[must_use]
    pub const fn is_word(&self) -> bool {
        is_word(self.code)
    }

    /// Returns the library's record if this one extends it with `[[extends]]`, in a registry that `setup` has registered.
    #[must_use]
    pub const fn extends(&self) -> Option<&'static Self> {
        self.extends
    }

    /// Returns the record that identifies the code: the one that this record extends, or itself.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __original(&'static self) -> &'static Self {
        match self.extends {
            Some(original) => original,
            None => self,
        }
    }

    /// Returns the JSON-RPC number of the source document or, if it gives none, the one that this registry allocated.
    #[must_use]
    pub const fn json_rpc_number(&self) -> i64 {
        match self.json_rpc.first() {
            Some(entry) => entry.number,
            None => INTERNAL_ERROR,
        }
    }

    /// Returns the JSON-RPC number in a protocol version, or `None` if the code has none in it.
    #[must_use]
    pub fn json_rpc_number_in(&self, version: ProtocolVersion) -> Option<i64> {
        self.json_rpc.iter().find(|entry| entry.holds_in(version)).map(|entry| entry.number)
    }

    /// Returns whether the code is deprecated or retired.
    #[must_use]
    pub const fn is_deprecated(&self) -> bool {
        self.deprecated_since.is_some()
    }

    /// Returns whether the source document states a fact; otherwise it is this registry's judgement.
    #[must_use]
    pub fn states(&self, fact: Fact) -> bool {
        self.stated.contains(&fact)
    }

    /// Returns the full name of the code: `filesystem:FS-001`. `lookup` finds the code by it.
    ///
    /// `Display` of the result prints it, and it compares equal to its text.
    #[must_use]
    pub const fn full_name(&self) -> FullName {
        FullName { system: self.system.name, code: self.code }
    }

    /// Returns the parameter of the message with this name. Case and the separators `-`, `_` and space do not matter, but an exact match
    /// comes first.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&'static Param> {
        let exact = self.params.iter().find(|param| param.name == name);
        exact.or_else(|| self.params.iter().find(|param| __spelling(param.name).eq(__spelling(name))))
    }

    /// Sets the message of a bare error, if the template has escaped braces and no placeholders.
    #[doc(hidden)]
    pub const fn __set_bare_message(&mut self, message: Option<&'static str>) {
        self.bare_message = message;
    }

    /// Returns the message of a bare error if it differs from the template.
    #[doc(hidden)]
    #[must_use]
    pub const fn __unescaped_message(&self) -> Option<&'static str> {
        self.bare_message
    }

    /// Sets the position of the record in its registry.
    #[doc(hidden)]
    pub const fn __renumber(&mut self, index: u16, text_is_ambiguous: bool) {
        self.index = index;
        self.text_is_ambiguous = text_is_ambiguous;
    }

    /// Returns whether the record has only what an error needs. The registry has the whole record at the same position.
    #[doc(hidden)]
    #[must_use]
    #[inline]
    pub const fn __is_brief(&self) -> bool {
        self.is_brief
    }

    /// Turns the record into an extension of another, with its JSON.
    #[doc(hidden)]
    pub const fn __extend(&mut self, original: &'static Self, json: Option<JsonText>) {
        self.extends = Some(original);
        self.json = json;
    }
}

/// Returns whether a text is a plain word: letters with `_` between them, or with `-` if none of them is a capital.
#[doc(hidden)]
#[must_use]
pub const fn is_word(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    let (mut follows_letter, mut has_capital, mut has_hyphen) = (false, false, false);
    while let [first, rest @ ..] = bytes {
        match first {
            byte if byte.is_ascii_alphabetic() => {
                has_capital |= byte.is_ascii_uppercase();
                follows_letter = true;
            }
            byte @ (b'_' | b'-') if follows_letter => {
                has_hyphen |= *byte == b'-';
                follows_letter = false;
            }
            _ => return false,
        }
        bytes = rest;
    }
    follows_letter && !(has_hyphen && has_capital)
}

/// JSON-RPC's number for an internal error. A code without a number is sent with it.
const INTERNAL_ERROR: i64 = -32_603;

impl core::fmt::Display for Record {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.code, self.title)
    }
}

/// The full name of a code, `system:code`; see [`Record::full_name`].
///
/// `Display` prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FullName {
    system: &'static str,
    code: &'static str,
}

impl core::fmt::Display for FullName {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}", self.system, self.code)
    }
}

impl PartialEq<str> for FullName {
    fn eq(&self, text: &str) -> bool {
        text.strip_prefix(self.system).and_then(|rest| rest.strip_prefix(':')) == Some(self.code)
    }
}

impl PartialEq<&str> for FullName {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}

/// The shortest text that means exactly one code; see [`Record::code_text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeText {
    system: Option<&'static str>,
    code: &'static str,
}

impl Record {
    /// Returns the shortest text that means exactly this code: the text of the code or, if that alone means another system's code,
    /// `system:code`. `lookup` finds the code by it.
    ///
    /// `Display` of the result prints the text.
    #[must_use]
    pub const fn code_text(&self) -> CodeText {
        CodeText { system: if self.text_is_ambiguous { Some(self.system.name) } else { None }, code: self.code }
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
