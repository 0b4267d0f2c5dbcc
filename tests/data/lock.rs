//! Published entries of the registry do not change; see `registry/README.md`.

use mcp_error_codes::Code;
use mcp_error_codes_build::{Error, Generator};

#[test]
fn the_registry_keeps_its_promises() {
    Generator::new("registry").__builtin().check_lock("registry.lock");
}

#[test]
fn the_lock_holds_every_code_as_the_library_has_it() -> Result<(), Error> {
    let lock = Generator::new("registry").__builtin().lock()?;
    assert_eq!(lock.entries().len(), Code::all().len());
    for entry in lock.entries() {
        let code = Code::lookup(&entry.full_name()).unwrap_or_else(|| panic!("no code {}", entry.full_name()));
        let record = code.record();
        assert_eq!((&entry.surface, &entry.http_status), (&record.surface, &record.http_status), "{code:?}");
        assert_eq!((&entry.numbers[..], &entry.retry_class), (record.json_rpc, &record.retry.class), "{code:?}");
        assert_eq!(entry.kind, Some(record.kind), "{code:?}");
        assert_eq!(entry.is_deprecated, record.is_deprecated(), "{code:?}");
    }
    Ok(())
}
