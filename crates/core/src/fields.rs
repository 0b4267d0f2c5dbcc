//! The fields of the registry's types: one table for each type.
//!
//! The tables generate the structs with their documentation and constructors (`types.rs`), the JSON (`json.rs`), the descriptions
//! that exports are drawn from ([`schema`](crate::schema)) and, in `mcp-error-codes-build`, the reader of `registry/*.toml` and the
//! writer of the generated source. To add a field, add a row.
//!
//! A row is
//!
//! ```text
//! /// What the field says, in one line.
//! need name: Type as Format = value,
//! ```
//!
//! `need` is one of
//!
//! - `required`: a table of a registry file without the field is a mistake,
//! - `optional`: without the field, the value is `None`, an empty list or `false`,
//! - `of_kind`: without the field, the value is that of the record's kind,
//! - `resolved`: the file has a name, and the generator finds what it names,
//! - `given`: not in the table of the file, but in its surroundings.
//!
//! `= value` at the end of a row is the initial value of the field in a new record; without it, the field starts as an empty text
//! or list, `None` or `false`. `name as "key"` gives the field another name in TOML and JSON. `as Format` is omitted if the type
//! implies the format; the formats are in `schema.rs`. The rows are in the order of the fields in the registry files and in the
//! export. A type comes after the types that its fields use.

