//! A registry of an author's own, beside the library's: its links lead to the library's codes, and it shares what it says it
//! shares.
#![cfg(feature = "std")]

use mcp_error_codes::{McpError, SetupError, find, setup};
use mcp_error_codes_build::Generator;

/// What a build script would write to `OUT_DIR`. `tests/data/generated.rs` checks that it is up to date.
mod generated {
    include!("registry.rs");
}

use generated::{Code, REGISTRY, acme};

#[test]
fn a_link_to_a_code_of_the_library_is_shown_and_found() -> Result<(), mcp_error_codes::UnknownCode> {
    let page = acme::LABEL_NOT_FOUND.record().explain().to_string();
    assert!(page.contains("\n    - filesystem:FS-001: what the filesystem server says of any file\n"), "{page}");
    assert_eq!(find("filesystem:FS-001")?.name, "FILE_NOT_FOUND");
    let page = acme::ADDRESS_INVALID.record().explain().to_string();
    assert!(page.contains("\n    - Shared with: mcp:-32602\n"), "{page}");
    Ok(())
}

#[test]
fn a_code_of_the_library_may_take_the_place_of_one() {
    #[allow(deprecated)]
    let old = acme::FOLDER_NOT_FOUND;
    assert!(old.record().explain().to_string().contains("Use filesystem:FS-002 instead."));
    // The successor is a code of another type, so this type has none.
    assert_eq!(old.current(), old);
}

#[test]
fn a_text_that_the_library_has_means_the_library_s_code() {
    assert_eq!(Code::lookup("-32603"), None);
    assert_eq!(Code::lookup("acme:-32603"), Some(acme::BROKEN));
    assert_eq!(acme::BROKEN.to_string(), "acme:-32603");
    assert_eq!(generated::code!("acme:-32603"), acme::BROKEN);
    assert_eq!(McpError::new(acme::BROKEN).to_string(), "acme:-32603: Broken");
    assert_eq!(acme::label_not_found("/labels/7").to_string(), "ACME-001: no label at /labels/7");
}

#[test]
fn what_is_shared_is_no_clash() -> Result<(), SetupError> {
    setup().registries([&REGISTRY]).apply()?;
    let numbered = |number| mcp_error_codes::by_number(number).map(|record| record.code).collect::<Vec<_>>();
    assert_eq!(numbered(-32602).first(), Some(&"-32602"));
    assert!(numbered(-32602).contains(&"ACME-002"));
    assert_eq!(
        mcp_error_codes::in_system("acme").by_number(-32602).next().map(|record| record.name),
        Some("ADDRESS_INVALID")
    );
    Ok(())
}

#[test]
fn a_registry_that_takes_the_library_s_number_is_refused() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("tests/own_registry/registry/acme.toml")?;
    let text = text.replace("shares_with = [\"mcp:-32602\"]\n", "");
    let problems = Generator::generate_from(&[("registry/acme.toml", &text)]).expect_err("it shares no more");
    assert_eq!(
        problems.to_string(),
        "registry/acme.toml:48: number -32602 is taken by mcp:-32602 of mcp-error-codes; expected another number, \
         or shares_with = [\"mcp:-32602\"] [taken-number]"
    );
    Ok(())
}

#[cfg(feature = "testing")]
#[test]
fn a_test_fails_if_setup_was_forgotten() -> Result<(), SetupError> {
    use mcp_error_codes::testing::expect_set_up;

    setup().registries([&REGISTRY]).run(|| expect_set_up(&REGISTRY))?;
    let panic = setup().run(|| std::panic::catch_unwind(|| expect_set_up(&REGISTRY)))?.err();
    let text = panic.and_then(|payload| payload.downcast::<String>().ok());
    assert_eq!(
        text.as_deref().map(String::as_str),
        Some(
            "the registry \"mcp-error-codes\" extends filesystem:FS-001, and is not known here; \
             call `mcp_error_codes::setup().registries([&REGISTRY]).apply()` when the program starts"
        )
    );
    Ok(())
}

#[test]
#[ignore = "the next test runs it in a process of its own, where nothing calls `setup`"]
fn makes_errors_without_setup() {
    for path in ["a", "b"] {
        assert!(acme::label_not_found(path).is(acme::LABEL_NOT_FOUND));
    }
}

#[test]
fn a_debug_build_says_once_that_setup_was_forgotten() -> std::io::Result<()> {
    let mut process = std::process::Command::new(std::env::current_exe()?);
    let output = process.args(["--exact", "makes_errors_without_setup", "--ignored", "--nocapture"]).output()?;
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).matches("extends filesystem:FS-001, and is not known").count();
    assert_eq!(said, usize::from(cfg!(debug_assertions)));
    Ok(())
}
