use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use crate::matching::surroundings::names_mcp;
use crate::recognize::marks::Marks;

/// The maximum length of a text that is searched as a whole. The lines of a longer text are searched one by one.
const MAX_MARKED: usize = 1 << 16;

/// A text derived from another one, with a mapping back to the bytes of the input.
///
/// The bottom layer is the input. Each layer above it was created by removing or decoding something: an escape, a
/// colour code, an invalid byte.
#[derive(Debug)]
pub(crate) struct Layer<'a> {
    text: Cow<'a, str>,
    /// The origin of each part of the text, in order. Empty if the text equals the text below byte for byte.
    pieces: Vec<Piece>,
    below: Option<Rc<Layer<'a>>>,
    /// The positions found, once the text has been searched.
    marks: OnceCell<Marks>,
    is_of_mcp: OnceCell<bool>,
}

/// A run of bytes in a layer, and the bytes below that it comes from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it starts in this layer.
    at: usize,
    /// Where it starts in the layer below.
    below: usize,
    /// The number of bytes in the layer below that it comes from.
    length: usize,
    /// Whether it is a copy, so that each byte has its own position below.
    is_copy: bool,
}

impl<'a> Layer<'a> {
    /// Creates the bottom layer. Invalid UTF-8 is replaced, and UTF-16 with a byte-order mark is decoded.
    pub(crate) fn bottom(bytes: &'a [u8]) -> Self {
        match bytes {
            [0xFF, 0xFE, rest @ ..] => Self::utf_16(rest, u16::from_le_bytes),
            [0xFE, 0xFF, rest @ ..] => Self::utf_16(rest, u16::from_be_bytes),
            _ => match std::str::from_utf8(bytes) {
                Ok(text) => Self {
                    text: Cow::Borrowed(text),
                    pieces: Vec::new(),
                    below: None,
                    marks: OnceCell::new(),
                    is_of_mcp: OnceCell::new(),
                },
                Err(_) => Self::lossy(bytes),
            },
        }
    }

    fn lossy(bytes: &[u8]) -> Self {
        let mut builder = Builder::default();
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            builder.copy(chunk.valid(), at);
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                builder.replace("\u{fffd}", at, chunk.invalid().len());
                at += chunk.invalid().len();
            }
        }
        builder.finish(None)
    }

    fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        const MARK: usize = 2;
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut builder = Builder::default();
        let mut at = MARK;
        for decoded in char::decode_utf16(units) {
            let (character, length) = match decoded {
                Ok(character) => (character, character.len_utf16() * 2),
                Err(_) => ('\u{fffd}', 2),
            };
            builder.replace(character.encode_utf8(&mut [0; 4]), at, length);
            at += length;
        }
        builder.finish(None)
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the input names MCP, or the given range of this text does if the input is long.
    pub(crate) fn names_mcp(&self, range: Range<usize>) -> bool {
        match &self.below {
            Some(below) => below.names_mcp(self.in_layer_below(range)),
            None if self.text.len() > MAX_MARKED => names_mcp(&self.text[range]),
            None => *self.is_of_mcp.get_or_init(|| names_mcp(&self.text)),
        }
    }

    /// Returns the positions that `search` finds, or `None` if the text is too long to store them.
    pub(crate) fn marks(&self, search: impl FnOnce(&str) -> Marks) -> Option<&Marks> {
        (self.text.len() <= MAX_MARKED).then(|| self.marks.get_or_init(|| search(&self.text)))
    }

    /// Returns the range of the input that a range of this layer comes from.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let range = self.in_layer_below(range);
        match &self.below {
            Some(below) => below.source(range),
            None => range,
        }
    }

    fn in_layer_below(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return range;
        }
        let piece_of = |at: usize| match self.pieces.partition_point(|piece| piece.at <= at) {
            0 => self.pieces[0],
            after => self.pieces[after - 1],
        };
        let first = piece_of(range.start);
        let start = if first.is_copy { first.below + range.start.saturating_sub(first.at) } else { first.below };
        if range.is_empty() {
            return start..start;
        }
        let last = piece_of(range.end - 1);
        let end = if last.is_copy { last.below + (range.end - last.at) } else { last.below + last.length };
        start..end
    }
}

/// Builds a layer.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    text: String,
    pieces: Vec<Piece>,
}

impl Builder {
    /// Adds text that is identical in the layer below.
    pub(crate) fn copy(&mut self, text: &str, below: usize) {
        if text.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.is_copy && last.below + last.length == below => last.length += text.len(),
            _ => self.pieces.push(Piece { at: self.text.len(), below, length: text.len(), is_copy: true }),
        }
        self.text.push_str(text);
    }

    /// Adds text that replaces `length` bytes of the layer below.
    pub(crate) fn replace(&mut self, text: &str, below: usize, length: usize) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece { at: self.text.len(), below, length, is_copy: false });
        self.text.push_str(text);
    }

    pub(crate) fn finish<'a>(self, below: Option<&Rc<Layer<'a>>>) -> Layer<'a> {
        Layer {
            text: Cow::Owned(self.text),
            pieces: self.pieces,
            below: below.map(Rc::clone),
            marks: OnceCell::new(),
            is_of_mcp: OnceCell::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leads_back_through_every_layer() {
        let bottom = Rc::new(Layer::bottom(b"ab\xffcd"));
        assert_eq!(bottom.text(), "ab\u{fffd}cd");
        assert_eq!(bottom.source(2..5), 2..3);
        assert_eq!(bottom.source(5..7), 3..5);
        let mut builder = Builder::default();
        builder.copy("b", 1);
        builder.replace("\n", 2, 3);
        builder.copy("cd", 5);
        let above = builder.finish(Some(&bottom));
        assert_eq!(above.text(), "b\ncd");
        assert_eq!(above.source(0..2), 1..3);
        assert_eq!(above.source(3..4), 4..5);
        assert_eq!(above.source(4..4), 5..5);
    }

    #[test]
    fn utf_16_is_read_with_its_places() {
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain("aé𝄞b".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let layer = Layer::bottom(&bytes);
        assert_eq!(layer.text(), "aé𝄞b");
        assert_eq!(layer.source(0..1), 2..4);
        assert_eq!(layer.source(layer.text().len() - 1..layer.text().len()), 10..12);
    }
}
