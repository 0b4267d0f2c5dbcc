use mcp_error_codes::rmcp_3::Parameters;
use mcp_error_codes::{Finding, Recognizer, Record};
use rmcp::handler::server::router::prompt::PromptRouter;
use rmcp::model::{PromptMessage, Role};
use rmcp::schemars::{self, JsonSchema};
use rmcp::{prompt, prompt_router};
use serde::Deserialize;

use super::registry_server::RegistryServer;
use super::{advice, resources, uri};
use crate::catalogue::records_of;
use crate::query::{self, Answer};
use crate::ranking::rank;

pub(crate) const TROUBLESHOOT: &str = "troubleshoot_error";
pub(crate) const CHOOSE: &str = "choose_code";

#[derive(Debug, Deserialize, JsonSchema)]
struct TroubleshootArguments {
    /// A code, or everything you know about the error: a message, a response, log lines
    error: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct ChooseArguments {
    /// What fails and what the caller could do about it
    description: String,
}

impl RegistryServer {
    pub(crate) fn prompts() -> PromptRouter<Self> {
        Self::prompt_router()
    }
}

#[prompt_router]
impl RegistryServer {
    #[prompt(
        name = "troubleshoot_error",
        title = "Troubleshoot an error",
        description = "Find out why an MCP error occurred and what to do about it, with the manual pages of its codes"
    )]
    fn troubleshoot_error(&self, Parameters(wanted): Parameters<TroubleshootArguments>) -> Vec<PromptMessage> {
        let (known, records) = match query::answer(Recognizer::new(), &wanted.error) {
            Ok(Answer::Kind(kind)) => (KIND.to_owned(), records_of(kind)),
            Ok(Answer::Named { records, is_ambiguous }) => {
                (if is_ambiguous { AMBIGUOUS } else { KNOWN }.to_owned(), records)
            }
            Ok(Answer::Found(found)) => {
                let is_answered = found.errors.iter().all(|occurrence| occurrence.error.answer().is_some());
                let findings = found.errors.iter().flat_map(|occurrence| match occurrence.error.answer() {
                    Some(answer) => std::slice::from_ref(answer),
                    None => &occurrence.error.findings,
                });
                let mut records: Vec<&'static Record> = Vec::new();
                for record in findings.filter_map(Finding::record) {
                    if !records.iter().any(|known| known.full_name() == record.full_name()) {
                        records.push(record);
                    }
                }
                let known = match is_answered {
                    _ if records.is_empty() => UNKNOWN,
                    true => KNOWN,
                    false => AMBIGUOUS,
                };
                (known.to_owned(), records)
            }
            Err(unknown) => (format!("{unknown}. {UNKNOWN}"), Vec::new()),
        };
        let known = match records.len() {
            found if found > MAX_PAGES => {
                format!("{known} {found} were found; only the first {MAX_PAGES} are attached.")
            }
            _ => known,
        };
        let text = format!("{ASSIGNMENT}\n\n{known}\n\nThe error:\n\n{}", wanted.error);
        let records = records.into_iter().take(MAX_PAGES);
        std::iter::once(PromptMessage::new_text(Role::User, text)).chain(records.map(attached)).collect()
    }

    #[prompt(
        name = "choose_code",
        title = "Choose a code",
        description = "Choose the error code for a failure that a server has to report"
    )]
    fn choose_code(&self, Parameters(wanted): Parameters<ChooseArguments>) -> Vec<PromptMessage> {
        let hits = rank(&wanted.description);
        let usable = hits.iter().map(|hit| hit.record).filter(|record| !record.is_deprecated());
        let candidates: String = usable.take(MAX_CANDIDATES).map(candidate).collect();
        let candidates = match candidates.is_empty() {
            true => {
                "No code contains any of these words. Use `search_errors` and `list_errors` to find one.\n".to_owned()
            }
            false => format!("The codes that match these words best:\n\n{candidates}"),
        };
        let text = format!("{CHOICE}\n\n{candidates}\nThe failure:\n\n{}", wanted.description);
        vec![PromptMessage::new_text(Role::User, text)]
    }
}

const ASSIGNMENT: &str = "\
An MCP error occurred. Find the cause and help to resolve it:

1. Say in one sentence what failed.
2. Name the most likely cause and how to confirm it.
3. Follow the hint of the code if you can. Retry only as its retry advice says.
4. Tell the user the steps of the resolution that only an operator can take, in order.";

const KNOWN: &str = "A manual page is attached for the code of the error, or for each code if there are several.";

const AMBIGUOUS: &str = "\
The error may have any of several codes, and does not say which. Decide by the server that was called, or ask the user. The manual \
pages of the candidates are attached.";

const KIND: &str = "\
The text names a kind of failure, which several codes have. Find out which server failed and which of its codes it sent. The manual \
pages of the codes of this kind are attached.";

const UNKNOWN: &str = "No manual page is attached. Use `search_errors` to find the failure.";

const CHOICE: &str = "\
A server has to report the failure below. Choose its error code:

1. Choose a code with the same meaning, not only a similar title. If in doubt, read its manual page with `explain_error`.
2. Check what the code tells the caller: its retry advice and its surface. An error that a model can correct or work around \
belongs in a tool result; a malformed request, an unknown method or an unknown resource is a JSON-RPC error.
3. If no code fits, search again with `search_errors`. Do not invent a number from -32768 to -32000: JSON-RPC and MCP reserve \
them.
4. Answer with the code, the reason for it, and the message and details that the error should have.";

/// The maximum number of attached manual pages.
const MAX_PAGES: usize = 5;
/// The maximum number of proposed codes.
const MAX_CANDIDATES: usize = 5;

/// Attaches the manual page of a code.
fn attached(record: &'static Record) -> PromptMessage {
    let kind = resources::MARKDOWN.to_owned();
    PromptMessage::new_resource(
        Role::User,
        uri::of_code(record),
        Some(kind),
        Some(advice::page(record)),
        None,
        None,
        None,
    )
}

fn candidate(record: &'static Record) -> String {
    let Record { title, summary, severity, http_status, surface, .. } = record;
    let retry = record.retry.class;
    format!(
        "- `{}` of {}, {title}: {summary} HTTP {http_status}, {severity}, {retry}, surface {surface}.\n",
        record.code_text(),
        record.system,
    )
}
