//! A registry does not define a system of another registry or a module of the library.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "library-system", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let Some(head) = &file.head else { continue };
        let (name, module) = (file.system.name, file.system.module);
        if scope.library.system(name).is_some() {
            let package = scope.library.package(name);
            let what = format!("system {name:?} is defined by {package}");
            report.at(head.place_of("name"), format!("{what}; it can be extended, but not defined again"));
        }
        let has_module = |system: &&&mcp_error_codes_core::System| {
            system.module == module && scope.library.origin(system.name).is_none()
        };
        if let Some(owner) = scope.library.systems.iter().find(has_module).filter(|_| head.has("module")) {
            let what = format!("module {module:?} is that of the system {:?} of mcp-error-codes", owner.name);
            report.at(head.place_of("module"), format!("{what}; expected another"));
        }
    }
}
