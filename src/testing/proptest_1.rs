//! Integration with `proptest` 1: strategies for codes and errors, [`codes`], [`errors`] and [`errors_of`], and `any::<Code>()` and
//! `any::<McpError>()`.
//!
//! ```
//! use mcp_error_codes::{decode, proptest_1::errors};
//! use proptest::prelude::*;
//!
//! proptest! {
//!     # #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]
//!     # /*
//!     #[test]
//!     # */
//!     fn any_error_arrives(error in errors()) {
//!         let received = decode(error.tool_result().to_string())?;
//!         prop_assert_eq!(received.to_string(), error.to_string());
//!     }
//! }
//! # any_error_arrives();
//! ```

use std::time::Duration;

use ::proptest::arbitrary::{Arbitrary, any};
use ::proptest::collection::{btree_map, vec};
use ::proptest::option;
use ::proptest::prelude::{Just, Strategy};
use ::proptest::prop_oneof;
use ::proptest::sample::{Select, select};
use ::proptest::strategy::BoxedStrategy;
use mcp_error_codes_core::{ParamType, Surface};
use serde_json::{Value, json};

use crate::{Code, McpError, RegistryCode};

/// A string that is part of every generated secret and every generated internal value. A peer must never receive it.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem, proptest_1::SECRET};
///
/// let error = filesystem::disk_full().with_internal("sql", SECRET).with_detail("password", SECRET);
/// assert!(!error.json_rpc_response(7).to_string().contains(SECRET));
/// ```
pub const SECRET: &str = "Zq7xK2mW9pLr4TvB";

/// Generates codes of this crate's registry. They shrink towards the first.
///
/// `any::<Code>()` is the same. Use `proptest::sample::select` for some of the codes or for codes of another registry.
///
/// ```
/// use mcp_error_codes::{Code, proptest_1::codes};
/// use proptest::sample::select;
/// use proptest::strategy::{Strategy, ValueTree};
/// use proptest::test_runner::TestRunner;
///
/// let mut runner = TestRunner::deterministic();
/// let code = codes().new_tree(&mut runner)?.current();
/// assert_eq!(Code::from_record(code.record()), Some(code));
///
/// let security = select(Code::in_family("filesystem", "SEC").collect::<Vec<_>>());
/// assert_eq!(security.new_tree(&mut runner)?.current().record().family.name, "SEC");
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
pub fn codes() -> Select<Code> {
    select(Code::all().collect::<Vec<_>>())
}

/// Generates errors of this crate's registry: [`errors_of`] all codes that servers send. `any::<McpError>()` is the
/// same.
pub fn errors() -> BoxedStrategy<McpError> {
    errors_of(select(Code::all().filter(|code| code.record().is_sent()).collect::<Vec<_>>()))
}

/// Generates errors with the codes that a strategy generates.
///
/// An error may have values for the parameters of its code, its own message, details (some nested, some with secrets),
/// a wait, an error id, a surface, internal context, a source, and failures, which may have all of these as well. Texts
/// are plain, hostile or contain a secret. Numbers are integers, because the last digit of a fraction may change in
/// JSON. An error shrinks towards the first code with nothing else.
///
/// ```
/// use mcp_error_codes::{filesystem, proptest_1::errors_of};
/// use proptest::prelude::*;
/// use proptest::strategy::ValueTree;
/// use proptest::test_runner::TestRunner;
///
/// let error = errors_of(Just(filesystem::DISK_FULL)).new_tree(&mut TestRunner::deterministic())?.current();
/// assert!(error.is(filesystem::DISK_FULL));
/// # Ok::<(), proptest::test_runner::Reason>(())
/// ```
pub fn errors_of<C: RegistryCode>(codes: impl Strategy<Value = C> + 'static) -> BoxedStrategy<McpError> {
    let public = (option::of(params()), option::of(texts()), vec((texts(), values()), 0..4));
    let other = (option::of(any::<u64>()), option::of(texts()), option::of(surfaces()));
    let hidden = (vec((texts(), texts()), 0..3), option::of(texts()));
    let alone = (codes, public, other, hidden).prop_map(|(code, public, other, hidden)| {
        let (params, message, details) = public;
        let (wait, id, surface) = other;
        let (internal, source) = hidden;
        let mut error = McpError::new(code);
        if let Some(params) = params {
            error = with_params(error, &params);
        }
        if let Some(message) = message {
            error = error.with_message(message);
        }
        error = details.into_iter().fold(error, |error, (name, value)| error.with_detail(name, value));
        if let Some(wait) = wait {
            error = error.with_retry_after(Duration::from_millis(wait));
        }
        if let Some(id) = id {
            error = error.with_error_id(id);
        }
        if let Some(surface) = surface {
            error = error.with_surface(surface);
        }
        error = internal.into_iter().fold(error, |error, (name, text)| error.with_internal(name, text + SECRET));
        match source {
            Some(source) => error.with_source(source + SECRET),
            None => error,
        }
    });
    let with_failures = |inner: BoxedStrategy<McpError>| {
        (inner.clone(), vec(inner, 0..3))
            .prop_map(|(error, failures)| failures.into_iter().fold(error, McpError::with_failure))
    };
    alone.prop_recursive(2, 6, 3, with_failures).boxed()
}

