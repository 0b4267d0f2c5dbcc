//! Items that derive the trait: generic items, empty items, and items in scopes with unusual names.

use std::error::Error;
use std::fmt::{self, Debug, Display};

use mcp_error_codes::{IntoMcpError, McpError, filesystem};
use serde::Serialize;
use serde_json::json;

use super::{only_text, parts};

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Generic<'a, T, S, E, const N: usize>
where
    E: Error + Send + Sync + 'static,
{
    #[error("values")]
    #[mcp(code = "FS-001")]
    Values {
        path: &'a str,
        wanted: T,
        more: Option<Vec<T>>,
        #[mcp(display)]
        shown: Option<S>,
        #[mcp(skip)]
        bytes: [u8; N],
    },
    #[error("caused")]
    #[mcp(code = "FS-007")]
    Caused(#[source] E),
}

#[test]
fn lifetimes_types_constants_and_bounds_of_the_item_are_kept() {
    let values: Generic<'_, u8, char, fmt::Error, 2> =
        Generic::Values { path: "a", wanted: 1, more: Some(vec![2]), shown: Some('c'), bytes: [3, 4] };
    let details = json!({"path": "a", "wanted": 1, "more": [2], "shown": "c"});
    assert_eq!(parts(&values.into_mcp_error()), (details, only_text("values")));

    let caused: Generic<'_, u8, char, fmt::Error, 0> = Generic::Caused(fmt::Error);
    assert!(caused.into_mcp_error().source().is_some_and(<dyn Error>::is::<fmt::Error>));
}

#[derive(Debug, IntoMcpError)]
enum Wrapping<E> {
    #[mcp(transparent)]
    Inner(E),
}

#[test]
fn a_transparent_parameter_is_whatever_turns_into_an_error() {
    assert!(Wrapping::Inner(filesystem::DISK_FULL).into_mcp_error().is(filesystem::DISK_FULL));
    assert!(Wrapping::Inner(std::io::Error::other("")).into_mcp_error().source().is_some());
}

/// A struct with one field of a generic type.
#[derive(Debug, IntoMcpError)]
#[mcp(code = "FS-001")]
struct Missing<P: ?Sized + Serialize + Debug>
where
    for<'a> &'a P: Debug,
{
    path: Box<P>,
}

impl<P: ?Sized + Serialize + Debug> Display for Missing<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "missing {:?}", &self.path)
    }
}

#[test]
fn a_type_without_a_size_works_as_far_as_it_serialises() {
    let error = Missing::<str> { path: "a".into() }.into_mcp_error();
    assert_eq!(error.to_string(), "FS-001: File not found: a");
    assert_eq!(parts(&error).1, only_text("missing \"a\""));
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Never {}

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error("unit")]
#[mcp(code = "OP-003")]
struct Unit;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Partly {
    #[error("here")]
    #[mcp(code = "OP-003")]
    Here {
        #[cfg(feature = "derive")]
        path: &'static str,
        #[cfg(not(feature = "derive"))]
        gone: NoSuchType,
    },
    #[cfg(not(feature = "derive"))]
    #[error("gone")]
    #[mcp(code = "OP-003")]
    Gone { handle: NoSuchType },
    #[error("raw")]
    #[mcp(code = "OP-003")]
    r#Type,
}

