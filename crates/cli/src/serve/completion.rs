use mcp_error_codes::{McpError, Record, mcp};
use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference};

use super::{prompts, uri};
use crate::catalogue;

/// Completes an argument of a resource template or of a prompt. Case is ignored, and codes are also found by name.
///
/// # Errors
/// `-32602` for an unknown template, prompt or argument.
pub(crate) fn complete(request: &CompleteRequestParams) -> Result<CompleteResult, McpError> {
    let (argument, typed) = (request.argument.name.as_str(), request.argument.value.as_str());
    let system = request.context.as_ref().and_then(|context| context.get_argument("system"));
    let values = match (&request.r#ref, argument) {
        (Reference::Resource(template), "system") if is_template(&template.uri) => systems(typed),
        (Reference::Resource(template), "code") if template.uri == uri::CODE_TEMPLATE => {
            let is_meant = |record: &&Record| system.is_none_or(|system| record.system.name == *system);
            codes(typed, |record| record.code.to_owned(), is_meant)
        }
        (Reference::Prompt(prompt), "error") if prompt.name == prompts::TROUBLESHOOT => {
            codes(typed, |record| record.code_text().to_string(), |_| true)
        }
        // A description is free text.
        (Reference::Prompt(prompt), "description") if prompt.name == prompts::CHOOSE => Vec::new(),
        _ => return Err(no_such_argument(argument)),
    };
    Ok(CompleteResult::new(first(values)))
}

fn is_template(template: &str) -> bool {
    [uri::CODE_TEMPLATE, uri::SYSTEM_TEMPLATE].contains(&template)
}

fn systems(typed: &str) -> Vec<String> {
    let names = catalogue::systems().map(|system| system.name);
    names.filter(|name| begins(name, typed)).map(str::to_owned).collect()
}

/// Returns the codes that start with the typed text, then those whose names do.
fn codes(typed: &str, text: fn(&Record) -> String, is_meant: impl Fn(&&Record) -> bool) -> Vec<String> {
    let records = || catalogue::records().filter(&is_meant);
    let by_code = records().map(text).filter(|code| begins(code, typed));
    let by_name = records().filter(|record| begins(record.name, typed)).map(text);
    let mut values: Vec<String> = Vec::new();
    for value in by_code.chain(by_name) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

fn begins(text: &str, typed: &str) -> bool {
    text.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// Returns as many values as a response may have, and their total number.
fn first(mut values: Vec<String>) -> CompletionInfo {
    let mut info = CompletionInfo::default();
    info.total = u32::try_from(values.len()).ok();
    info.has_more = Some(values.len() > CompletionInfo::MAX_VALUES);
    values.truncate(CompletionInfo::MAX_VALUES);
    info.values = values;
    info
}

fn no_such_argument(argument: &str) -> McpError {
    McpError::new(mcp::INVALID_PARAMS).with_message("Nothing to complete").with_detail("argument", argument)
}
