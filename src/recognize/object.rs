use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

use mcp_error_codes_core::Surface;
use serde_json::{Map, Value};

use crate::Certainty;
use crate::matching::candidate::{CodePlace, Origin};
use crate::matching::rank::{Parts, rank};
use crate::matching::words::spells;
use crate::recognize::coded::reports_failure;
use crate::recognize::finding::Received;
use crate::recognize::layer::Layer;
use crate::recognize::scan::{Context, Scanner};
use crate::recognize::value::{Node, Object, integer, without_escapes};
use crate::wire::wait::find_in as wait_of;

const IS_ERROR: &[&str] = &["isError", "is_error"];
const ERROR: &[&str] = &["error", "jsonRpcError", "json_rpc_error", "Error"];
pub(super) const CODE: &[&str] = &["code", "Code", "error_code", "errorCode"];
pub(super) const MESSAGE: &[&str] = &["message", "Message", "msg"];

impl Scanner<'_> {
    /// Reads a value: an error in one of the known forms, or a value that may contain one.
    pub(crate) fn node<'a>(&mut self, layer: &Rc<Layer<'a>>, node: &Node, context: &Context) {
        if context.depth >= MAX_DEPTH {
            return;
        }
        if let Some(values) = node.as_array() {
            for value in values {
                self.node(layer, value, context);
            }
        } else if let Some(object) = node.as_object() {
            self.object(layer, node, object, context);
        } else if let Some(content) = node.as_text().filter(|_| node.is_quoted())
            && !self.says_nothing(layer, &content, context)
        {
            self.inner_text(layer, content, context);
        }
    }

    /// Returns whether a string contains nothing of interest, like most members of log objects.
    fn says_nothing(&self, layer: &Layer<'_>, content: &Range<usize>, context: &Context) -> bool {
        /// Characters that start an object or an escape.
        const OPENING: [u8; 5] = [b'{', b'[', b'(', b'\\', 0x1b];
        !context.is_message
            && layer.marks(|text| self.anchors.marks(text, 0)).is_some_and(|marks| !marks.has_any(content))
            && !layer.text().as_bytes()[content.clone()].iter().any(|byte| OPENING.contains(byte))
    }

    fn object<'a>(&mut self, layer: &Rc<Layer<'a>>, node: &Node, object: &Object, context: &Context) {
        let text = layer.text();
        let get = |names: &[&str]| object.get(text, names).filter(|node| !node.is_null());
        let own = Context { depth: context.depth + 1, ..context.clone() };
        let error = get(ERROR);
        if let Some(method) = get(&["method"]).and_then(Node::as_text)
            && error.is_none()
        {
            // A request is not an error, but the reason of a cancellation may be one.
            let reason = get(&["params"]).and_then(Node::as_object).and_then(|params| params.get(text, &["reason"]));
            if let Some(reason) = reason.filter(|_| text[method].contains("cancelled")) {
                self.node(layer, reason, &own);
            }
            self.is_harmless = true;
            return;
        }
        if let Some(inner) = error.and_then(Node::as_object) {
            return self.error_member(layer, node, object, inner, &own);
        }
        if error.is_none()
            && let Some(result) = get(&["result"])
        {
            let is_response = get(&["jsonrpc", "id"]).is_some();
            let Some(inner) = result.as_object() else {
                self.is_harmless |= is_response;
                return;
            };
            if is_tool_error(text, inner) {
                let mut own = own;
                Rc::make_mut(&mut own.base).id = get(&["id"]).map(|id| id.to_json(layer));
                self.tool_result(layer, result, inner, &own);
            } else if is_response {
                self.is_harmless = true;
            } else {
                self.members(layer, object, &own);
            }
            return;
        }
        if is_tool_error(text, object) {
            return self.tool_result(layer, node, object, &own);
        }
        if get(IS_ERROR).and_then(Node::as_bool) == Some(false) {
            self.is_harmless = true;
            return;
        }
        let code_text = get(CODE).filter(|code| !code.is_number()).and_then(Node::as_text);
        let has_message = get(MESSAGE).or_else(|| get(&["detail"])).and_then(Node::as_text).is_some();
        if let (Some(code), Some(system)) = (&code_text, get(&["system"]).and_then(Node::as_text))
            && has_message
        {
            let system = text[system].to_owned();
            return self.coded(layer, node, object, code.clone(), CodePlace::RecordObject, Some(system), &own);
        }
        if let Some(number) = get(CODE).and_then(|code| code.as_integer(text)) {
            return self.numbered_object(layer, node, object, number, &own);
        }
        // Without a message, the object of an order or of an article has a code too.
        let level = get(&["level", "severity"]).and_then(Node::as_text);
        let is_error = object.members.len() == 1 || level.is_some_and(|level| reports_failure(&text[level]));
        if let Some(code) = code_text
            && (has_message || is_error)
        {
            let mark = self.errors.len();
            let is_of_sdk = get(&["name"]).and_then(Node::as_text).is_some_and(|name| text[name].starts_with("Sdk"));
            let place = if is_of_sdk { CodePlace::OfSdk } else { CodePlace::Member };
            self.coded(layer, node, object, code, place, None, &own);
            if self.errors.len() > mark {
                return;
            }
        }
        let mark = self.errors.len();
        let code_text = get(CODE).and_then(Node::as_text).map(|code| &text[code]);
        self.problem_or_members(layer, node, object, &own);
        if let Some(code) = code_text {
            // A message that only repeats an unknown code says no more than the code.
            let repeats = |message: &String| spells(message, code);
            let found = self.errors.split_off(mark);
            let kept = found.into_iter().filter(|error| !error.received.message.as_ref().is_some_and(repeats));
            self.errors.extend(kept);
        }
    }

    /// Reads the object in a member `error`.
    fn error_member<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        outer: &Object,
        inner: &Object,
        context: &Context,
    ) {
        let text = layer.text();
        let get = |names: &[&str]| inner.get(text, names).filter(|node| !node.is_null());
        let mut own = context.clone();
        if own.origin == Origin::Anyone && outer.get(text, &["jsonrpc"]).is_some() {
            own.origin = Origin::JsonRpc;
        }
        Rc::make_mut(&mut own.base).id =
            outer.get(text, &["id"]).filter(|id| !id.is_null()).map(|id| id.to_json(layer));
        let code = get(CODE);
        // Some senders write the number as a string.
        let number = code.and_then(|code| code.as_integer(text)).or_else(|| {
            let code = code?.as_text()?;
            integer(&text[code]).filter(|number| (-32_768..=-32_000).contains(number))
        });
        match (number, code.and_then(Node::as_text)) {
            (Some(number), _) => self.json_rpc(layer, node, inner, Some(number), &own),
            (None, Some(code)) if get(MESSAGE).is_some() => {
                let system = get(&["system"]).and_then(Node::as_text).map(|system| text[system].to_owned());
                let place = if system.is_some() { CodePlace::RecordObject } else { CodePlace::Member };
                self.coded(layer, node, inner, code, place, system, &own);
            }
            _ => self.members(layer, outer, &own),
        }
    }

    /// Reads a JSON-RPC error: its number, its message and its data.
    fn json_rpc<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        error: &Object,
        number: Option<i64>,
        context: &Context,
    ) {
        let text = layer.text();
        let mut own = context.clone();
        own.surface = own.surface.or(Some(Surface::Protocol));
        Rc::make_mut(&mut own.base).form = Some("JSON-RPC error");
        Rc::make_mut(&mut own.base).span = layer.source(node.range.clone());
        Rc::make_mut(&mut own.base).number = number;
        Rc::make_mut(&mut own.base).data =
            error.get(text, &["data", "Data"]).filter(|data| !data.is_null()).map(|data| data.to_json(layer));
        self.take_rest(
            layer,
            error,
            Rc::make_mut(&mut own.base),
            &["code", "message", "data", "Code", "Message", "Data", "msg"],
        );
        let data = error.get(text, &["data", "Data"]).and_then(Node::as_object);
        Rc::make_mut(&mut own.base).wait =
            own.base.data.as_ref().and_then(Value::as_object).and_then(wait_of).or_else(|| wait_of(&own.base.rest));
        if let Some(data) = data
            && let (Some(code), Some(system)) =
                (data.get(text, CODE).and_then(Node::as_text), data.get(text, &["system"]).and_then(Node::as_text))
        {
            let system = text[system].to_owned();
            // The members of the record object are read separately.
            Rc::make_mut(&mut own.base).data = None;
            return self.coded(layer, node, data, code, CodePlace::RecordObject, Some(system), &own);
        }
        self.message(layer, node, error.get(text, MESSAGE), &own);
    }

    /// Reads an object with a number that is not in a member `error`.
    fn numbered_object<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        object: &Object,
        number: i64,
        context: &Context,
    ) {
        const HTTP: std::ops::RangeInclusive<i64> = 400..=599;
        let text = layer.text();
        let is_alone =
            object.members.iter().all(|(key, _)| matches!(&text[key.clone()], "code" | "message" | "data" | "msg"));
        let is_reserved = (-32_768..=-32_000).contains(&number);
        let has_name = object.name.clone().is_some_and(|name| text[name].to_ascii_lowercase().contains("error"));
        // Outside `error`, 0 usually means success, and 100 to 599 are HTTP statuses.
        let is_json_rpc = is_reserved || has_name || (is_alone && !(0..=599).contains(&number));
        if is_json_rpc {
            return self.json_rpc(layer, node, object, Some(number), context);
        }
        if !HTTP.contains(&number) {
            return match number {
                0..400 => {}
                _ => self.members(layer, object, context),
            };
        }
        let mark = self.errors.len();
        self.members(layer, object, context);
        if self.errors.len() == mark {
            let own = Context { http_status: u16::try_from(number).ok(), is_status_given: false, ..context.clone() };
            let candidates = rank(&self.anchors.known, &self.parts(&own), &[]);
            if !candidates.is_empty() {
                let mut received = (*own.base).clone();
                received.http_status = own.http_status;
                received.message =
                    object.get(text, MESSAGE).and_then(Node::as_text).map(|message| text[message].to_owned());
                self.push(layer, node.range.clone(), node.range.clone(), &candidates, received, &own);
            }
        }
    }

    /// Reads problem details (RFC 9457), or else every member.
    fn problem_or_members<'a>(&mut self, layer: &Rc<Layer<'a>>, node: &Node, object: &Object, context: &Context) {
        let text = layer.text();
        let get = |names: &[&str]| object.get(text, names).filter(|node| !node.is_null());
        let status = get(&["status", "statusCode", "status_code"]).and_then(|status| status.as_integer(text));
        let status = status.and_then(|status| u16::try_from(status).ok()).filter(|status| (400..600).contains(status));
        let is_problem = status.is_some() && (get(&["title"]).is_some() || get(&["detail"]).is_some());
        let mut own = context.clone();
        if let Some(status) = status {
            own.http_status = own.http_status.or(Some(status));
            own.is_status_given |= is_problem;
        }
        let mark = self.errors.len();
        if is_problem {
            Rc::make_mut(&mut own.base).form = Some("problem details");
            Rc::make_mut(&mut own.base).span = layer.source(node.range.clone());
            Rc::make_mut(&mut own.base).http_status = status;
            self.take_rest(layer, object, Rc::make_mut(&mut own.base), &["type", "title", "status", "detail"]);
            Rc::make_mut(&mut own.base).wait = wait_of(&own.base.rest);
        }
        self.members(layer, object, &own);
        self.keep_best_of(mark, is_problem);
        let is_answered = self.errors[mark..].iter().any(|error| error.answer().is_some());
        if !is_answered && own.is_status_given {
            self.errors.truncate(mark);
            let candidates = rank(&self.anchors.known, &self.parts(&own), &[]);
            if !candidates.is_empty() {
                let mut received = (*own.base).clone();
                received.http_status = own.http_status;
                let message =
                    get(&["detail", "title", "message", "error_description", "error"]).and_then(Node::as_text);
                received.message = message.map(|message| text[message].to_owned());
                self.push(layer, node.range.clone(), node.range.clone(), &candidates, received, &own);
            }
        }
    }

    /// Reads every member of an object without a known form. A member whose name does not suggest a message needs
    /// stronger evidence.
    pub(crate) fn members<'a>(&mut self, layer: &Rc<Layer<'a>>, object: &Object, context: &Context) {
        let text = layer.text();
        let mark = self.errors.len();
        for (key, value) in &object.members {
            let name = &text[key.clone()];
            let is_error = name.eq_ignore_ascii_case("error");
            if !is_error && !value.may_have_error() {
                continue;
            }
            if let Some(content) = value.as_text().filter(|_| !is_error)
                && self.says_nothing(layer, &content, context)
            {
                continue;
            }
            let mut own = context.clone();
            own.needs_answer |= !(is_error || is_message_name(name));
            own.is_message |= is_error;
            // The value of `error` may be a code.
            if !(is_error && self.code_in_error(layer, object, value, &own)) {
                self.node(layer, value, &own);
            }
        }
        for value in &object.positional {
            self.node(layer, value, context);
        }
        self.drop_repeated(mark);
    }

    /// Reads `{"error":"CODE","message":"text"}`.
    fn code_in_error<'a>(&mut self, layer: &Rc<Layer<'a>>, object: &Object, value: &Node, context: &Context) -> bool {
        let text = layer.text();
        let Some(code) = value.as_text().filter(|_| value.is_quoted()) else { return false };
        let is_word =
            text[code.clone()].bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if !is_word {
            return false;
        }
        let mark = self.errors.len();
        let message = object.get(text, MESSAGE).and_then(Node::as_text);
        let message = message.map(|message| without_escapes(layer, message).text().to_owned());
        let hits = message.as_deref().map(|message| self.anchors.known.phrases.fits(message)).unwrap_or_default();
        let parts = Parts {
            code: Some((&text[code.clone()], CodePlace::Member)),
            message: message.as_deref(),
            ..self.parts(context)
        };
        let mut candidates = rank(&self.anchors.known, &parts, &hits);
        if candidates.iter().any(|candidate| candidate.is_of_code(&text[code.clone()])) {
            for candidate in &mut candidates {
                // Ranges refer to the message.
                candidate.range = None;
            }
            let text_of_message = message.clone().unwrap_or_default();
            let received = Received { code: Some(text[code.clone()].to_owned()), message, ..(*context.base).clone() };
            self.push_with_text(layer, code, &candidates, &text_of_message, received, context);
        }
        self.errors.len() > mark
    }

    /// Reads the message of an error, which may wrap another error. It adds exactly one error.
    pub(super) fn message<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        message: Option<&Node>,
        context: &Context,
    ) {
        let mark = self.errors.len();
        let mut own = context.clone();
        own.is_message = true;
        let content = message.and_then(Node::as_text);
        if let Some(content) = content.clone() {
            self.inner_text(layer, content, &own);
        }
        self.keep_best(mark);
        if self.errors.len() > mark {
            return;
        }
        let message_text = content.map(|content| without_escapes(layer, content).text().to_owned());
        let parts = Parts { message: message_text.as_deref(), ..self.parts(&own) };
        let candidates = rank(&self.anchors.known, &parts, &[]);
        let mut received = (*own.base).clone();
        received.message.clone_from(&message_text);
        self.push(layer, node.range.clone(), node.range.clone(), &candidates, received, &own);
    }

    /// Reads the content of a quoted string.
    pub(super) fn inner_text<'a>(&mut self, layer: &Rc<Layer<'a>>, content: Range<usize>, context: &Context) {
        let own = Context { depth: context.depth + 1, ..context.clone() };
        match layer.text()[content.clone()].contains('\\') {
            true => {
                let above = Rc::new(without_escapes(layer, content));
                self.text(&above, 0..above.text().len(), &own);
            }
            false => self.text(layer, content, &own),
        }
    }

    /// Keeps only the best of the errors after `mark`: the first one with the highest certainty.
    pub(super) fn keep_best(&mut self, mark: usize) {
        self.keep_best_of(mark, true);
    }

    pub(super) fn keep_best_of(&mut self, mark: usize, is_one: bool) {
        if !is_one || self.errors.len() < mark + 2 {
            return;
        }
        let sureness = |at: usize| self.errors[at].findings.first().map(|finding| finding.certainty());
        let mut best = mark;
        for at in mark..self.errors.len() {
            if sureness(at) > sureness(best) {
                best = at;
            }
        }
        self.errors.swap(mark, best);
        self.errors.truncate(mark + 1);
    }

    /// Drops repeated errors of one object. Loggers write the message again in the stack.
    pub(super) fn drop_repeated(&mut self, mark: usize) {
        let mut known = HashSet::new();
        let of_object = self.errors.split_off(mark);
        self.errors.extend(of_object.into_iter().filter(|error| error.said().is_none_or(|said| known.insert(said))));
        // If the object has an answer, its other candidates add nothing.
        if self.errors[mark..].iter().any(|error| error.answer().is_some()) {
            let rest = self.errors.split_off(mark);
            self.errors.extend(rest.into_iter().filter(|error| {
                error.findings.first().is_some_and(|finding| finding.certainty() > Certainty::Possible)
            }));
        }
    }

    /// Keeps the members that are not part of any form.
    pub(super) fn take_rest<'a>(
        &self,
        layer: &Rc<Layer<'a>>,
        object: &Object,
        received: &mut Received,
        known: &[&str],
    ) {
        let text = layer.text();
        let rest: Map<String, Value> = object
            .members
            .iter()
            .filter(|(key, _)| !known.contains(&&text[key.clone()]))
            .map(|(key, value)| (text[key.clone()].to_owned(), value.to_json(layer)))
            .collect();
        received.rest.extend(rest);
    }
}

/// The maximum nesting depth of the values that are read.
const MAX_DEPTH: usize = 64;

/// Returns whether a member has the name of a message.
fn is_message_name(name: &str) -> bool {
    /// Parts of such names. `err` also matches `error` and `stderr`.
    const PARTS: [&str; 17] = [
        "err",
        "msg",
        "message",
        "reason",
        "detail",
        "text",
        "cause",
        "exception",
        "output",
        "content",
        "log",
        "line",
        "title",
        "description",
        "body",
        "result",
        "response",
    ];
    let has =
        |part: &str| name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()));
    PARTS.iter().any(|part| has(part))
}

/// Returns whether an object is the result of a failed tool.
fn is_tool_error(text: &str, object: &Object) -> bool {
    let Some(content) = object.get(text, &["content"]) else { return false };
    let has_content = content.as_array().is_some() || content.as_text().is_some();
    has_content && object.get(text, IS_ERROR).and_then(Node::as_bool) == Some(true)
}
