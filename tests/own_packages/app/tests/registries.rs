//! Two registries of other authors in one program.

use mcp_error_codes::__private::{NumberIndex, TextIndex};
use mcp_error_codes::{Clash, Registry, by_number, decode, find, registries, setup};
use own_app::depot;
use own_core::parcels;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn a_registry_shares_with_and_extends_that_of_another_crate() -> Outcome {
    setup().registries([&own_app::REGISTRY, &own_core::REGISTRY]).run(|| -> Outcome {
        let records: Vec<_> = by_number(100_001).map(|record| record.code).collect();
        assert_eq!(records, ["DEPOT-1", "PARCEL-1"]);
        let record = find("lost parcel")?;
        assert_eq!((record.code, record.hint), ("PARCEL-1", "Look into the depot first."));
        assert_eq!(own_core::lost(7).hint(), "Look into the depot first.");
        assert!(own_core::lost(7).is(parcels::PARCEL_LOST));
        let page = depot::SHELF_EMPTY.record().explain().to_string();
        assert!(page.contains("parcels:PARCEL-1: if it should be there"), "{page}");
        Ok(())
    })??;
    Ok(())
}

#[test]
fn a_word_that_two_registries_have_is_only_possible() -> Outcome {
    let bare = r#"{"error":{"code":"ABORTED","message":"stopped"}}"#;
    let text = r#"{"content":[{"type":"text","text":"ABORTED: stopped"}],"isError":true}"#;
    setup().registries([&own_core::REGISTRY, &own_app::REGISTRY]).run(|| -> Outcome {
        for bytes in [bare, text] {
            assert!(!decode(bytes)?.is_known(), "{bytes}");
        }
        // The record object names the system of the word.
        let own = depot::aborted();
        assert!(decode(own.tool_result().to_string())?.is(depot::ABORTED));
        // Both registries are set here, so the word alone is ambiguous.
        assert_eq!(own.code_text(), "depot:ABORTED");
        assert!(decode(r#"{"error":{"code":"parcels:ABORTED","message":"stopped"}}"#)?.is(parcels::ABORTED));
        Ok(())
    })??;
    setup().registries([&own_core::REGISTRY]).run(|| -> Outcome {
        for bytes in [bare, text] {
            assert!(decode(bytes)?.is(parcels::ABORTED), "{bytes}");
        }
        Ok(())
    })??;
    Ok(())
}

#[test]
fn the_order_of_calls_makes_no_difference() -> Outcome {
    let names = || registries().map(Registry::name).collect::<Vec<_>>();
    setup().registries([&own_core::REGISTRY]).apply()?;
    assert_eq!(names(), ["mcp-error-codes", "own-core"]);
    // More registries than before, some of them, and the same ones in another order.
    setup().registries([&own_core::REGISTRY, &own_app::REGISTRY]).apply()?;
    setup().registries([&own_app::REGISTRY]).apply()?;
    setup().registries([&own_app::REGISTRY, &own_core::REGISTRY]).apply()?;
    setup().apply()?;
    assert_eq!(names(), ["mcp-error-codes", "own-app", "own-core"]);
    assert_eq!(find("lost parcel")?.code, "PARCEL-1");
    Ok(())
}

#[test]
fn a_system_has_one_registry() {
    static OTHER: Registry = Registry::__new(
        "other",
        own_app::REGISTRY.systems(),
        &[],
        &TextIndex::EMPTY,
        &NumberIndex::EMPTY,
        &[],
        &[],
        &[],
        &[],
    );
    let refused = setup().registries([&own_app::REGISTRY, &OTHER]).run(|| ()).expect_err("both have the depot");
    assert_eq!(refused.to_string(), "system \"depot\" is defined by \"other\" and by \"own-app\"");
    assert!(matches!(refused.clashes(), [Clash::System { system: "depot", .. }]));
}
