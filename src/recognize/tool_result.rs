use std::rc::Rc;

use mcp_error_codes_core::Surface;
use serde_json::Value;

use crate::matching::candidate::{CodePlace, Origin};
use crate::recognize::layer::Layer;
use crate::recognize::object::CODE;
use crate::recognize::scan::{Context, Scanner};
use crate::recognize::value::{Node, Object, without_escapes};
use crate::wire::META_KEY;
use crate::wire::wait::find_in as wait_of;

const STRUCTURED: &[&str] = &["structuredContent", "structured_content"];

impl Scanner<'_> {
    /// Reads a tool result that is an error: from the record object in `_meta`, else from its text blocks.
    pub(super) fn tool_result<'a>(&mut self, layer: &Rc<Layer<'a>>, node: &Node, result: &Object, context: &Context) {
        let text = layer.text();
        let mut own = context.clone();
        own.surface = Some(Surface::Tool);
        own.origin = Origin::Mcp;
        Rc::make_mut(&mut own.base).form = Some("tool result");
        Rc::make_mut(&mut own.base).span = layer.source(node.range.clone());
        let get = |names: &[&str]| result.get(text, names).filter(|node| !node.is_null());
        Rc::make_mut(&mut own.base).structured = get(STRUCTURED).map(|structured| structured.to_json(layer));
        let known = [
            "content",
            "isError",
            "is_error",
            "_meta",
            "meta",
            "structuredContent",
            "structured_content",
            "type",
            "resultType",
        ];
        self.take_rest(layer, result, Rc::make_mut(&mut own.base), &known);
        Rc::make_mut(&mut own.base).wait = wait_of(&own.base.rest)
            .or_else(|| own.base.structured.as_ref().and_then(Value::as_object).and_then(wait_of));
        let meta = get(&["_meta", "meta"]).and_then(Node::as_object).and_then(|meta| meta.get(text, &[META_KEY]));
        if let Some(record) = meta.and_then(Node::as_object)
            && let (Some(code), Some(system)) =
                (record.get(text, CODE).and_then(Node::as_text), record.get(text, &["system"]).and_then(Node::as_text))
        {
            let system = text[system].to_owned();
            return self.coded(layer, node, record, code, CodePlace::RecordObject, Some(system), &own);
        }
        own.is_message = true;
        let mark = self.errors.len();
        let mut texts = Vec::new();
        let content = get(&["content"]);
        match content.and_then(Node::as_array) {
            Some(items) => {
                let of_items = items.iter().filter_map(|item| match item.as_object() {
                    Some(item) => item.get(text, &["text"])?.as_text(),
                    None => item.as_text(),
                });
                texts.extend(of_items);
            }
            None => texts.extend(content.and_then(Node::as_text)),
        }
        for content in &texts {
            self.inner_text(layer, content.clone(), &own);
        }
        self.keep_best(mark);
        if self.errors.len() == mark {
            let mut received = (*own.base).clone();
            received.message = texts.first().map(|content| without_escapes(layer, content.clone()).text().to_owned());
            self.push(layer, node.range.clone(), node.range.clone(), &[], received, &own);
        }
    }
}
