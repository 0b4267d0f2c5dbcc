//! The codes of a crate without the standard library, built with the library's features that its user has.

use mcp_error_codes::Kind;
use own_bare::{Code, code, of_status, pump};

#[test]
fn codes_are_found_without_the_standard_library() {
    assert_eq!(of_status(100_001), Some(pump::DRY));
    assert_eq!(Code::lookup("PUMP-1"), Some(code!("PUMP-1")));
    assert_eq!("PUMP-1".parse::<Code>().ok(), Some(pump::DRY));
    assert_eq!(pump::DRY.record().kind, Kind::FailedPrecondition);
    assert!(pump::DRY.record().explain().to_string().contains("Ask the user to fill the tank."));
    assert_eq!(own_bare::REGISTRY.extensions().len(), 1);
}
