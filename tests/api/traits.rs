//! Guarantees of every public type: `Debug`, `Send` and `Sync`, and the sizes of the small ones.

use core::fmt::{Debug, Display};

use mcp_error_codes::record::*;
#[cfg(feature = "std")]
use mcp_error_codes::wire::*;
use mcp_error_codes::*;

const fn shared<T: Debug + Send + Sync + 'static>() {}
const fn copied<T: Copy + PartialEq>() {}
const fn printed<T: Display>() {}

const _: () = {
    shared::<Code>();
    shared::<Record>();
    shared::<System>();
    shared::<Family>();
    shared::<Registry>();
    shared::<Extension>();
    shared::<ReservedRange>();
    shared::<Scenario>();
    shared::<Section>();
    shared::<Param>();
    shared::<Example>();
    shared::<CodeText>();
    shared::<FullName>();
    shared::<UnknownWord>();
    shared::<Command>();
    shared::<Alert>();
    shared::<Claim>();
    shared::<Signature>();
    shared::<Related>();
    shared::<Target>();
    shared::<JsonRpcNumber>();
    shared::<Retry>();
    shared::<Delays>();
    shared::<Explain<'static>>();
    shared::<UnknownCode>();
    shared::<MessageMatch<'static>>();
    shared::<FullName>();
    shared::<InSystem<'static>>();
    shared::<NumberRange>();

    copied::<Code>();
    copied::<Retry>();
    copied::<FullName>();

    printed::<Code>();
    printed::<Record>();
    printed::<FullName>();
    printed::<UnknownWord>();
    printed::<System>();
    printed::<Family>();
    printed::<ReservedRange>();
    printed::<Explain<'static>>();
    printed::<CodeText>();
    printed::<FullName>();
    printed::<NumberRange>();
    printed::<UnknownCode>();
};

#[cfg(feature = "recognize")]
const _: fn() = || {
    shared::<Finding>();
    printed::<Finding>();
    shared::<RecognizedError>();
    shared::<Recognition>();
    shared::<Recognizer<'static>>();
    shared::<LogError>();
    shared::<LogErrors>();
    shared::<LogFilter>();
};

/// A record is not `Copy`: if it were, both implementations would apply, and this would not compile.
const _: fn() = || {
    trait Either<Which> {
        fn it() {}
    }
    impl<T> Either<()> for T {}
    impl<T: Copy> Either<u8> for T {}
    <Record as Either<_>>::it();
};

/// Asserts that each value of a closed vocabulary has its own word, which is printed and parsed.
macro_rules! vocabulary {
    ($($name:ident),+) => {$(
        shared::<$name>();
        copied::<$name>();
        for &value in $name::ALL {
            assert_eq!(value.as_str().parse(), Ok(value));
            assert_eq!($name::try_from(value.as_str()), Ok(value));
            assert_eq!(value.to_string(), value.as_str());
            #[cfg(feature = "std")]
            assert_eq!(serde_json::from_value::<$name>(value.as_str().into()).ok(), Some(value));
            let same = $name::ALL.iter().filter(|other| other.as_str().eq_ignore_ascii_case(value.as_str()));
            assert_eq!(same.count(), 1, "{value}");
        }
        for word in ["", "nothing of the kind"] {
            let unknown = $name::try_from(word).expect_err("it is not a word of any vocabulary");
            assert_eq!(unknown.word(), word);
            assert!(unknown.expected().eq($name::ALL.iter().map(|value| value.as_str())));
            assert!(unknown.to_string().contains(&format!(" {word:?} is not one of: ")), "{unknown}");
        }
    )+};
}

#[test]
fn every_word_of_a_vocabulary_leads_back_to_its_value() {
    vocabulary!(
        Severity,
        Category,
        Kind,
        RetryClass,
        Backoff,
        Surface,
        ParamType,
        ExampleType,
        Fact,
        ProtocolVersion,
        Certainty
    );
    assert_eq!(ProtocolVersion::LATEST, ProtocolVersion::V2026_07_28);
    assert!(ProtocolVersion::ALL.is_sorted());
    assert_eq!(ProtocolVersion::ALL.len(), 5);
    assert!(Severity::ALL.is_sorted());
}

/// Traits are not types; the checks above cover their implementors.
const TRAITS: [&str; 3] = ["RegistryCode", "IntoMcpError", "ResultExt"];

#[test]
fn every_public_type_is_asked_here() {
    let rooms =
        [include_str!("../../src/lib.rs"), include_str!("../../src/record.rs"), include_str!("../../src/wire.rs")];
    let exports =
        rooms.iter().flat_map(|room| room.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()));
    let names = exports.flat_map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let types = names.filter(|name| {
        name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase) && !TRAITS.contains(name)
    });
    let asked = include_str!("traits.rs");
    let of_vocabularies = asked.split("    vocabulary!(").nth(1).and_then(|rest| rest.split(')').next());
    // The list of forms asks the same of its types.
    let forms = include_str!("../../src/wire/forms.rs");
    let missing: Vec<_> = types
        .filter(|name| !forms.contains(&format!("    {name} = \"")))
        .filter(|name| !asked.contains(&format!("shared::<{name}")))
        .filter(|name| !of_vocabularies.is_some_and(|list| list.contains(name)))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_code_is_two_bytes() {
    assert_eq!(size_of::<Code>(), 2);
}

#[cfg(feature = "std")]
mod std_only {
    use super::*;

    const fn error<T: std::error::Error + Send + Sync + 'static>() {}

    const _: () = {
        shared::<McpError>();
        shared::<DecodeError>();
        shared::<Setup>();
        shared::<SetupError>();
        shared::<Clash>();
        shared::<Export>();
        shared::<RequestId<'static>>();
        shared::<BatchEntry>();
        shared::<Decoder<'static>>();
        shared::<FormName>();
        shared::<Details<'static>>();
        shared::<OneLine<'static>>();
        shared::<LoggedError<'static>>();
        shared::<ScrumConflict<'static>>();

        printed::<McpError>();
        printed::<FormName>();
        printed::<ScrumConflict<'static>>();

        error::<McpError>();
        error::<UnknownCode>();
        error::<UnknownWord>();
        error::<DecodeError>();
        error::<SetupError>();
    };

    #[test]
    fn a_vocabulary_is_read_from_json_by_its_words() {
        assert_eq!(serde_json::from_str::<Severity>("\"WARN\"").ok(), Some(Severity::Warn));
        let error = serde_json::from_str::<RetryClass>("\"never\"").expect_err("it is not a word").to_string();
        assert!(error.starts_with("retry class \"never\" is not one of: retry-now-safe, "), "{error}");
        let error = serde_json::from_str::<Severity>("7").expect_err("it is not a text").to_string();
        assert!(error.contains("expected a severity"), "{error}");
    }

    #[test]
    fn an_error_is_16_bytes_alone_and_in_a_result() {
        assert_eq!(size_of::<McpError>(), 16);
        assert_eq!(size_of::<Option<McpError>>(), 16);
        assert_eq!(size_of::<Result<(), McpError>>(), 16);
    }
}

#[cfg(feature = "testing")]
const _: () = {
    shared::<mcp_error_codes::testing::Expected>();
    shared::<mcp_error_codes::testing::Found>();
    shared::<mcp_error_codes::testing::Walk>();
};

#[cfg(feature = "http-1")]
const _: () = {
    shared::<mcp_error_codes::http_1::Transport>();
    copied::<mcp_error_codes::http_1::Transport>();
};

#[cfg(feature = "axum-0_8")]
const _: () = shared::<mcp_error_codes::axum_0_8::Standard>();
