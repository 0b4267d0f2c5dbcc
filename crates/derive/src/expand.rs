//! Generates the implementation.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, LitStr, Member, Path};

use crate::attributes::Code;
use crate::bounds;
use crate::field::{Field, Name, Role, Value};
use crate::input::{Input, Outcome, TEXT, Variant};
use crate::problems::Problems;
use crate::span::{at, ours};

/// Generates the implementation for an item. If the item has mistakes, generates their errors and an implementation that only
/// type-checks, so the compiler does not also complain about every use.
pub(crate) fn implementation(item: &DeriveInput) -> TokenStream {
    let mut problems = Problems::default();
    let input = Input::read(item, &mut problems);
    match problems.finish() {
        None => wrap(&input, &body(&input)),
        Some(error) => {
            let (mistakes, stub) = (error.to_compile_error(), quote!(::core::unreachable!()));
            let stub = wrap(&Input { variants: Vec::new(), ..input }, &stub);
            quote!(#mistakes #stub)
        }
    }
}

fn wrap(input: &Input<'_>, body: &TokenStream) -> TokenStream {
    let Input { item, library, .. } = input;
    let name = ours(&item.ident);
    let generics = bounds::generics(input);
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let error_data = input
        .has_error_data
        .then(|| quote!(#library::__into_error_data! { [#parameters] [#name #arguments] [#bounds] }));
    quote! {
        #[automatically_derived]
        impl #parameters #library::IntoMcpError for #name #arguments #bounds {
            fn into_mcp_error(self) -> #library::McpError {
                #body
            }
        }
        #library::__into_call_tool_result! { [#parameters] [#name #arguments] [#bounds] }
        #error_data
    }
}

fn body(input: &Input<'_>) -> TokenStream {
    let text = text(input);
    let arms = input.variants.iter().map(|variant| arm(input, variant));
    let library = &input.library;
    quote! {
        // Only used by fields that are not an `Option`.
        #[allow(unused_imports)]
        use #library::__private::AddField as _;
        #text
        match self {
            #(#arms)*
        }
    }
}

/// Generates the code that formats the author's text before the error is destructured.
fn text(input: &Input<'_>) -> TokenStream {
    if !input.has_text() {
        return TokenStream::new();
    }
    let place = at(input.item.ident.span());
    let library = moved(&input.library, place);
    let text = quote_spanned!(place=> #library::__private::text(&self));
    let others: Vec<_> = input.variants.iter().filter(|variant| !variant.has_text()).map(path).collect();
    match others.is_empty() {
        true => quote!(let __text = #text;),
        false => quote! {
            let __text = match &self {
                #(#others { .. })|* => ::core::default::Default::default(),
                _ => #text,
            };
        },
    }
}

fn arm(input: &Input<'_>, variant: &Variant<'_>) -> TokenStream {
    let path = path(variant);
    let used: Vec<_> = variant.fields.iter().filter(|field| !matches!(field.role, Role::Skipped)).collect();
    let members = used.iter().map(|field| match &field.member {
        Member::Named(name) => Member::Named(ours(name)),
        Member::Unnamed(index) => Member::Unnamed(index.clone()),
    });
    let local = |(index, field): (usize, &&Field<'_>)| format_ident!("__field_{index}", span = at(field.place()));
    let locals: Vec<_> = used.iter().enumerate().map(local).collect();
    let rest = (used.len() < variant.fields.len()).then(|| quote!(..));
    let additions = used.iter().zip(&locals).map(|(field, local)| addition(&input.library, field, local));
    let made = match &variant.outcome {
        Outcome::Transparent => quote!(#(#additions)*),
        Outcome::Code { code, text_is_message, scenario } => {
            let check = check(input, variant, code, *text_is_message, scenario.as_ref());
            let start = start(input, code, *text_is_message);
            quote!(#check #start #(#additions)* __error)
        }
    };
    quote!(#path { #(#members: #locals,)* #rest } => { #made })
}

fn path(variant: &Variant<'_>) -> TokenStream {
    match variant.name {
        Some(name) => {
            let name = ours(name);
            quote!(Self::#name)
        }
        None => quote!(Self),
    }
}

/// Generates the constant that names the scenario. It does not compile if the code has no such scenario, or if only some of the
/// message's parameters have a field.
fn check(
    input: &Input<'_>,
    variant: &Variant<'_>,
    code: &Code,
    text_is_message: bool,
    scenario: Option<&LitStr>,
) -> TokenStream {
    let details = variant.fields.iter().filter_map(|field| match &field.role {
        Role::Value(value) if !value.is_internal => Some(value.name.text()),
        _ => None,
    });
    // The author's text needs no parameters.
    let details: Vec<String> = if text_is_message { Vec::new() } else { details.collect() };
    let place = match (scenario, code) {
        (Some(name), _) => name.span(),
        (None, Code::Text(text)) => text.span(),
        (None, Code::Constant(path)) => path.span(),
    };
    let library = moved(&input.library, at(place));
    let code = constant(input, code);
    let scenario = match scenario {
        Some(name) => quote_spanned!(at(place)=> ::core::option::Option::Some(#name)),
        None => quote_spanned!(at(place)=> ::core::option::Option::None),
    };
    quote_spanned! {at(place)=>
        #[allow(deprecated)]
        const __SCENARIO: ::core::option::Option<u16> =
            #library::__private::scenario_of(#code.record(), #scenario, &[#(#details),*]);
    }
}

/// Generates the statement that creates the error of a code with the author's text.
fn start(input: &Input<'_>, code: &Code, text_is_message: bool) -> TokenStream {
    let library = &input.library;
    let code = constant(input, code);
    let text = match text_is_message {
        true => quote!(with_message(__text)),
        false => quote!(with_internal(#TEXT, __text)),
    };
    quote!(let __error = #library::__private::of_scenario(#library::McpError::new(#code), __SCENARIO).#text;)
}

/// Generates the path of the constant of a code.
fn constant(input: &Input<'_>, code: &Code) -> TokenStream {
    match code {
        Code::Text(text) => {
            // Every token has the span of the text, so the compiler reports an unknown code there.
            let place = text.span();
            let registry = match &input.registry {
                Some(path) => moved(path, place),
                None => quote_spanned!(place=> ::mcp_error_codes),
            };
            quote_spanned!(place=> #registry::code!(#text))
        }
        Code::Constant(path) => quote!(#path),
    }
}

/// Gives a path a different span without changing its meaning.
fn moved(path: &Path, place: Span) -> TokenStream {
    let tokens = path.to_token_stream().into_iter().map(|mut token| {
        token.set_span(place.resolved_at(token.span()));
        token
    });
    tokens.collect()
}

/// Generates the statement that adds a field to the error, or the expression that converts an inner error.
fn addition(library: &Path, field: &Field<'_>, local: &Ident) -> TokenStream {
    let place = at(field.place());
    let library = &moved(library, place);
    let add = match &field.role {
        Role::Skipped => return TokenStream::new(),
        Role::Inner => return quote_spanned!(place=> ::core::convert::Into::<#library::McpError>::into(#local)),
        Role::Source => quote_spanned!(place=> __error.with_source(__value)),
        Role::RetryAfter => quote_spanned!(place=> __error.with_retry_after(__value)),
        Role::Value(value) => add_value(library, value, place),
    };
    // `Option` may have been renamed, so the type decides whether it is one.
    quote_spanned! {place=>
        let __error = #library::__private::Field(#local).add_to(__error, |__error, __value| #add);
    }
}

fn add_value(library: &TokenStream, value: &Value, place: Span) -> TokenStream {
    let made = match value.is_display {
        true => quote_spanned!(place=> #library::__private::text(&__value)),
        false => quote_spanned!(place=> __value),
    };
    let name = value.name.text();
    match &value.name {
        _ if value.is_internal => quote_spanned!(place=> __error.with_internal(#name, #made)),
        Name::Given(_) => quote_spanned!(place=> __error.with_detail(#name, #made)),
        Name::Field(_) => quote_spanned! {place=> {
            let __name = #library::__private::detail_name(&__error, #name);
            __error.with_detail(__name, #made)
        }},
    }
}
