use std::ops::Range;
use std::rc::Rc;

use mcp_error_codes_core::Record;
use serde_json::{Map, Value};

use crate::codes::registries::{extended, lookup};
use crate::matching::candidate::CodePlace;
use crate::matching::rank::{Parts, rank};
use crate::matching::words::spells;
use crate::recognize::layer::Layer;
use crate::recognize::object::MESSAGE;
use crate::recognize::scan::{Context, Scanner};
use crate::recognize::value::{Node, Object, without_escapes};
use crate::wire::wait::find_in as wait_of;

impl Scanner<'_> {
    /// Reads an object with a textual code and a message.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn coded<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        object: &Object,
        code: Range<usize>,
        place: CodePlace,
        system: Option<String>,
        context: &Context,
    ) {
        let text = layer.text();
        let code_text = &text[code];
        let message = object.get(text, &["message", "detail", "msg", "Message"]).and_then(Node::as_text);
        let message_text = message.clone().map(|message| without_escapes(layer, message));
        let message_text = message_text.as_ref().map(|message| message.text().to_owned());
        let known = &self.anchors.known;
        // A code that is a plain word is sent with its system.
        let is_full_name = |(system, code): &(&str, &str)| {
            known.by_code(code_text).is_empty()
                && known.by_code(code).iter().any(|record| record.system.name == *system)
        };
        let named = code_text.split_once(':').filter(|name| place == CodePlace::Member && is_full_name(name));
        let (place, own_code) = named.map_or((place, code_text), |(_, code)| (CodePlace::FullName, code));
        let phrases = &known.phrases;
        let hits = message_text.as_deref().map(|message| phrases.fits(message)).unwrap_or_default();
        let full_name = system.as_ref().map(|system| format!("{system}:{code_text}"));
        let mut own = context.clone();
        let received = Rc::make_mut(&mut own.base);
        received.code = Some(code_text.to_owned());
        received.system.clone_from(&system);
        received.message.clone_from(&message_text);
        received.details =
            object.get(text, &["details"]).filter(|details| !details.is_null()).map(|details| details.to_json(layer));
        received.error_id =
            object.get(text, &["error_id", "errorId"]).and_then(Node::as_text).map(|id| text[id].to_owned());
        if place == CodePlace::RecordObject {
            self.take_rest(layer, object, received, &RECORD_OBJECT);
            let record = full_name.as_deref().and_then(lookup);
            received.rest.retain(|name, value| !record.is_some_and(|record| is_of_record(record, name, value)));
        } else {
            self.take_rest(
                layer,
                object,
                received,
                &["code", "message", "details", "error_id", "errorId", "data", "name"],
            );
            if let Some(data) = object.get(text, &["data"]).filter(|data| !data.is_null()) {
                received.data = Some(data.to_json(layer));
            }
        }
        let retry =
            object.get(text, &["retry"]).map(|retry| Map::from_iter([("retry".to_owned(), retry.to_json(layer))]));
        received.wait = received.wait.or_else(|| retry.as_ref().and_then(wait_of));
        received.wait = received.wait.or_else(|| wait_of(&received.rest));
        let data = own.base.data.clone();
        let parts = Parts {
            code: Some(match &full_name {
                Some(full_name) => (full_name.as_str(), place),
                None => (code_text, place),
            }),
            number: None,
            message: message_text.as_deref(),
            data: data.as_ref(),
            ..self.parts(context)
        };
        let mut candidates = rank(&self.anchors.known, &parts, &hits);
        if place == CodePlace::RecordObject {
            candidates.truncate(1);
        }
        let before = self.errors.len();
        let says_code = candidates.iter().any(|candidate| candidate.is_of_code(own_code));
        for candidate in &mut candidates {
            // Ranges refer to the message with its escapes decoded.
            candidate.range = None;
        }
        if says_code {
            let text_of_message = message_text.unwrap_or_default();
            let received = (*own.base).clone();
            self.push_with_text(layer, node.range.clone(), &candidates, &text_of_message, received, &own);
        } else if let Some(message) = object.get(text, MESSAGE)
            && !spells(&message_text.unwrap_or_default(), code_text)
        {
            // The code is unknown, but the message may be known, unless it only repeats the code.
            let mark = self.errors.len();
            let mut inner = context.clone();
            Rc::make_mut(&mut inner.base).code = Some(code_text.to_owned());
            Rc::make_mut(&mut inner.base).span = layer.source(node.range.clone());
            inner.needs_answer = true;
            self.node(layer, message, &inner);
            self.errors.truncate(mark + 1);
        }
        if self.errors.len() == before && place == CodePlace::RecordObject && !context.needs_answer {
            // The code is of a registry that is not known here.
            self.push_with_text(layer, node.range.clone(), &[], "", (*own.base).clone(), &own);
        }
    }
}

/// The members of a record object that are read by themselves.
const RECORD_OBJECT: [&str; 8] = ["system", "code", "message", "detail", "details", "error_id", "errorId", "retry"];

/// Returns whether a member of a record object only repeats what the record of the code says.
fn is_of_record(record: &'static Record, name: &str, value: &Value) -> bool {
    match name {
        // The peer or this program may have extended the code.
        "hint" => *value == record.hint || *value == extended(record).hint,
        "kind" => *value == record.kind.as_str(),
        "name" => *value == record.name,
        "title" => *value == record.title,
        "category" => *value == record.category.as_str(),
        "severity" => *value == record.severity.as_str(),
        "recoverable" => *value == record.recoverable,
        "status" => *value == record.http_status,
        "ref" | "type" => value.is_string(),
        _ => false,
    }
}