/// Calls a macro with the tables of the parts of a record, and of its family and system.
#[doc(hidden)]
#[macro_export]
macro_rules! __parts {
    ($callback:ident) => {
        $callback! {
            /// Facts of a document that have no field of their own: a paragraph, a list, a table or preformatted text.
            Section {
                /// The heading.
                required title: &'static str,
                /// A paragraph.
                optional text: Option<&'static str>,
                /// A list.
                optional items: &'static [&'static str] as Sparse,
                /// The column headings of a table; empty if there is no table.
                optional columns: &'static [&'static str] as Sparse,
                /// The rows of the table, each as long as `columns`.
                optional rows: &'static [&'static [&'static str]] as Rows,
                /// Preformatted text, unchanged.
                optional code: Option<&'static str> as Block,
            }

            /// A command that helps to find the cause, or to recover.
            Command {
                /// The command line, as the source document gives it.
                required command: &'static str,
                /// What it does, and what it skips.
                required description: &'static str,
            }

            /// A range of codes that a document promises and does not define: a prefix with the first and the last number.
            ///
            /// `Display` prints `E009 to E010`.
            ReservedRange {
                /// The first code of the range.
                required first: &'static str,
                /// The last code of the range.
                required last: &'static str,
            }

            /// Codes of one system that share a shape.
            ///
            /// `Display` prints the name.
            Family {
                /// The name: `FS`.
                required name: &'static str,
                /// The heading in the document.
                required title: &'static str,
                /// What its codes have in common.
                required summary: &'static str,
                /// Ranges that the document promises and does not define.
                optional reserved: &'static [ReservedRange],
                /// Commands that help to find the cause of any code of the family; its records list them too.
                optional diagnostics: &'static [Command],
                /// Commands that help to recover from any code of the family; its records list them too.
                optional recovery: &'static [Command],
                /// What the document says about the whole family.
                optional sections: &'static [Section],
            }

            /// Who defined a set of codes.
            ///
            /// `Display` prints the name.
            System {
                /// The name: `filesystem`.
                required name: &'static str as SystemName,
                /// The Rust module of its constants.
                optional module: &'static str,
                /// The name that its authors use.
                required title: &'static str,
                /// What sort of server defines these codes.
                required summary: &'static str,
                /// The version of the registry that first had it; empty if the registry does not say.
                optional since: &'static str,
                /// The document that the facts come from; empty if there is none.
                optional reference: &'static str,
                /// What the document says about all codes at once.
                optional sections: &'static [Section],
                /// The families, in the document's order.
                given families: &'static [Family],
                /// Where the catalogue with these codes is served: the `ref` of an error is `{docs_base}#` and its code.
                optional docs_base: Option<&'static str>,
            }

            /// The JSON-RPC number of a code, and the protocol versions in which the code has it.
            JsonRpcNumber {
                /// The number.
                required number: i64 as Within<-9223372036854775808, 9223372036854775807>,
                /// The first protocol version in which the code has the number; every earlier one if `None`.
                optional since: Option<ProtocolVersion>,
                /// The last protocol version in which the code has the number; every later one if `None`.
                optional until: Option<ProtocolVersion>,
            }

            /// Whether and when to send a failed request again.
            ///
            /// ```
            /// use mcp_error_codes_core::{Retry, RetryClass};
            ///
            /// let retry = Retry::new(RetryClass::DoNotRetry);
            /// assert!(!retry.is_worthwhile());
            /// assert_eq!(retry.delays().count(), 0);
            /// ```
            Retry {
                /// Whether and when a retry makes sense.
                required class: RetryClass,
                /// How the waits grow, if there is a schedule.
                optional backoff: Option<Backoff>,
                /// How many attempts to make in all, the first included; no limit if `None`.
                optional attempts: Option<u32> as Within<2, 100>,
                /// The first wait, in milliseconds.
                optional initial_ms: Option<u64> as Within<1, 86400000>,
                /// The longest wait, in milliseconds.
                optional max_ms: Option<u64> as Within<1, 86400000>,
            }

            /// A placeholder of a message template.
            Param {
                /// The name, as the source document writes it: `agentIds`.
                required name: &'static str,
                /// The type of the value.
                required ty as "type": ParamType,
                /// What the value is.
                required description: &'static str,
                /// Whether the value is harmless although its name is that of a secret: only its shape decides whether it is
                /// redacted.
                optional harmless: bool,
            }

            /// A case of a code: a message of its own, or an incident that the source document describes.
            Scenario {
                /// The name in upper snake case.
                required name: &'static str,
                /// The heading in the source document.
                required title: &'static str,
                /// The kind of failure, if it differs from that of the code.
                optional kind: Option<Kind>,
                /// What happens.
                optional summary: Option<&'static str>,
                /// The message template, if the case has its own.
                optional message: Option<&'static str>,
                /// The placeholders of the message.
                optional params: &'static [Param],
                /// Why it happens.
                optional causes: &'static [&'static str],
                /// What to do, in order.
                optional resolution: &'static [&'static str],
                /// How to prevent it.
                optional prevention: &'static [&'static str],
                /// Times, counts and patterns that the document reports.
                optional notes: &'static [&'static str],
            }

            /// An example from the source document, unchanged.
            Example {
                /// What the example shows.
                required ty as "type": ExampleType,
                /// What to look at.
                required description: &'static str,
                /// The example itself.
                required text: &'static str as Block,
            }

            /// Who is alerted about a code, and when.
            Alert {
                /// Where the alert goes: `PagerDuty`.
                required route: &'static str,
                /// How often the code occurs before the alert: `>10/min`.
                optional threshold: Option<&'static str>,
                /// For how long: `5 minutes`.
                optional window: Option<&'static str>,
            }

            /// How an error of a code looks in the field, as one program sends it.
            Signature {
                /// The number in `code` of the JSON-RPC error.
                optional number: Option<i64> as Within<-9223372036854775808, 9223372036854775807>,
                /// The message, with `{placeholders}`.
                optional message: Option<&'static str>,
                /// The shape of `data`: `{uri}` for an object with that member, `string`, or `""`.
                optional data: Option<&'static str>,
                /// The HTTP status that it comes with.
                optional http_status: Option<u16> as Within<100, 599>,
                /// Who sends it: `TypeScript SDK 1`.
                required sender: &'static str,
                /// The versions in which it was found.
                optional versions: Option<&'static str>,
                /// Whether it is sent although the surface of the code is `local`.
                optional wire: bool,
                /// Where it was read.
                required source: &'static str,
            }

            /// Someone else's documented use of a number or of the text of a code.
            Claim {
                /// The number.
                optional number: Option<i64> as Within<-9223372036854775808, 9223372036854775807>,
                /// The text, if it is not a number.
                optional code: Option<&'static str>,
                /// Who uses it.
                required sender: &'static str,
                /// What it means there.
                required meaning: &'static str,
                /// The HTTP status that it comes with.
                optional http_status: Option<u16> as Within<100, 599>,
                /// Where it was read.
                required source: &'static str,
            }

            /// Further reading: another code, or a document.
            Related {
                /// Where it is.
                required target: Target as CodeOrDocument,
                /// Why to read it.
                required description: &'static str,
            }
        }
    };
}

