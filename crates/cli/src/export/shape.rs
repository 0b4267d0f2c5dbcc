//! The shapes of what is exported, from which the schema and the types of other languages are written.
//!
//! A test validates the export against the schema, which allows no other fields: a field that is missing here, or too many, fails.

use mcp_error_codes::{
    Backoff, Category, ExampleType, Fact, ParamType, ProtocolVersion, REGISTRY, RetryClass, Severity, Surface,
};

/// An object with fields in a fixed order.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// What it is, in a sentence without a stop.
    pub(crate) about: &'static str,
    pub(crate) fields: &'static [Field],
}

/// A field of a shape.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) ty: Type,
    pub(crate) is_optional: bool,
}

/// The type of a field.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Type {
    Text,
    Integer,
    Flag,
    /// An object of any members.
    Anything,
    /// A shape or a vocabulary, by its name.
    Named(&'static str),
    List(&'static Type),
}

use Type::{Anything, Flag, Integer, List, Named, Text};

const fn field(name: &'static str, ty: Type) -> Field {
    Field { name, ty, is_optional: false }
}

const fn optional(name: &'static str, ty: Type) -> Field {
    Field { name, ty, is_optional: true }
}

const TEXTS: Type = List(&Text);
const SECTIONS: Field = field("sections", List(&Named("Section")));
const DIAGNOSTICS: Field = field("diagnostics", List(&Named("Command")));
const RECOVERY: Field = field("recovery", List(&Named("Command")));
const PARAMS: Field = field("params", List(&Named("Param")));

/// The whole export. The shapes that it needs are in [`SHAPES`].
pub(crate) const EXPORT: Shape = Shape {
    name: "Registry",
    about: "Every system and every code",
    fields: &[field("systems", List(&Named("System"))), field("codes", List(&Named("ErrorRecord")))],
};

/// What a program reads of an error, wherever it comes from.
pub(crate) const RECORD_OBJECT: Shape = Shape {
    name: "McpErrorObject",
    about: "What a program reads of an error: in `error.data` of a JSON-RPC response, and in `_meta` of a tool result",
    fields: &[
        field("system", Text),
        field("code", Text),
        field("name", Text),
        field("message", Text),
        field("hint", Text),
        field("category", Named("Category")),
        field("severity", Named("Severity")),
        field("recoverable", Flag),
        field("retry", Named("RetryAdvice")),
        field("ref", Text),
        optional("error_id", Text),
        optional("details", Anything),
    ],
};

/// The retry advice within the record object.
pub(crate) const RETRY_ADVICE: Shape = Shape {
    name: "RetryAdvice",
    about: "Whether and when to send the same request again",
    fields: &[field("class", Named("RetryClass")), optional("after_ms", Integer)],
};

/// The parts of the export, each behind those that it is made of.
pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "Section",
        about: "A part of a page, with text, a list, a table or code",
        fields: &[
            field("title", Text),
            optional("text", Text),
            optional("items", TEXTS),
            optional("columns", TEXTS),
            optional("rows", List(&TEXTS)),
            optional("code", Text),
        ],
    },
    Shape {
        name: "Command",
        about: "A command to run, and what for",
        fields: &[field("command", Text), field("description", Text)],
    },
    Shape {
        name: "ReservedRange",
        about: "A range of codes that is promised and not assigned",
        fields: &[field("first", Text), field("last", Text)],
    },
    Shape {
        name: "Family",
        about: "Codes of one system that share a shape",
        fields: &[
            field("name", Text),
            field("title", Text),
            field("summary", Text),
            field("reserved", List(&Named("ReservedRange"))),
            DIAGNOSTICS,
            RECOVERY,
            SECTIONS,
        ],
    },
    Shape {
        name: "System",
        about: "Who defined a set of codes",
        fields: &[
            field("name", Named("SystemName")),
            field("module", Text),
            field("title", Text),
            field("summary", Text),
            field("since", Text),
            field("reference", Text),
            SECTIONS,
            field("families", List(&Named("Family"))),
        ],
    },
    Shape {
        name: "JsonRpcNumber",
        about: "The JSON-RPC number of a code, and the protocol versions in which it holds",
        fields: &[
            field("number", Integer),
            optional("since", Named("ProtocolVersion")),
            optional("until", Named("ProtocolVersion")),
        ],
    },
    Shape {
        name: "Retry",
        about: "Whether and when to send the same request again, with a schedule where there is one",
        fields: &[
            field("class", Named("RetryClass")),
            optional("backoff", Named("Backoff")),
            optional("attempts", Integer),
            optional("initial_ms", Integer),
            optional("max_ms", Integer),
        ],
    },
    Shape {
        name: "Param",
        about: "A placeholder of a message",
        fields: &[field("name", Text), field("type", Named("ParamType")), field("description", Text)],
    },
    Shape {
        name: "Scenario",
        about: "A case of a code",
        fields: &[
            field("name", Text),
            field("title", Text),
            optional("summary", Text),
            optional("message", Text),
            PARAMS,
            field("causes", TEXTS),
            field("resolution", TEXTS),
            field("prevention", TEXTS),
            field("notes", TEXTS),
        ],
    },
    Shape {
        name: "Example",
        about: "An example from the source document",
        fields: &[field("type", Named("ExampleType")), field("description", Text), field("text", Text)],
    },
    Shape {
        name: "Related",
        about: "What else to read: a code or a document",
        fields: &[optional("code", Text), optional("document", Text), field("description", Text)],
    },
    Shape {
        name: "ErrorRecord",
        about: "What the registry says of a code",
        fields: &[
            field("code", Named("ErrorCode")),
            field("system", Named("SystemName")),
            field("family", Text),
            field("name", Text),
            field("title", Text),
            field("summary", Text),
            optional("context", Text),
            field("causes", TEXTS),
            field("resolution", TEXTS),
            field("hint", Text),
            optional("message", Text),
            PARAMS,
            field("http_status", Integer),
            field("severity", Named("Severity")),
            field("category", Named("Category")),
            field("recoverable", Flag),
            field("retry", Named("Retry")),
            field("surface", Named("Surface")),
            field("json_rpc", List(&Named("JsonRpcNumber"))),
            field("aliases", TEXTS),
            field("shares_with", TEXTS),
            optional("superseded_by", Named("ErrorCode")),
            field("since", Text),
            optional("deprecated_since", Text),
            field("reference", Text),
            optional("security_layer", Integer),
            field("scenarios", List(&Named("Scenario"))),
            DIAGNOSTICS,
            RECOVERY,
            field("examples", List(&Named("Example"))),
            field("related", List(&Named("Related"))),
            SECTIONS,
            field("stated", List(&Named("Fact"))),
        ],
    },
];

