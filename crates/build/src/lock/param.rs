use mcp_error_codes_core::ParamType;

use crate::lock::word::{escaped, items, unescaped, word_of};

/// A parameter of a code or of a scenario in a [`LockEntry`](crate::LockEntry).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockParam {
    /// The name in the message.
    pub name: String,
    /// The type.
    pub ty: ParamType,
}

/// A scenario of a code in a [`LockEntry`](crate::LockEntry).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockScenario {
    /// The name.
    pub name: String,
    /// The parameters of its constructor, or `None` if the scenario has no message and therefore no constructor.
    pub params: Option<Vec<LockParam>>,
}

/// Writes params: `number:integer,ids:list`.
pub(crate) fn params_word(params: &[LockParam]) -> String {
    word_of(params.iter().map(|param| format!("{}:{}", escaped(&param.name), param.ty)), ",")
}

/// Reads params.
pub(crate) fn params(word: &str) -> Option<Vec<LockParam>> {
    let param = |item: &str| {
        let (name, ty) = item.split_once(':')?;
        Some(LockParam { name: unescaped(name)?, ty: ty.parse::<ParamType>().ok()? })
    };
    items(word, ',').map(param).collect()
}

/// Writes scenarios: `DISK_FULL(disk:string);READ_ONLY`.
pub(crate) fn scenarios_word(scenarios: &[LockScenario]) -> String {
    let scenario = |case: &LockScenario| match &case.params {
        Some(params) => format!("{}({})", escaped(&case.name), params_word(params)),
        None => escaped(&case.name),
    };
    word_of(scenarios.iter().map(scenario), ";")
}

/// Reads scenarios.
pub(crate) fn scenarios(word: &str) -> Option<Vec<LockScenario>> {
    let scenario = |item: &str| match item.split_once('(') {
        Some((name, rest)) => {
            Some(LockScenario { name: unescaped(name)?, params: Some(params(rest.strip_suffix(')')?)?) })
        }
        None => Some(LockScenario { name: unescaped(item)?, params: None }),
    };
    items(word, ';').map(scenario).collect()
}
