use std::ops::Range;
use std::rc::Rc;

use serde_json::{Map, Number, Value};

use crate::recognize::layer::{Builder, Layer};

/// A value as programs print it: JSON, a Python, Ruby or PHP literal, Rust `Debug` output, a call such as
/// `ErrorData(code=-32602)`, a Java record, or an object as Node.js shows it. Ranges refer to the bytes of the layer.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Object(Object),
    Array(Vec<Node>),
    /// A quoted string. The range is that of its content.
    Text(Range<usize>),
    /// An unquoted string.
    Bare,
    Number,
    Bool(bool),
    Null,
}

/// An object, a call with named arguments, or a structure.
#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    /// The name of the type, if it has one.
    pub(crate) name: Option<Range<usize>>,
    pub(crate) members: Vec<(Range<usize>, Node)>,
    /// One bit for each member name, derived from its length and its first byte.
    names: u64,
    /// Arguments without names.
    pub(crate) positional: Vec<Node>,
}

impl Node {
    /// Reads the value that starts at the given position. Returns `None` if it is incomplete.
    ///
    /// `work` is the number of bytes that may still be read. The bytes that were read are subtracted.
    pub(crate) fn read(text: &str, at: usize, work: &mut usize) -> Option<Self> {
        let end = text.len().min(at.saturating_add(MAX_LENGTH));
        let mut reader = Reader { text: text.as_bytes(), at, end, work: *work };
        let node = reader.value(0);
        // Names, numbers and brackets count too.
        *work = reader.work.saturating_sub(if node.is_some() { 0 } else { (reader.at - at) / 2 });
        node.filter(|node| text.is_char_boundary(node.range.end))
    }

    /// Returns the object, or the only argument of a call such as `Some(Error { .. })`.
    pub(crate) fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            Kind::Object(object) if object.members.is_empty() && object.positional.len() == 1 => {
                object.positional[0].as_object()
            }
            Kind::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Array(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the range of a string.
    pub(crate) fn as_text(&self) -> Option<Range<usize>> {
        match &self.kind {
            Kind::Text(content) => Some(content.clone()),
            Kind::Bare => Some(self.range.clone()),
            Kind::Object(object) if object.members.is_empty() && object.positional.len() == 1 => {
                object.positional[0].as_text()
            }
            _ => None,
        }
    }

    pub(crate) const fn is_quoted(&self) -> bool {
        matches!(self.kind, Kind::Text(_))
    }

    /// Returns whether the value may contain an error.
    pub(crate) const fn may_have_error(&self) -> bool {
        matches!(self.kind, Kind::Object(_) | Kind::Array(_) | Kind::Text(_))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Returns an integer. It may have a zero fraction, or be the argument of a call such as `ErrorCode(-32602)`.
    pub(crate) fn as_integer(&self, text: &str) -> Option<i64> {
        match &self.kind {
            Kind::Number => integer(&text[self.range.clone()]),
            Kind::Object(object) if object.members.is_empty() && object.positional.len() == 1 => {
                object.positional[0].as_integer(text)
            }
            _ => None,
        }
    }

    pub(crate) const fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number)
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the value as JSON.
    pub(crate) fn to_json(&self, layer: &Layer<'_>) -> Value {
        let text = layer.text();
        match &self.kind {
            Kind::Object(object) if object.members.is_empty() && object.positional.len() == 1 => {
                object.positional[0].to_json(layer)
            }
            Kind::Object(object) => {
                let mut map = Map::new();
                for (key, value) in &object.members {
                    map.insert(unescaped(&text[key.clone()]), value.to_json(layer));
                }
                for (at, value) in object.positional.iter().enumerate() {
                    map.insert(at.to_string(), value.to_json(layer));
                }
                Value::Object(map)
            }
            Kind::Array(values) => values.iter().map(|value| value.to_json(layer)).collect(),
            Kind::Text(content) => Value::String(unescaped(&text[content.clone()])),
            Kind::Bare => Value::String(text[self.range.clone()].to_owned()),
            Kind::Number => number(&text[self.range.clone()]),
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Null => Value::Null,
        }
    }
}

impl Object {
    /// Returns the first member that has one of several names.
    pub(crate) fn get(&self, text: &str, names: &[&str]) -> Option<&Node> {
        let is_possible = |name: &&&str| self.names & name_bit(name.as_bytes()) != 0;
        names
            .iter()
            .filter(is_possible)
            .find_map(|name| self.members.iter().find(|(key, _)| &text[key.clone()] == *name).map(|(_, node)| node))
    }
}

/// Returns the bit of a name in [`Object::names`]. Few names in an object share a bit.
fn name_bit(name: &[u8]) -> u64 {
    let first = usize::from(name.first().copied().unwrap_or_default());
    1 << ((first + name.len() * 11) % 64)
}

/// Returns the integer value of a number, including numbers such as `-32602.0`.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let whole = text.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|byte| byte == b'0'));
    whole.map_or(text, |(whole, _)| whole).parse().ok()
}

