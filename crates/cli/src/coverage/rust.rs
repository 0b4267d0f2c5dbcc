//! Rust sources, by syntax tree.

use std::collections::{HashMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, File, ItemUse, Lit, Meta, Pat, Path, UseTree};

use super::known::{Code, Known};
use super::mention::{Mentions, Use};

/// Reads a source. If `is_test` is set, all of it is a test.
///
/// # Errors
/// The syntax error, with its line.
pub(super) fn read(
    text: &str,
    file: &str,
    is_test: bool,
    known: &Known,
    mentions: &mut Mentions,
) -> Result<(), String> {
    let tree: File = syn::parse_file(text).map_err(|error| format!("line {}: {error}", error.span().start().line))?;
    let mut imports = Imports { known, names: HashMap::new(), globs: HashSet::new() };
    imports.visit_file(&tree);
    let Imports { names, globs, .. } = imports;
    let context = if is_test { Context::TEST } else { Context::CODE };
    Reader { known, mentions, file, names, globs, context, variant_of: None }.visit_file(&tree);
    Ok(())
}

/// The names of codes that a file imports.
struct Imports<'k> {
    known: &'k Known,
    names: HashMap<String, Code>,
    /// The modules whose items are all imported.
    globs: HashSet<String>,
}

impl<'a> Visit<'a> for Imports<'_> {
    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.tree(&item.tree, None);
    }
}

impl Imports<'_> {
    fn tree(&mut self, tree: &UseTree, module: Option<&str>) {
        let mut name = |imported: &str, own: &str| {
            if let Some(code) = module.and_then(|module| self.known.of_name(module, imported)) {
                self.names.insert(own.to_owned(), code.clone());
            }
        };
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, Some(&path.ident.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, module)),
            UseTree::Name(found) => name(&found.ident.to_string(), &found.ident.to_string()),
            UseTree::Rename(found) => name(&found.ident.to_string(), &found.rename.to_string()),
            UseTree::Glob(_) => {
                if let Some(module) = module.filter(|module| self.known.is_module(module)) {
                    self.globs.insert(module.to_owned());
                }
            }
        }
    }
}

/// The context of a place.
#[derive(Debug, Clone, Copy)]
struct Context {
    is_test: bool,
    /// Whether codes here are compared with an error rather than used to create one.
    is_compared: bool,
    /// Whether codes here are given another name.
    is_declared: bool,
}

impl Context {
    const CODE: Self = Self { is_test: false, is_compared: false, is_declared: false };
    const TEST: Self = Self { is_test: true, ..Self::CODE };
}

struct Reader<'r> {
    known: &'r Known,
    mentions: &'r mut Mentions,
    file: &'r str,
    names: HashMap<String, Code>,
    globs: HashSet<String>,
    context: Context,
    /// The type that owns the variant whose attribute is read.
    variant_of: Option<(String, String)>,
}

impl Reader<'_> {
    /// How the program uses a code here, or `None` if it only compares it.
    fn own_use(&self) -> Option<Use> {
        match self.context {
            Context { is_declared: true, is_test: false, .. } => Some(Use::Declares),
            Context { is_declared: true, is_test: true, .. } => None,
            Context { is_test: true, is_compared: true, .. } => Some(Use::Tests),
            Context { is_test: false, is_compared: false, .. } => Some(Use::Raises),
            _ => None,
        }
    }

    fn mention(&mut self, code: &Code, line: usize) {
        if let Some(own) = self.own_use() {
            self.mentions.add(code, own, self.file, line);
        }
    }

    fn text(&mut self, text: &str, line: usize) {
        if let Some(code) = self.known.of_text(text).cloned() {
            self.mention(&code, line);
        }
    }

    /// A path of at least two names: `filesystem::FILE_NOT_FOUND`, or an imported one.
    fn path(&mut self, names: &[String], line: usize) {
        let Some(last) = names.last() else { return };
        let module = names.len().checked_sub(2).and_then(|at| names.get(at));
        let of_module = module.and_then(|module| self.known.of_name(module, last));
        let imported = || match module {
            None => {
                self.names.get(last).or_else(|| self.globs.iter().find_map(|module| self.known.of_name(module, last)))
            }
            Some(_) => None,
        };
        if let Some(code) = of_module.or_else(imported).cloned() {
            return self.mention(&code, line);
        }
        // It may be a name that the program gives to a code elsewhere.
        if !self.context.is_declared
            && let Some(own) = self.own_use()
        {
            let name = module.map_or(last.clone(), |module| format!("{module}::{last}"));
            self.mentions.name(name, own, self.file, line);
            if module.is_some() {
                self.mentions.name(last.clone(), own, self.file, line);
            }
        }
    }

    fn within(&mut self, context: Context, read: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.context, context);
        read(self);
        self.context = outer;
    }

    fn compared(&mut self, read: impl FnOnce(&mut Self)) {
        self.within(Context { is_compared: true, ..self.context }, read);
    }

    fn made(&mut self, read: impl FnOnce(&mut Self)) {
        self.within(Context { is_compared: false, ..self.context }, read);
    }

    /// The tokens of a macro or an attribute, which may be anything.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.path(&std::mem::take(&mut path), line);
                    }
                    line = ident.span().start().line;
                    path.push(ident.to_string());
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Ok(Lit::Str(text)) = syn::parse_str::<Lit>(&literal.to_string()) {
                        self.text(&text.value(), line);
                    }
                }
                TokenTree::Punct(_) => {}
            }
            self.path(&std::mem::take(&mut path), line);
            colons = 0;
        }
        self.path(&path, line);
    }
}

