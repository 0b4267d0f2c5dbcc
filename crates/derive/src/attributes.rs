//! Parses `#[mcp(..)]` attributes. Other files check their combinations.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Token};

use crate::problems::Problems;

/// The kind of item that has an attribute.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Enum,
    Struct,
    Variant,
    Field,
}

impl Place {
    /// Returns the name of the kind, and the attributes that it allows.
    fn words(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::Enum => ("an enum", &["crate", "no_error_data", "registry", "transparent"]),
            Self::Struct => (
                "a struct",
                &["code", "crate", "internal", "message", "no_error_data", "registry", "scenario", "transparent"],
            ),
            Self::Variant => ("a variant", &["code", "internal", "message", "scenario", "transparent"]),
            Self::Field => ("a field", &["display", "internal", "name", "retry_after", "skip"]),
        }
    }
}

/// A code, as the author wrote it.
pub(crate) enum Code {
    /// Its text, which the registry's `code!` converts to the constant.
    Text(LitStr),
    /// The path of a constant.
    Constant(Path),
}

/// The contents of all attributes of one item. A word without a value is stored with its span.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) code: Option<(Ident, Code)>,
    pub(crate) library: Option<(Ident, Path)>,
    pub(crate) registry: Option<(Ident, Path)>,
    pub(crate) name: Option<(Ident, LitStr)>,
    pub(crate) scenario: Option<(Ident, LitStr)>,
    pub(crate) display: Option<Ident>,
    pub(crate) internal: Option<Ident>,
    pub(crate) message: Option<Ident>,
    pub(crate) no_error_data: Option<Ident>,
    pub(crate) retry_after: Option<Ident>,
    pub(crate) skip: Option<Ident>,
    pub(crate) transparent: Option<Ident>,
    /// Whether a part could not be parsed, so a missing attribute may be in it.
    pub(crate) is_broken: bool,
}

impl Attributes {
    /// Parses all attributes. If one has a syntax error, the part before the error is used.
    pub(crate) fn read(attributes: &[Attribute], place: Place, problems: &mut Problems) -> Self {
        let mut read = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("mcp")) {
            let outcome = attribute.parse_nested_meta(|meta| read.add(&meta, place, problems));
            if let Err(error) = outcome {
                read.is_broken = true;
                problems.add_error(error);
            }
        }
        read
    }

    fn add(&mut self, meta: &ParseNestedMeta<'_>, place: Place, problems: &mut Problems) -> Result<()> {
        let path = &meta.path;
        let word = path.get_ident().ok_or_else(|| Error::new_spanned(path, "expected a single word"))?;
        let (called, words) = place.words();
        let name = word.unraw().to_string();
        if !words.contains(&name.as_str()) {
            problems.add(word.span(), format!("unknown attribute {name:?}; {called} takes: {}", words.join(", ")));
            return skip_value(meta);
        }
        let is_new = match name.as_str() {
            "code" => put(&mut self.code, (word.clone(), code(meta)?)),
            "crate" => put(&mut self.library, (word.clone(), meta.value()?.parse()?)),
            "registry" => put(&mut self.registry, (word.clone(), meta.value()?.parse()?)),
            "scenario" => put(&mut self.scenario, (word.clone(), meta.value()?.parse()?)),
            "name" => put(&mut self.name, (word.clone(), meta.value()?.parse()?)),
            "display" => put(&mut self.display, flag(meta, word)?),
            "internal" => put(&mut self.internal, flag(meta, word)?),
            "message" => put(&mut self.message, flag(meta, word)?),
            "no_error_data" => put(&mut self.no_error_data, flag(meta, word)?),
            "retry_after" => put(&mut self.retry_after, flag(meta, word)?),
            "skip" => put(&mut self.skip, flag(meta, word)?),
            _ => put(&mut self.transparent, flag(meta, word)?),
        };
        if !is_new {
            problems.add(word.span(), format!("attribute {name:?} is given twice"));
        }
        Ok(())
    }

    /// Returns the words that change how a field is used, except `skip`.
    pub(crate) fn of_value(&self) -> impl Iterator<Item = &Ident> {
        let name = self.name.as_ref().map(|(word, _)| word);
        name.into_iter().chain(&self.display).chain(&self.internal).chain(&self.retry_after)
    }

    /// Returns whether a field has no attribute.
    pub(crate) fn is_silent(&self) -> bool {
        self.skip.is_none() && self.of_value().next().is_none()
    }
}

/// Sets an empty value, and returns whether it was empty.
fn put<T>(slot: &mut Option<T>, value: T) -> bool {
    let is_new = slot.is_none();
    slot.get_or_insert(value);
    is_new
}

fn code(meta: &ParseNestedMeta<'_>) -> Result<Code> {
    let value = meta.value()?;
    if value.peek(LitStr) {
        return Ok(Code::Text(value.parse()?));
    }
    if value.peek(syn::Lit) || value.peek(Token![-]) {
        return Err(value.error("expected the text of a code in quotes, or the path of its constant"));
    }
    Ok(Code::Constant(value.parse()?))
}

fn flag(meta: &ParseNestedMeta<'_>, word: &Ident) -> Result<Ident> {
    if meta.input.is_empty() || meta.input.peek(Token![,]) {
        return Ok(word.clone());
    }
    Err(Error::new(word.span(), format!("attribute {:?} takes no value", word.to_string())))
}

/// Skips an unknown value, up to the next word.
fn skip_value(meta: &ParseNestedMeta<'_>) -> Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<TokenTree>()?;
    }
    Ok(())
}