fn number(text: &str) -> Value {
    if let Some(integer) = integer(text) {
        return integer.into();
    }
    match text.parse::<f64>().ok().and_then(Number::from_f64) {
        // A number too large for 64 bits keeps its digits.
        Some(number) if text.contains(['.', 'e', 'E']) => Value::Number(number),
        _ => Value::String(text.to_owned()),
    }
}

/// The maximum length of a value.
const MAX_LENGTH: usize = 1 << 20;
/// The maximum nesting depth of a value.
const MAX_DEPTH: usize = 64;

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    end: usize,
    /// The number of bytes that may still be read. Bytes that are read twice count twice.
    work: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        if self.at < self.end { Some(self.text[self.at]) } else { None }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn spend(&mut self, bytes: usize) -> Option<()> {
        self.work = self.work.checked_sub(bytes)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.spend(1)?;
        self.space();
        let start = self.at;
        let kind = match self.peek()? {
            b'{' => {
                self.at += 1;
                Kind::Object(self.members(b'}', None, depth)?)
            }
            b'[' => {
                self.at += 1;
                self.array(depth)?
            }
            quote @ (b'"' | b'\'' | b'`') => self.quoted(quote)?,
            b'-' | b'+' | b'0'..=b'9' => {
                self.number();
                match self.is_at_end_of_value() {
                    true => Kind::Number,
                    false => self.bare()?,
                }
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'&' => self.word(depth)?,
            _ => self.bare()?,
        };
        Some(Node { kind, range: start..self.at })
    }

    /// Reads the members of an object, or the arguments of a call, up to the closing character.
    fn members(&mut self, close: u8, name: Option<Range<usize>>, depth: usize) -> Option<Object> {
        let mut object = Object { name, members: Vec::with_capacity(8), ..Object::default() };
        loop {
            self.space();
            if self.eat(close) {
                return Some(object);
            }
            // Rust and Python write `..` for omitted parts.
            if self.text[self.at..self.end].starts_with(b"..") {
                self.at += 2;
                continue;
            }
            let start = self.at;
            match self.key() {
                Some(key) => {
                    let value = self.value(depth + 1)?;
                    object.names |= name_bit(&self.text[key.clone()]);
                    object.members.push((key, value));
                }
                // Only a call has arguments without a name.
                None if object.name.is_some() || close == b')' => {
                    self.at = start;
                    object.positional.push(self.value(depth + 1)?);
                }
                None => return None,
            }
            self.space();
            if !(self.eat(b',') || self.eat(b';')) {
                self.space();
                return self.eat(close).then_some(object);
            }
        }
    }

    /// Reads a key and the separator after it.
    fn key(&mut self) -> Option<Range<usize>> {
        self.eat(b':');
        let key = match self.peek()? {
            quote @ (b'"' | b'\'') => match self.quoted(quote)? {
                Kind::Text(content) => content,
                _ => return None,
            },
            _ => {
                let start = self.at;
                while self
                    .peek()
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-' | b'.'))
                {
                    self.at += 1;
                }
                if start == self.at {
                    return None;
                }
                start..self.at
            }
        };
        self.space();
        if self.eat(b':') {
            // A path such as `rmcp::Error` is not a key.
            return (self.peek() != Some(b':')).then_some(key);
        }
        if self.eat(b'=') {
            self.eat(b'>');
            return Some(key);
        }
        None
    }

    fn array(&mut self, depth: usize) -> Option<Kind> {
        let mut values = Vec::new();
        loop {
            self.space();
            if self.eat(b']') {
                return Some(Kind::Array(values));
            }
            values.push(self.value(depth + 1)?);
            self.space();
            if !self.eat(b',') {
                self.space();
                return self.eat(b']').then_some(Kind::Array(values));
            }
        }
    }

    /// Reads a string. Node.js splits long ones into several, joined by `+`, of which the first is returned.
    fn quoted(&mut self, quote: u8) -> Option<Kind> {
        let first = self.string(quote)?;
        loop {
            let end = self.at;
            self.space();
            let is_joined = self.eat(b'+');
            self.space();
            match self.peek() {
                Some(next @ (b'"' | b'\'' | b'`')) if is_joined => {
                    self.string(next)?;
                }
                _ => {
                    self.at = end;
                    return Some(Kind::Text(first));
                }
            }
        }
    }

    /// Reads one string and returns its content.
    fn string(&mut self, quote: u8) -> Option<Range<usize>> {
        self.at += 1;
        let start = self.at;
        loop {
            match self.peek()? {
                b'\\' => self.at = (self.at + 2).min(self.end),
                b'\n' if quote != b'`' => return None,
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        let content = start..self.at;
        self.spend(content.len() + 1)?;
        self.at += 1;
        Some(content)
    }

    fn number(&mut self) {
        self.at += 1;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'_')) {
            self.at += 1;
        }
    }

    fn is_at_end_of_value(&self) -> bool {
        self.peek().is_none_or(|byte| matches!(byte, b',' | b'}' | b']' | b')' | b';') || byte.is_ascii_whitespace())
    }

    /// Reads a word: a constant, a call or a structure, or an unquoted string.
    fn word(&mut self, depth: usize) -> Option<Kind> {
        let start = self.at;
        self.eat(b'&');
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':')) {
            self.at += 1;
        }
        let name = start..self.at;
        match &self.text[name.clone()] {
            b"true" | b"True" if self.is_at_end_of_value() => return Some(Kind::Bool(true)),
            b"false" | b"False" if self.is_at_end_of_value() => return Some(Kind::Bool(false)),
            b"null" | b"None" | b"nil" | b"undefined" if self.is_at_end_of_value() => return Some(Kind::Null),
            _ => {}
        }
        let mark = self.at;
        match self.peek() {
            Some(b'(') => {
                self.at += 1;
                if let Some(object) = self.members(b')', Some(name.clone()), depth + 1) {
                    return Some(Kind::Object(object));
                }
            }
            Some(b'[') if self.text[start].is_ascii_uppercase() => {
                self.at += 1;
                if let Some(object) = self.members(b']', Some(name.clone()), depth + 1) {
                    return Some(Kind::Object(object));
                }
            }
            _ => {
                self.space();
                if self.eat(b'{')
                    && let Some(object) = self.members(b'}', Some(name), depth + 1)
                {
                    return Some(Kind::Object(object));
                }
            }
        }
        self.at = mark;
        self.bare()
    }

    /// Reads an unquoted string, up to a comma before the next name or to the closing character of the outer value.
    fn bare(&mut self) -> Option<Kind> {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                // A structure or a string that could not be read does not end a value.
                b'{' | b'"' => return None,
                b'\n' => break,
                b'(' | b'[' => open += 1,
                b')' | b']' if open > 0 => open -= 1,
                b')' | b']' | b'}' => break,
                b',' if open == 0 && self.is_before_key() => break,
                _ => {}
            }
            self.at += 1;
        }
        self.spend(self.at - start)?;
        // An unclosed bracket is the start of a truncated call.
        (self.at > start && open == 0).then_some(Kind::Bare)
    }

    /// Returns whether a name and its separator follow the comma at this position.
    fn is_before_key(&self) -> bool {
        const LONGEST: usize = 40;
        let rest = &self.text[self.at + 1..self.end.min(self.at + 1 + LONGEST)];
        let rest = rest.trim_ascii_start();
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        name > 0 && matches!(rest.get(name), Some(b'=' | b':'))
    }
}