#[test]
fn empty_items_and_items_under_conditions_work() {
    assert!(None::<Never>.map(McpError::from).is_none());
    assert_eq!(Unit.into_mcp_error().to_string(), "OP-003: Watch Session Not Found");
    assert_eq!(parts(&Partly::Here { path: "a" }.into_mcp_error()).0, json!({"path": "a"}));
    assert_eq!(parts(&Partly::r#Type.into_mcp_error()).1, only_text("raw"));
}

/// A crate with strict lints that imports this one under another name. Clippy checks it.
mod strict {
    #![deny(warnings, clippy::pedantic, clippy::nursery, unused_qualifications, single_use_lifetimes)]

    extern crate mcp_error_codes as renamed;

    use renamed::hyper_bun;

    #[derive(Debug, thiserror::Error, renamed::IntoMcpError)]
    #[mcp(crate = self::renamed)]
    pub(super) enum Failure<'a, T> {
        #[error("values")]
        #[mcp(code = "FS-001")]
        Values {
            path: &'a str,
            more: Option<T>,
            #[mcp(internal, display)]
            query: String,
            #[mcp(skip)]
            skipped: u8,
        },
        #[error("wait")]
        #[mcp(code = hyper_bun::SERVER_UNAVAILABLE, message)]
        Wait(#[mcp(retry_after)] std::time::Duration),
        #[error(transparent)]
        #[mcp(transparent)]
        Io(#[from] std::io::Error),
        #[error("bare")]
        #[mcp(code = "FS-007")]
        Bare,
    }

    #[derive(Debug, thiserror::Error, renamed::IntoMcpError)]
    #[mcp(crate = self::renamed)]
    #[deprecated]
    #[allow(dead_code)]
    pub(super) enum Old {
        #[deprecated]
        #[error("old")]
        #[mcp(code = "FS-007")]
        Older {
            #[deprecated]
            oldest: u8,
        },
        #[deprecated]
        #[error(transparent)]
        #[mcp(transparent)]
        Inner(#[deprecated] std::io::Error),
    }

    #[derive(Debug, thiserror::Error, renamed::IntoMcpError)]
    #[error("options")]
    #[mcp(crate = self::renamed, code = "FS-001")]
    pub(super) struct OnlyOptions {
        pub(super) path: Option<String>,
    }
}

#[test]
fn the_crate_may_have_another_name() {
    let values = strict::Failure::Values { path: "a", more: Some(1), query: "q".to_owned(), skipped: 0 };
    assert_eq!(
        parts(&values.into_mcp_error()),
        (json!({"path": "a", "more": 1}), json!({"error": "values", "query": "q"}))
    );
    let other: [strict::Failure<'_, u8>; 3] = [
        strict::Failure::Wait(std::time::Duration::ZERO),
        strict::Failure::from(std::io::Error::other("")),
        strict::Failure::Bare,
    ];
    let codes = other.map(|failure| failure.into_mcp_error().record().code);
    assert_eq!(codes, ["NX-MCP-030", "NX-MCP-001", "FS-007"]);
    assert_eq!(strict::OnlyOptions { path: None }.into_mcp_error().to_string(), "FS-001: File Not Found");
}

/// A scope without the prelude, in which other items have the names of the standard library and of the generated code.
mod among_strangers {
    #![no_implicit_prelude]
    #![allow(dead_code)]

    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct String;
    pub(super) struct Some;
    pub(super) struct McpError;
    pub(super) struct Field;
    pub(super) trait AddField {}
    pub(super) mod core {}
    pub(super) mod std {}
    pub(super) mod mcp_error_codes {}

    #[derive(::std::fmt::Debug, ::thiserror::Error, ::mcp_error_codes::IntoMcpError)]
    pub(super) enum Failure {
        #[error("strange")]
        #[mcp(code = "FS-001")]
        Missing {
            error: ::std::option::Option<&'static str>,
            value: u8,
            #[mcp(display)]
            text: u8,
            #[mcp(internal)]
            name: u8,
            #[source]
            cause: ::std::fmt::Error,
        },
        #[error("transparent")]
        #[mcp(transparent)]
        Inner(#[from] ::std::io::Error),
    }
}

#[test]
fn names_of_the_author_s_do_no_harm() {
    let failure = among_strangers::Failure::Missing { error: Some("e"), value: 1, text: 2, name: 3, cause: fmt::Error };
    let error = failure.into_mcp_error();
    assert_eq!(parts(&error), (json!({"error": "e", "value": 1, "text": "2"}), json!({"error": "strange", "name": 3})));
    assert!(error.source().is_some());
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error(transparent)]
#[mcp(transparent)]
enum Load {
    Io(#[from] std::io::Error),
    Json(#[from] serde_json::Error),
    #[mcp(transparent)]
    Number {
        inner: std::num::ParseIntError,
    },
    #[error("{path} is empty")]
    #[mcp(code = "FS-007")]
    Empty {
        path: &'static str,
    },
}

#[test]
fn an_enum_is_transparent_but_for_variants_with_a_code() -> Result<(), Box<dyn Error>> {
    let missing = McpError::from(Load::from(std::io::Error::from(std::io::ErrorKind::NotFound)));
    assert!(missing.is(filesystem::FILE_NOT_FOUND) && missing.internal().count() == 0, "{missing:?}");
    let json = serde_json::from_str::<Vec<u8>>("[").err().ok_or("no failure")?;
    assert!(McpError::from(Load::from(json)).message().contains("not JSON"));
    let number = "a".parse::<u8>().err().ok_or("no failure")?;
    assert!(McpError::from(Load::Number { inner: number }).message().contains("expected an integer"));
    let empty = McpError::from(Load::Empty { path: "a.txt" });
    assert!(empty.is(filesystem::READ_ERROR), "{empty:?}");
    assert_eq!(parts(&empty), (json!({"path": "a.txt"}), only_text("a.txt is empty")));
    Ok(())
}
