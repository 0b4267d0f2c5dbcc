//! `#[derive(IntoMcpError)]` of `mcp-error-codes`, which re-exports it with the feature `derive`.
//!
//! Its attributes are documented, with examples, where it is re-exported: at `mcp_error_codes::IntoMcpError`.
//!
//! | attribute | allowed on |
//! |---|---|
//! | `#[mcp(code = "FS-001")]`, `#[mcp(code = path)]`, `#[mcp(transparent)]`, `#[mcp(message)]`, `#[mcp(scenario = "..")]` | a variant or a struct |
//! | `#[mcp(internal)]` | a variant, a struct or a field |
//! | `#[mcp(name = "..")]`, `#[mcp(display)]`, `#[mcp(retry_after)]`, `#[mcp(skip)]` | a field |
//! | `#[mcp(transparent)]`, `#[mcp(registry = path)]`, `#[mcp(crate = path)]`, `#[mcp(no_error_data)]` | an enum or a struct |

mod attributes;
mod bounds;
mod expand;
mod field;
mod input;
mod problems;
mod span;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

// rustdoc appends this to the documentation of the re-export.
/// The macro is defined in the crate `mcp-error-codes-derive` and re-exported as `mcp_error_codes::IntoMcpError`.
#[proc_macro_derive(IntoMcpError, attributes(mcp))]
pub fn into_mcp_error(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    expand::implementation(&item).into()
}
