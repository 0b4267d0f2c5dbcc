//! No code and no alias repeats one of another registry, unless it is shared, or is a plain word, which belongs to nobody.

use crate::scope::{Check, Report, Scope};
use crate::sharing::owner_of_text;

pub(crate) const CHECK: Check = Check { id: "taken-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries() {
        let record = &entry.record;
        // A whole system that clashes with the library is reported once.
        if record.system.name.is_empty() || scope.library_system(entry).is_some() {
            continue;
        }
        let aliases = record.aliases.iter().enumerate();
        let aliases = aliases.map(|(at, alias)| ("alias", *alias, entry.fields.place_of_item("aliases", at)));
        let code = [("code", record.code, entry.place())].into_iter().filter(|(_, code, _)| !code.is_empty());
        for (what, text, place) in code.chain(aliases) {
            if let Some(owner) = owner_of_text(scope, record, text) {
                let package = scope.library.package(owner.system.name);
                let owner = owner.full_name();
                let taken = format!("{what} {text:?} is taken by {owner} of {package}");
                report.at(place, format!("{taken}; expected another text, or shares_with = [\"{owner}\"]"));
            }
        }
    }
}
