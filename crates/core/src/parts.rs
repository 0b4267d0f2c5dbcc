use crate::{ExampleType, ParamType};

/// A placeholder of a message template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Param {
    /// The name, as the source document writes it: `agentIds`.
    pub name: &'static str,
    /// The type of the value.
    pub ty: ParamType,
    /// What the value is.
    pub description: &'static str,
}

/// A case of a code: a message of its own, or an incident that the source document tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scenario {
    /// The name in upper snake case.
    pub name: &'static str,
    /// The heading in the source document.
    pub title: &'static str,
    /// What happens.
    pub summary: Option<&'static str>,
    /// The message template, where the case has its own.
    pub message: Option<&'static str>,
    /// The placeholders of the message.
    pub params: &'static [Param],
    /// Why it happens.
    pub causes: &'static [&'static str],
    /// What to do, in order.
    pub resolution: &'static [&'static str],
    /// What keeps it from happening again.
    pub prevention: &'static [&'static str],
    /// Times, counts and patterns that the document reports.
    pub notes: &'static [&'static str],
}

/// A command that helps to find the cause, or to recover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Command {
    /// The command line, as the source document gives it.
    pub command: &'static str,
    /// What it does, and what it skips.
    pub description: &'static str,
}

/// An example from the source document, to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// What the example shows.
    pub ty: ExampleType,
    /// What to look at.
    pub description: &'static str,
    /// The example itself.
    pub text: &'static str,
}

/// Something to read beside a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// Where it is.
    pub target: Target,
    /// Why to read it.
    pub description: &'static str,
}

/// Where a [`Related`] entry points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// Another code: of the same system, or written `system:code`.
    Code(&'static str),
    /// A file, a section or a help call, as the source document names it; or a URL.
    Document(&'static str),
}

/// Facts of a document that have no field of their own: a paragraph, a list, a table or preformatted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// A paragraph.
    pub text: Option<&'static str>,
    /// A list.
    pub items: &'static [&'static str],
    /// The heads of a table's columns; empty where there is no table.
    pub columns: &'static [&'static str],
    /// The rows of the table, each as long as `columns`.
    pub rows: &'static [&'static [&'static str]],
    /// Preformatted text, to the letter.
    pub code: Option<&'static str>,
}

/// Declares the hidden `const` constructor through which generated code makes a part, so that a part may gain fields.
macro_rules! constructor {
    ($type:ident { $($field:ident: $field_type:ty),+ $(,)? }) => {
        impl $type {
            #[doc(hidden)]
            #[must_use]
            #[allow(clippy::too_many_arguments)]
            pub const fn __new($($field: $field_type),+) -> Self {
                Self { $($field),+ }
            }
        }
    };
}

constructor!(Param { name: &'static str, ty: ParamType, description: &'static str });
constructor!(Command { command: &'static str, description: &'static str });
constructor!(Example { ty: ExampleType, description: &'static str, text: &'static str });
constructor!(Related { target: Target, description: &'static str });
constructor!(Section {
    title: &'static str,
    text: Option<&'static str>,
    items: &'static [&'static str],
    columns: &'static [&'static str],
    rows: &'static [&'static [&'static str]],
    code: Option<&'static str>,
});
constructor!(Scenario {
    name: &'static str,
    title: &'static str,
    summary: Option<&'static str>,
    message: Option<&'static str>,
    params: &'static [Param],
    causes: &'static [&'static str],
    resolution: &'static [&'static str],
    prevention: &'static [&'static str],
    notes: &'static [&'static str],
});
