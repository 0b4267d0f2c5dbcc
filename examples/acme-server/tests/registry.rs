//! The registry: its published codes, and how they are found.

use acme_server::{Code, REGISTRY, acme, code};
use mcp_error_codes::{McpError, decode, find, setup};

type Checked = Result<(), Box<dyn std::error::Error>>;

#[test]
fn the_registry_keeps_its_promises() {
    mcp_error_codes_build::check_lock();
}

#[test]
fn a_code_is_found_when_the_server_is_built() {
    const BUSY: Option<Code> = Code::lookup("ACME-101");
    assert_eq!(BUSY, Some(acme::PROVIDER_BUSY));
    assert_eq!(code!("ACME-101"), acme::PROVIDER_BUSY);
}

#[test]
fn a_person_finds_a_code_and_reads_its_page() -> Checked {
    setup().registries([&REGISTRY]).apply()?;
    assert_eq!(find("unknown invoice")?.code, "ACME-001");
    let page = find("acme 101")?.explain().to_string();
    assert!(page.starts_with("ACME-101: Payment provider busy\n"), "{page}");
    assert!(page.contains("- hyper-bun:NX-MCP-030: An MCP server that takes no more requests itself.\n"), "{page}");

    // The page of an extended code shows what the registry adds.
    let page = find("billing crashed")?.explain().to_string();
    assert!(page.starts_with("NX-MCP-001: "), "{page}");
    assert!(page.contains("- `https://acme.example/runbooks/billing-crash`: The runbook.\n"), "{page}");

    let missing = find("ACME-009").expect_err("there is no such code").to_string();
    assert!(missing.contains("\"ACME-009\""), "{missing}");
    Ok(())
}

#[test]
fn a_client_reads_the_error_back_from_text() -> Checked {
    setup().registries([&REGISTRY]).apply()?;
    let sent: McpError = acme::already_refunded("INV-2");
    assert_eq!(sent.to_string(), "ACME-002: invoice INV-2 was refunded already");
    let received = decode(sent.json_rpc_response(1).to_string())?;
    match received.code_in() {
        Some(acme::INVOICE_NOT_REFUNDABLE) => assert_eq!(received.detail("number"), Some(&"INV-2".into())),
        other => panic!("{other:?}"),
    }
    Ok(())
}
