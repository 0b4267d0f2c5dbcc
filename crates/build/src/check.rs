//! The second step: checks the rules that a registry must follow. Each check is one file with an id.
//!
//! To add a check, add its file and a fixture with its name in `tests/fixtures/`, and run `cargo xtask bless`, which writes the lists
//! below from the files of the folder.

// The modules.
mod alias_text;
mod claim_key;
mod code_text;
mod constant_name;
mod duplicate_code;
mod duplicate_constructor;
mod duplicate_family;
mod duplicate_number;
mod duplicate_system;
mod empty_extension;
mod equal_template;
mod extended_code;
mod extension_alias;
mod library_system;
mod message_template;
mod param_name;
mod preferred_code;
mod protocol_versions;
mod registry_size;
mod related_code;
mod reserved_code;
mod reserved_number;
mod reserved_range;
mod retry_schedule;
mod scenario_name;
mod secret_param;
mod section_content;
mod shares_with;
mod signature_content;
mod succession;
mod system_name;
mod taken_code;
mod taken_number;
mod template_text;
mod unknown_family;
mod unused_family;
mod wide_number;

use crate::problem::Collector;
use crate::scope::{Check, Report, Scope};

const CHECKS: &[Check] = &[
    alias_text::CHECK,
    claim_key::CHECK,
    code_text::CHECK,
    constant_name::CHECK,
    duplicate_code::CHECK,
    duplicate_constructor::CHECK,
    duplicate_family::CHECK,
    duplicate_number::CHECK,
    duplicate_system::CHECK,
    empty_extension::CHECK,
    equal_template::CHECK,
    extended_code::CHECK,
    extension_alias::CHECK,
    library_system::CHECK,
    message_template::CHECK,
    param_name::CHECK,
    preferred_code::CHECK,
    protocol_versions::CHECK,
    registry_size::CHECK,
    related_code::CHECK,
    reserved_code::CHECK,
    reserved_number::CHECK,
    reserved_range::CHECK,
    retry_schedule::CHECK,
    scenario_name::CHECK,
    secret_param::CHECK,
    section_content::CHECK,
    shares_with::CHECK,
    signature_content::CHECK,
    succession::CHECK,
    system_name::CHECK,
    taken_code::CHECK,
    taken_number::CHECK,
    template_text::CHECK,
    unknown_family::CHECK,
    unused_family::CHECK,
    wide_number::CHECK,
];

/// Runs every check.
pub(crate) fn check(scope: &Scope<'_, '_>, problems: &mut Collector) {
    for check in CHECKS {
        (check.run)(scope, &mut Report::new(check.id, problems));
    }
}