/// Returns whether attributes mark a test, or code that is compiled for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let is_test = path.segments.last().is_some_and(|segment| {
            let name = segment.ident.to_string();
            name == "test" || name == "rstest" || name == "test_case" || name == "proptest"
        });
        let is_configured = path.is_ident("cfg")
            && matches!(&attribute.meta, Meta::List(list) if list.tokens.to_string().split(|c: char| !c.is_alphanumeric()).any(|word| word == "test")
                && !list.tokens.to_string().starts_with("not"));
        is_test || is_configured
    })
}

/// Returns whether a macro compares its arguments.
fn is_comparing(path: &Path) -> bool {
    const WORDS: [&str; 6] = ["assert", "matches", "expect", "check", "verify", "ensure"];
    path.segments.last().is_some_and(|segment| {
        let name = segment.ident.to_string();
        WORDS.iter().any(|word| name.contains(word))
    })
}

impl<'a> Visit<'a> for Reader<'_> {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attributes = match item {
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Static(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        let context = if is_test(attributes) { Context { is_test: true, ..self.context } } else { self.context };
        self.within(context, |reader| visit::visit_item(reader, item));
    }

    /// An import names a code but does not use it.
    fn visit_item_use(&mut self, _: &'a ItemUse) {}

    fn visit_item_const(&mut self, item: &'a syn::ItemConst) {
        self.constant(&item.ident.to_string(), &item.expr);
    }

    fn visit_item_static(&mut self, item: &'a syn::ItemStatic) {
        self.constant(&item.ident.to_string(), &item.expr);
    }

    fn visit_impl_item_const(&mut self, item: &'a syn::ImplItemConst) {
        self.constant(&item.ident.to_string(), &item.expr);
    }

    /// A variant with a code is another name for the code.
    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        for variant in &item.variants {
            self.variant_of = Some((item.ident.to_string(), variant.ident.to_string()));
            variant.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
            self.variant_of = None;
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        let Meta::List(list) = &attribute.meta else { return };
        if !attribute.path().is_ident("mcp") {
            return;
        }
        let Some((ty, variant)) = self.variant_of.clone() else {
            // A struct has only one code: whoever creates the struct raises the code.
            return self.tokens(list.tokens.clone());
        };
        let line = line_of(attribute.path());
        for code in self.codes_of(&list.tokens) {
            self.mentions.add(&code, Use::Declares, self.file, line);
            for name in [format!("{ty}::{variant}"), format!("Self::{variant}")] {
                self.mentions.alias(name, &code);
            }
        }
    }

    fn visit_macro(&mut self, item: &'a syn::Macro) {
        let name = item.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let tokens = item.tokens.clone();
        // A compared code is expected in a test; elsewhere, it is only compared.
        match (is_comparing(&item.path), name.as_str()) {
            (true, "ensure") => self.made(|reader| reader.tokens(tokens)),
            (true, _) => self.compared(|reader| reader.tokens(tokens)),
            (false, _) => self.tokens(tokens),
        }
    }

    fn visit_pat(&mut self, pattern: &'a Pat) {
        self.compared(|reader| visit::visit_pat(reader, pattern));
    }

    fn visit_expr_binary(&mut self, expression: &'a syn::ExprBinary) {
        match expression.op {
            syn::BinOp::Eq(_) | syn::BinOp::Ne(_) => {
                self.compared(|reader| visit::visit_expr_binary(reader, expression))
            }
            _ => visit::visit_expr_binary(self, expression),
        }
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        const QUESTIONS: [&str; 6] = ["is", "is_of", "contains", "eq", "ne", "code_is"];
        self.visit_expr(&call.receiver);
        let is_question = QUESTIONS.iter().any(|name| call.method == name);
        let arguments = |reader: &mut Self| call.args.iter().for_each(|argument| reader.visit_expr(argument));
        if is_question { self.compared(arguments) } else { self.argument_of(arguments) }
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        let names = match call.func.as_ref() {
            Expr::Path(path) => names_of(&path.path),
            _ => Vec::new(),
        };
        let is_of_error = |reader: &Self| {
            let module = names.len().checked_sub(2).map(|at| names[at].as_str());
            let is_constructor = names.last().is_some_and(|last| {
                let of_module = module.and_then(|module| reader.known.of_name(module, last)).is_some();
                of_module || (module.is_none() && reader.names.contains_key(last))
            });
            is_constructor || module.is_some_and(|module| module.ends_with("Error"))
        };
        let makes = is_of_error(self);
        self.visit_expr(&call.func);
        let arguments = |reader: &mut Self| call.args.iter().for_each(|argument| reader.visit_expr(argument));
        if makes { arguments(self) } else { self.argument_of(arguments) }
    }

    fn visit_expr_path(&mut self, path: &'a syn::ExprPath) {
        self.path(&names_of(&path.path), line_of(&path.path));
    }

    fn visit_expr_struct(&mut self, value: &'a syn::ExprStruct) {
        self.path(&names_of(&value.path), line_of(&value.path));
        visit::visit_expr_struct(self, value);
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'a syn::PatTupleStruct) {
        self.path(&names_of(&pattern.path), line_of(&pattern.path));
        visit::visit_pat_tuple_struct(self, pattern);
    }

    fn visit_pat_struct(&mut self, pattern: &'a syn::PatStruct) {
        self.path(&names_of(&pattern.path), line_of(&pattern.path));
        visit::visit_pat_struct(self, pattern);
    }

    fn visit_lit_str(&mut self, text: &'a syn::LitStr) {
        self.text(&text.value(), text.span().start().line);
    }
}