/// Calls a macro with the table of a record.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    ($callback:ident) => {
        $callback! {
            /// What the registry says about a code.
            ///
            /// The fields have the names of `registry/*.toml` and of the exports. `title` and `message` are the source
            /// document's own text; other prose is this registry's. Facts that are not in `stated` are this registry's
            /// judgement.
            ///
            /// `Display` prints `CODE: title`.
            Record {
                /// The identifier, as it is written in logs: `FS-001`.
                required code: &'static str as CodeText,
                /// Who defined it.
                given system: &'static System as ByName = &System::__new("", "", "", "", "", "", &[], &[], None),
                /// The family within the system.
                resolved family: &'static Family as ByName = &Family::__new("", "", "", &[], &[], &[], &[]),
                /// The meaning, from which the constant is named: `FILE_NOT_FOUND`.
                required name: &'static str,
                /// The heading in the document; the message if there is no template.
                required title: &'static str,
                /// One sentence: what the error means.
                required summary: &'static str,
                /// When and why it happens, if there is more to say than the summary.
                optional context: Option<&'static str>,
                /// Why it happens, in the document's order.
                optional causes: &'static [&'static str],
                /// The steps for an operator, in order.
                optional resolution: &'static [&'static str],
                /// One imperative sentence for the caller, who is often a language model.
                required hint: &'static str,
                /// The document's message, with `{placeholders}`.
                optional message: Option<&'static str>,
                /// The placeholders of the message.
                optional params: &'static [Param],
                /// What sort of failure it is.
                optional kind: Kind = Kind::OperationFailed,
                /// Whether programs use this code for its kind unless they choose another.
                optional preferred: bool,
                /// The HTTP status of a plain REST answer, from 400 to 599.
                of_kind http_status: u16 as Within<400, 599> = 500,
                /// How severe it is.
                of_kind severity: Severity = Severity::Error,
                /// What sort of failure it is, in broad terms.
                of_kind category: Category = Category::General,
                /// Whether the system keeps working and the cause can be removed; it does not mean that a retry is safe.
                of_kind recoverable: bool,
                /// Whether and when to try again.
                of_kind retry: Retry = Retry::new(RetryClass::DoNotRetry),
                /// Where MCP carries it, unless the error says otherwise.
                of_kind surface: Surface = Surface::Tool,
                /// The JSON-RPC numbers, by protocol version; a code without a number is sent as -32603.
                optional json_rpc: &'static [JsonRpcNumber],
                /// Other spellings that `find` accepts.
                optional aliases: &'static [&'static str],
                /// Entries (`system:code`) whose text or number this one repeats on purpose, in the same registry or in one that it knows.
                optional shares_with: &'static [&'static str],
                /// The code to use instead: of the same system, or `system:code` of a registry that this one knows.
                optional superseded_by: Option<&'static str> as CodeText,
                /// The version that first had the code.
                optional since: &'static str,
                /// The version that retired it: of the protocol for the system `mcp`, of the registry otherwise.
                optional deprecated_since: Option<&'static str>,
                /// The place in the document, or the document of its system; empty if there is none.
                optional reference: &'static str,
                /// The security layer of the filesystem server that rejects the request.
                optional security_layer: Option<u8> as Within<1, 99>,
                /// Which facts the document states.
                optional stated: &'static [Fact],
                /// Who is alerted, and when.
                optional alert: Option<Alert>,
                /// Commands that help to find the cause: the code's own, then its family's.
                optional diagnostics: &'static [Command],
                /// Commands that help to recover: the code's own, then its family's.
                optional recovery: &'static [Command],
                /// Further reading.
                optional related: &'static [Related],
                /// Cases of the code.
                optional scenarios: &'static [Scenario],
                /// Examples from the document.
                optional examples: &'static [Example],
                /// Facts that have no field of their own.
                optional sections: &'static [Section],
                /// How the error looks in the field. Only recognition uses this, and only builds with recognition contain it.
                optional signatures: &'static [Signature] as Sparse,
            }
        }
    };
}

/// Returns the format of a row: `Plain` if the row names none.
#[doc(hidden)]
#[macro_export]
macro_rules! __format {
    () => {
        $crate::schema::Plain
    };
    ($format:ty) => {
        $format
    };
}

/// Returns the key of a row in TOML and JSON: the field's own name if the row names none.
#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($field:ident) => {
        ::core::stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}
