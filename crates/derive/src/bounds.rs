//! The trait bounds for the type parameters of an error.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Generics, PathArguments, Type, parse_quote};

use crate::field::Role;
use crate::input::Input;
use crate::span::ours;

/// Returns the generics of the item with a bound for each field whose type contains a parameter.
///
/// Other types need no bound: the compiler reports a mistake at the field.
pub(crate) fn generics(input: &Input<'_>) -> Generics {
    let mut generics = input.item.generics.clone();
    let parameters: BTreeSet<String> = generics.type_params().map(|parameter| parameter.ident.to_string()).collect();
    if parameters.is_empty() {
        return generics;
    }
    let library = &input.library;
    // In the implementation for the SDK's error, `Self` is a different type.
    let name = ours(&input.item.ident);
    let (_, arguments, _) = input.item.generics.split_for_impl();
    let own: Type = parse_quote!(#name #arguments);
    let predicates = &mut generics.make_where_clause().predicates;
    for field in input.variants.iter().flat_map(|variant| &variant.fields) {
        let ty = content(field.ty);
        if !has_parameter(ty.to_token_stream(), &parameters) {
            continue;
        }
        match &field.role {
            Role::Inner => predicates.push(parse_quote!(#ty: ::core::convert::Into<#library::McpError>)),
            Role::Source => predicates.push(parse_quote!(#ty: ::core::convert::Into<#library::__private::Source>)),
            Role::Value(value) if value.is_display => predicates.push(parse_quote!(#ty: ::core::fmt::Display)),
            Role::Value(_) => predicates.push(parse_quote!(#ty: #library::__private::Serialize)),
            Role::RetryAfter | Role::Skipped => {}
        }
    }
    if input.has_text() {
        predicates.push(parse_quote!(#own: ::core::fmt::Display));
    }
    generics
}

/// Returns the inner type of an `Option`, or any other type unchanged.
fn content(ty: &Type) -> &Type {
    let Type::Path(path) = ty else { return ty };
    let Some(last) = path.path.segments.last().filter(|last| last.ident == "Option") else { return ty };
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(content)) => content,
            _ => ty,
        },
        _ => ty,
    }
}

fn has_parameter(tokens: TokenStream, parameters: &BTreeSet<String>) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => parameters.contains(&name.to_string()),
        TokenTree::Group(group) => has_parameter(group.stream(), parameters),
        _ => false,
    })
}