/// A closed set of words.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) name: &'static str,
    /// What it says, in a phrase without a stop.
    pub(crate) about: &'static str,
    pub(crate) words: Vec<&'static str>,
}

/// Returns the vocabularies of the export, with the codes and the systems of the registry among them.
pub(crate) fn vocabularies() -> Vec<Vocabulary> {
    /// Lists the words of an enum.
    macro_rules! words {
        ($type:ident) => {
            $type::ALL.iter().map(|value| value.as_str()).collect()
        };
    }
    let mut codes: Vec<_> = REGISTRY.records().iter().map(|record| record.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let systems = REGISTRY.systems().iter().map(|system| system.name).collect();
    let vocabularies: [(&str, &str, Vec<&'static str>); 11] = [
        ("ErrorCode", "The text of a code; two systems may have the same", codes),
        ("SystemName", "The name of a system", systems),
        ("Severity", "How bad an error is", words!(Severity)),
        ("Category", "What kind of thing went wrong", words!(Category)),
        ("RetryClass", "Whether and when the caller may try again", words!(RetryClass)),
        ("Backoff", "How the waits of a schedule grow", words!(Backoff)),
        ("Surface", "Where MCP carries an error", words!(Surface)),
        ("ParamType", "The type of a placeholder", words!(ParamType)),
        ("ExampleType", "What an example shows", words!(ExampleType)),
        ("Fact", "A fact that the source document states", words!(Fact)),
        ("ProtocolVersion", "A revision of the Model Context Protocol", words!(ProtocolVersion)),
    ];
    vocabularies.into_iter().map(|(name, about, words)| Vocabulary { name, about, words }).collect()
}
