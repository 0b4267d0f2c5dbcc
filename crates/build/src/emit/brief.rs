//! What an error needs of its record: the facts that are sent, filled in or decided on, without the prose that only people read.

use mcp_error_codes_core::{Family, Param, Record, Scenario, System};

/// Returns the record without its prose.
pub(crate) fn record(record: &Record) -> Record {
    let mut brief = record.clone().__into_brief();
    (brief.summary, brief.since, brief.reference) = ("", "", "");
    (brief.context, brief.alert, brief.stated) = (None, None, &[]);
    (brief.causes, brief.resolution, brief.aliases, brief.shares_with) = (&[], &[], &[], &[]);
    (brief.diagnostics, brief.recovery, brief.related) = (&[], &[], &[]);
    (brief.examples, brief.sections, brief.signatures) = (&[], &[], &[]);
    brief.params = params(record.params);
    brief.scenarios = leak_all(record.scenarios.iter().map(scenario));
    brief
}

/// Returns the system without its prose.
pub(crate) fn system(system: &System) -> System {
    let family = |family: &Family| Family::__new(family.name, "", "", &[], &[], &[], &[]);
    let families = leak_all(system.families.iter().map(family));
    System::__new(system.name, "", "", "", "", "", &[], families, system.docs_base)
}

fn scenario(scenario: &Scenario) -> Scenario {
    let mut brief = *scenario;
    brief.summary = None;
    brief.params = params(scenario.params);
    (brief.causes, brief.resolution, brief.prevention, brief.notes) = (&[], &[], &[], &[]);
    brief
}

fn params(params: &[Param]) -> &'static [Param] {
    leak_all(params.iter().map(|param| Param::__new(param.name, param.ty, "", param.harmless)))
}

/// Leaks a list. Records contain `'static` lists, and a build script does not run for long.
fn leak_all<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    items.collect::<Vec<_>>().leak()
}