impl Reader<'_> {
    /// A function argument in a test is what the test expects. Elsewhere it is what the program creates.
    fn argument_of(&mut self, read: impl FnOnce(&mut Self)) {
        if self.context.is_test { self.compared(read) } else { read(self) }
    }

    fn constant(&mut self, name: &str, value: &Expr) {
        let context = Context { is_declared: true, ..self.context };
        for code in self.codes_in(value) {
            self.mentions.alias(name.to_owned(), &code);
        }
        self.within(context, |reader| reader.visit_expr(value));
    }

    /// Returns the codes that the value of a constant names.
    fn codes_in(&self, value: &Expr) -> Vec<Code> {
        self.collect(|reader| reader.visit_expr(value))
    }

    fn codes_of(&self, tokens: &TokenStream) -> Vec<Code> {
        self.collect(|reader| reader.tokens(tokens.clone()))
    }

    fn collect(&self, read: impl FnOnce(&mut Reader<'_>)) -> Vec<Code> {
        let mut mentions = Mentions::default();
        let mut reader = Reader {
            known: self.known,
            mentions: &mut mentions,
            file: "",
            names: self.names.clone(),
            globs: self.globs.clone(),
            context: Context::CODE,
            variant_of: None,
        };
        read(&mut reader);
        mentions.codes().map(|(code, _)| code.clone()).collect()
    }
}

fn line_of(path: &Path) -> usize {
    path.segments.first().map_or(0, |segment| segment.ident.span().start().line)
}

fn names_of(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