/// A value for each type of parameter.
type Params = (String, i64, Vec<String>);

fn params() -> impl Strategy<Value = Params> {
    (texts(), any::<i64>(), vec(texts(), 0..4))
}

fn with_params(error: McpError, (text, number, list): &Params) -> McpError {
    error.record().params.iter().fold(error, |error, param| match param.ty {
        ParamType::Integer => error.with_detail(param.name, number),
        ParamType::List => error.with_detail(param.name, list),
        _ => error.with_detail(param.name, text),
    })
}

fn surfaces() -> Select<Surface> {
    select(Surface::ALL)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{0,8}",
        2 => any::<String>(),
        1 => select(HOSTILE).prop_map(str::to_owned),
        1 => select(SECRETS).prop_map(|secret| secret.replace("{}", SECRET)),
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        texts().prop_map(Value::from),
        select(SECRET_KEYS).prop_map(|key| json!({ key: SECRET })),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let object = btree_map(texts(), inner.clone(), 0..4);
        prop_oneof![vec(inner, 0..4).prop_map(Value::from), object.prop_map(|map| json!(map))]
    })
}

/// Strings that often break programs.
const HOSTILE: &[&str] = &[
    "\0",
    "\r\n",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{202e}txet",
    "\u{feff}",
    "\u{2028}\u{2029}",
    "e\u{301}",
    "👨‍👩‍👧‍👦",
    "{path}",
    "{{path}}",
    "{path",
    "%s%n",
    "'; DROP TABLE codes; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "-9223372036854775808",
    "9223372036854775808",
    "1e999",
    "\"",
    "\\u0000",
    "\\ud800",
    "FS-001: File not found",
    "\nHint: ignore it",
    "errors",
    "stack",
    "… [18446744073709551615 more]",
    "[redacted]",
];

/// Templates whose braces are replaced with a secret.
const SECRETS: &[&str] = &[
    "password={}",
    "{\"token\": \"{}\"}",
    "Authorization: Bearer {}",
    "postgres://admin:{}@db.internal/notes",
    "https://example.org/?api_key={}&page=2",
];

const SECRET_KEYS: &[&str] = &["password", "apiKey", "authorization", "client_secret", "session-token"];

// Items without their own documentation would show the trait's, whose relative links are dead here.
impl Arbitrary for Code {
    /// The strategy has no parameters.
    type Parameters = ();
    /// The strategy of [`codes`].
    type Strategy = Select<Self>;

    /// Returns [`codes`].
    fn arbitrary() -> Self::Strategy {
        codes()
    }

    /// Returns [`codes`].
    fn arbitrary_with((): ()) -> Self::Strategy {
        codes()
    }
}

impl Arbitrary for McpError {
    /// The strategy has no parameters.
    type Parameters = ();
    /// The strategy of [`errors`].
    type Strategy = BoxedStrategy<Self>;

    /// Returns [`errors`].
    fn arbitrary() -> Self::Strategy {
        errors()
    }

    /// Returns [`errors`].
    fn arbitrary_with((): ()) -> Self::Strategy {
        errors()
    }
}
