//! The author's error type, as its attributes describe it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use proc_macro2::Span;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Path, parse_quote};

use crate::attributes::{Attributes, Code, Place};
use crate::field::{self, Field, Name, Role, Surroundings, contradiction};
use crate::problems::Problems;

/// An enum, or a struct, which is treated as one variant.
pub(crate) struct Input<'a> {
    pub(crate) item: &'a DeriveInput,
    /// The path of the library.
    pub(crate) library: Path,
    /// The path of the module that contains `code!`, or `None` for the library under its own name.
    pub(crate) registry: Option<Path>,
    /// Whether to convert the error to the official Rust SDK's `ErrorData`, for prompts and resources.
    pub(crate) has_error_data: bool,
    pub(crate) variants: Vec<Variant<'a>>,
}

/// A variant, or a struct.
pub(crate) struct Variant<'a> {
    /// `None` for a struct.
    pub(crate) name: Option<&'a Ident>,
    pub(crate) outcome: Outcome,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What a variant is converted to.
pub(crate) enum Outcome {
    /// An error with a code. The author's text is its message, or is only for logs.
    Code { code: Code, text_is_message: bool, scenario: Option<LitStr> },
    /// The error in the variant's field.
    Transparent,
}

impl<'a> Input<'a> {
    /// Reads an item. Parts with mistakes are skipped.
    pub(crate) fn read(item: &'a DeriveInput, problems: &mut Problems) -> Self {
        let place = if matches!(item.data, Data::Enum(_)) { Place::Enum } else { Place::Struct };
        let mut attributes = Attributes::read(&item.attrs, place, problems);
        let library = attributes.library.take().map(|(_, path)| path);
        let registry = attributes.registry.take().map(|(_, path)| path).or_else(|| library.clone());
        let library = library.unwrap_or_else(|| parse_quote!(::mcp_error_codes));
        let has_error_data = attributes.no_error_data.is_none();
        let shows_source = shows_source(&item.attrs).unwrap_or(false);
        let variants = match &item.data {
            Data::Enum(data) => {
                let read = data.variants.iter().map(|variant| {
                    let mut own = Attributes::read(&variant.attrs, Place::Variant, problems);
                    // The enum's attributes apply to each variant that has no code.
                    if own.code.is_none() && !own.is_broken {
                        own.transparent = own.transparent.or_else(|| attributes.transparent.clone());
                    }
                    let shows_source = self::shows_source(&variant.attrs).unwrap_or(shows_source);
                    let read = variant_of(own, &variant.ident, &variant.fields, shows_source, problems);
                    read.map(|read| Variant { name: Some(&variant.ident), ..read })
                });
                read.flatten().collect()
            }
            Data::Struct(data) => {
                let read = variant_of(attributes, &item.ident, &data.fields, shows_source, problems);
                read.into_iter().collect()
            }
            Data::Union(data) => {
                problems.add(data.union_token.span, "a union cannot be an error; expected an enum or a struct");
                Vec::new()
            }
        };
        Self { item, library, registry, has_error_data, variants }
    }

    /// Returns whether any variant uses the author's text.
    pub(crate) fn has_text(&self) -> bool {
        self.variants.iter().any(Variant::has_text)
    }
}

impl Variant<'_> {
    /// Returns whether the variant uses the author's text.
    pub(crate) const fn has_text(&self) -> bool {
        matches!(self.outcome, Outcome::Code { .. })
    }
}

/// Reads a variant or a struct. Returns `None` if it has neither a code nor `transparent`.
fn variant_of<'a>(
    attributes: Attributes,
    name: &Ident,
    fields: &'a Fields,
    shows_source: bool,
    problems: &mut Problems,
) -> Option<Variant<'a>> {
    if let Some(word) = &attributes.transparent {
        let code = attributes.code.as_ref().map(|(word, _)| word);
        let scenario = attributes.scenario.as_ref().map(|(word, _)| word);
        for other in code.into_iter().chain(&attributes.internal).chain(&attributes.message).chain(scenario) {
            contradiction(other, word, problems);
        }
        let fields = field::transparent(fields, word, problems);
        return Some(Variant { name: None, outcome: Outcome::Transparent, fields });
    }
    let around = Surroundings { is_internal: attributes.internal.is_some(), shows_source };
    let text_is_message = attributes.message.is_some();
    let scenario = attributes.scenario.map(|(_, name)| name);
    let fields = field::fields(fields, around, problems);
    same_names(&fields, text_is_message, problems);
    second_of_its_kind(&fields, problems);
    let Some((_, code)) = attributes.code else {
        if !attributes.is_broken {
            let text = format!("{name} has no code; expected #[mcp(code = \"..\")] or #[mcp(transparent)]");
            problems.add(name.span(), text);
        }
        return None;
    };
    Some(Variant { name: None, outcome: Outcome::Code { code, text_is_message, scenario }, fields })
}

/// Returns whether `#[error(transparent)]` of `thiserror` is present, or `None` if there is no such attribute.
fn shows_source(attributes: &[Attribute]) -> Option<bool> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("error"))?;
    Some(attribute.parse_args::<Ident>().is_ok_and(|word| word == "transparent"))
}

/// Reports names that two fields have, because one value would be lost. Details whose names differ only in spelling may fill the
/// same parameter.
fn same_names(fields: &[Field<'_>], text_is_message: bool, problems: &mut Problems) {
    let mut taken = BTreeMap::new();
    if !text_is_message {
        taken.insert((true, TEXT.to_owned()), TEXT.to_owned());
    }
    for field in fields {
        let Role::Value(value) = &field.role else { continue };
        let text = value.name.text();
        let key = if value.is_internal { text.clone() } else { spelling(&text) };
        let first = match taken.entry((value.is_internal, key)) {
            Entry::Vacant(free) => {
                free.insert(text);
                continue;
            }
            Entry::Occupied(taken) => taken.into_mut(),
        };
        let place = match &value.name {
            Name::Field(_) => field.place(),
            Name::Given(text) => text.span(),
        };
        if text == TEXT && value.is_internal && !text_is_message {
            problems.add(
                place,
                format!(
                    "name {TEXT:?} is reserved for the error's own text; expected another name: #[mcp(name = \"..\")]"
                ),
            );
        } else if *first == text {
            problems.add(place, format!("name {text:?} is used twice"));
        } else {
            let names = format!("names {first:?} and {text:?} differ only in case, hyphens and underscores");
            problems.add(place, format!("{names}, so both may fill the same parameter; expected another name"));
        }
    }
}

/// Returns what names of the same parameter have in common.
fn spelling(name: &str) -> String {
    name.replace(['-', '_'], "").to_ascii_lowercase()
}

/// The key of the author's own text in the internal context.
pub(crate) const TEXT: &str = "error";

/// Reports a second source and a second wait.
fn second_of_its_kind(fields: &[Field<'_>], problems: &mut Problems) {
    let mut second = |is_one: fn(&Role) -> bool, text: &str| {
        let places = fields.iter().filter(|field| is_one(&field.role)).map(Field::place).skip(1);
        places.collect::<Vec<Span>>().into_iter().for_each(|place| problems.add(place, text));
    };
    second(|role| matches!(role, Role::Source), "an error has only one source");
    second(|role| matches!(role, Role::RetryAfter), "an error has only one wait");
}