/// Decodes the escapes in a string.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    decode(text, |piece, _, _, _| plain.push_str(piece));
    plain
}

/// Creates a layer from a part of a string, with its escapes decoded.
pub(crate) fn without_escapes<'a>(layer: &Rc<Layer<'a>>, range: Range<usize>) -> Layer<'a> {
    let mut builder = Builder::default();
    decode(&layer.text()[range.clone()], |piece, at, length, is_copy| match is_copy {
        true => builder.copy(piece, range.start + at),
        false => builder.replace(piece, range.start + at, length),
    });
    builder.finish(Some(layer))
}

/// Decodes the escapes in a string. Passes on each piece with its position, its original length, and whether it is a copy.
fn decode(text: &str, mut pass: impl FnMut(&str, usize, usize, bool)) {
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let escape = at + found;
        pass(&text[at..escape], at, found, true);
        let (character, length) = escaped(&text[escape..]);
        match character {
            Some(character) => pass(character.encode_utf8(&mut [0; 4]), escape, length, false),
            None => pass(&text[escape..escape + length], escape, length, true),
        }
        at = escape + length;
    }
    pass(&text[at..], at, text.len() - at, true);
}

/// Returns the decoded character, or `None` if there is no escape, and the length of the escape.
fn escaped(text: &str) -> (Option<char>, usize) {
    let bytes = text.as_bytes();
    let hex = |from: usize, digits: usize| {
        let digits = text.get(from..from + digits)?;
        u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
    };
    let simple = |character: char| (Some(character), 2);
    match bytes.get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'"') => simple('"'),
        Some(b'\'') => simple('\''),
        Some(b'`') => simple('`'),
        Some(b'\\') => simple('\\'),
        Some(b'/') => simple('/'),
        Some(b'e') => simple('\u{1b}'),
        Some(b'x') => match hex(2, 2).and_then(char::from_u32) {
            Some(character) => (Some(character), 4),
            None => (None, 1),
        },
        Some(b'0') if text.starts_with("\\033") => (Some('\u{1b}'), 4),
        Some(b'u') if bytes.get(2) == Some(&b'{') => {
            let digits = text[3..].find('}').filter(|digits| (1..=6).contains(digits));
            match digits.and_then(|digits| Some((char::from_u32(hex(3, digits)?)?, digits))) {
                Some((character, digits)) => (Some(character), digits + 4),
                None => (None, 1),
            }
        }
        Some(b'u') => match hex(2, 4) {
            Some(high @ 0xD800..0xDC00) => {
                let low = text.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| hex(8, 4));
                match low {
                    Some(low @ 0xDC00..0xE000) => {
                        (char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12)
                    }
                    _ => (Some('\u{fffd}'), 6),
                }
            }
            Some(unit) => (Some(char::from_u32(unit).unwrap_or('\u{fffd}')), 6),
            None => (None, 1),
        },
        _ => (None, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value {
        let layer = Layer::bottom(text.as_bytes());
        let mut work = usize::MAX;
        Node::read(text, 0, &mut work).map_or(Value::from("unread"), |node| node.to_json(&layer))
    }

    #[test]
    fn values_are_read_as_many_languages_print_them() {
        let wanted = serde_json::json!({"code": -32602, "message": "it's", "data": null});
        for text in [
            r#"{"code": -32602, "message": "it's", "data": null}"#,
            r#"{'code': -32602, 'message': "it's", 'data': None}"#,
            r#"ErrorData(code=-32602, message="it's", data=None)"#,
            r#"Error { code: ErrorCode(-32602), message: "it's", data: None }"#,
            r#"JSONRPCError[code=-32602, message=it's, data=null]"#,
            r#"{ code: -32602, message: "it's", data: undefined }"#,
            r#"{:code=>-32602, :message=>"it's", :data=>nil}"#,
            r#"{code: -32602.0, message: 'it\'s', data: null,}"#,
        ] {
            assert_eq!(json(text), wanted, "{text}");
        }
        let nested = r#"CallToolResult(meta=None, content=[TextContent(type='text', text='a\nb')], isError=True)"#;
        assert_eq!(json(nested)["content"][0]["text"], "a\nb");
        assert_eq!(json(nested)["isError"], true);
    }

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(unescaped(r#"a\"b\\c\u00e9\ud834\udd1e\x1b\u{e9}\q\ud834"#), "a\"b\\cé𝄞\u{1b}é\\q\u{fffd}");
    }

    #[test]
    fn what_does_not_end_is_not_read() {
        for text in
            ["{", "{\"a\":", "{\"a\":\"b", "[1,", "{foo}", "{'a': {'b': [}", "", "f(", "E(a=f(1)", "f(g(1), h(2)"]
        {
            assert_eq!(json(text), "unread", "{text}");
        }
        for bracket in ["[", "f(", "F(a=", "E[a=", "E { a: "] {
            assert_eq!(json(&bracket.repeat(100_000)), "unread", "{bracket}");
        }
    }
}
