//! How each field of an error is used.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Member, Meta, Type};

use crate::attributes::{Attributes, Place};
use crate::problems::Problems;

/// A field of a variant or a struct.
pub(crate) struct Field<'a> {
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) role: Role,
}

/// How a field is used.
pub(crate) enum Role {
    /// Not used.
    Skipped,
    /// The inner error of a transparent variant.
    Inner,
    /// The source, for logs only.
    Source,
    /// The wait before the next try.
    RetryAfter,
    /// A detail, or internal context.
    Value(Value),
}

/// A named value.
pub(crate) struct Value {
    pub(crate) name: Name,
    pub(crate) is_internal: bool,
    pub(crate) is_display: bool,
}

/// The name of a value.
pub(crate) enum Name {
    /// The name of the field, unless the code has a parameter with this name in another spelling.
    Field(String),
    /// The name that the author chose.
    Given(LitStr),
}

impl Name {
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Field(text) => text.clone(),
            Self::Given(text) => text.value(),
        }
    }
}

impl Field<'_> {
    /// Returns the span for errors: that of the name, or of the type if the field has no name.
    pub(crate) fn place(&self) -> Span {
        place(&self.member, self.ty)
    }
}

fn place(member: &Member, ty: &Type) -> Span {
    match member {
        Member::Named(name) => name.span(),
        Member::Unnamed(_) => ty.span(),
    }
}

/// The attributes of a variant that apply to all its fields.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings {
    /// Every value is internal.
    pub(crate) is_internal: bool,
    /// `#[error(transparent)]` of `thiserror`: the text is that of the only field.
    pub(crate) shows_source: bool,
}

/// Reads the fields of a variant that has a code.
pub(crate) fn fields<'a>(fields: &'a syn::Fields, around: Surroundings, problems: &mut Problems) -> Vec<Field<'a>> {
    let has_declared_source = around.shows_source || fields.iter().any(|field| source_attribute(field).is_some());
    let members = fields.members().zip(fields);
    members
        .map(|(member, field)| {
            let attributes = Attributes::read(&field.attrs, Place::Field, problems);
            contradictions(&attributes, problems);
            let role = if let Some(declared) = declared_source(field, around) {
                source(declared, &attributes, problems)
            } else if !has_declared_source && is_named_source(field) && attributes.is_silent() {
                Role::Source
            } else if attributes.skip.is_some() || is_backtrace(field) && attributes.is_silent() {
                Role::Skipped
            } else if attributes.retry_after.is_some() {
                Role::RetryAfter
            } else {
                value(&member, field, attributes, around, problems)
            };
            Field { member, ty: &field.ty, role }
        })
        .collect()
}

/// Reads the only field of a transparent variant, which may also have a backtrace.
pub(crate) fn transparent<'a>(fields: &'a syn::Fields, word: &Ident, problems: &mut Problems) -> Vec<Field<'a>> {
    let inner = fields.iter().filter(|field| !is_backtrace(field)).count();
    if inner != 1 {
        problems.add(word.span(), format!("attribute \"transparent\" takes exactly one field, not {inner}"));
    }
    let members = fields.members().zip(fields);
    members
        .map(|(member, field)| {
            let attributes = Attributes::read(&field.attrs, Place::Field, problems);
            for other in attributes.of_value().chain(&attributes.skip) {
                contradiction(other, word, problems);
            }
            let role = if is_backtrace(field) { Role::Skipped } else { Role::Inner };
            Field { member, ty: &field.ty, role }
        })
        .collect()
}

fn contradictions(attributes: &Attributes, problems: &mut Problems) {
    if let Some(skip) = &attributes.skip {
        attributes.of_value().for_each(|other| contradiction(other, skip, problems));
    }
    if let Some(retry_after) = &attributes.retry_after {
        attributes
            .of_value()
            .filter(|word| *word != retry_after)
            .for_each(|other| contradiction(other, retry_after, problems));
    }
}

pub(crate) fn contradiction(word: &Ident, other: &Ident, problems: &mut Problems) {
    let text = format!("attribute {:?} contradicts {:?}", word.to_string(), other.to_string());
    problems.add(word.span(), text);
}

/// Checks the attributes of a field that is the source because of a `thiserror` attribute.
fn source(declared: &str, attributes: &Attributes, problems: &mut Problems) -> Role {
    if attributes.skip.is_some() {
        return Role::Skipped;
    }
    for word in attributes.of_value() {
        let text = format!("attribute {:?} contradicts {declared}; a source is for logs only", word.to_string());
        problems.add(word.span(), text);
    }
    Role::Source
}

fn value(
    member: &Member,
    field: &syn::Field,
    attributes: Attributes,
    around: Surroundings,
    problems: &mut Problems,
) -> Role {
    let name = match (attributes.name, member) {
        (Some((_, text)), _) => Name::Given(text),
        (None, Member::Named(name)) => Name::Field(name.unraw().to_string()),
        (None, Member::Unnamed(_)) => {
            if !attributes.is_broken {
                let text = "an unnamed field has no name for its value; expected #[mcp(name = \"..\")] or #[mcp(skip)]";
                problems.add(place(member, &field.ty), text);
            }
            return Role::Skipped;
        }
    };
    let is_internal = around.is_internal || attributes.internal.is_some();
    Role::Value(Value { name, is_internal, is_display: attributes.display.is_some() })
}

/// Returns the attribute that makes the field the source, as the author wrote it.
fn declared_source(field: &syn::Field, around: Surroundings) -> Option<&'static str> {
    let transparent = around.shows_source && !is_backtrace(field);
    source_attribute(field).or(transparent.then_some("#[error(transparent)]"))
}

fn source_attribute(field: &syn::Field) -> Option<&'static str> {
    field.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::Path(path) if path.is_ident("source") => Some("#[source]"),
        Meta::Path(path) if path.is_ident("from") => Some("#[from]"),
        _ => None,
    })
}

fn is_named_source(field: &syn::Field) -> bool {
    field.ident.as_ref().is_some_and(|name| name.unraw() == "source")
}

/// Returns whether `thiserror` treats the type as a backtrace.
fn is_backtrace(field: &syn::Field) -> bool {
    let by_type = match &field.ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Backtrace"),
        _ => false,
    };
    by_type || field.attrs.iter().any(|attribute| attribute.path().is_ident("backtrace"))
}
