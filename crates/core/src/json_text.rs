use core::fmt;

/// The JSON of a code's bare error without `ref`, written by the generator, and the places where other errors of the code differ.
///
/// The text is the end of a JSON-RPC response, from the comma after the id:
/// `,"error":{"code":1,"message":"..","data":{..,"message":"..","hint":"..",..,"retry":{..},..}}}`. The places are the number, the
/// object in `data`, its message and hint without their quotes, and its `retry`.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct JsonText {
    text: &'static str,
    number_end: u32,
    object: u32,
    message: u32,
    message_end: u32,
    hint: u32,
    hint_end: u32,
    retry: u32,
    retry_end: u32,
}

/// The text before the error.
const BEFORE_ERROR: usize = ",\"error\":".len();

/// The text that closes the error and the response.
const AFTER_OBJECT: usize = "}}".len();

impl JsonText {
    /// Creates the JSON from a text and the positions in it: the end of the number, the start of the object, and both ends of
    /// the message, the hint and `retry`. Generated code calls it in a `const`, so wrong positions do not compile.
    #[must_use]
    pub const fn __new(text: &'static str, places: [u32; 8]) -> Self {
        let mut before = BEFORE_ERROR as u32;
        let mut at = 0;
        while at < places.len() {
            assert!(before < places[at] || (before == places[at] && at > 1));
            before = places[at];
            at += 1;
        }
        assert!((before as usize) < text.len() - AFTER_OBJECT);
        let [number_end, object, message, message_end, hint, hint_end, retry, retry_end] = places;
        Self { text, number_end, object, message, message_end, hint, hint_end, retry, retry_end }
    }

    /// Returns the whole text: the response of a bare error after its id.
    #[must_use]
    #[inline]
    pub const fn response_end(&self) -> &'static [u8] {
        self.text.as_bytes()
    }

    /// Returns the `error` member of that response.
    #[must_use]
    #[inline]
    pub fn error(&self) -> &'static [u8] {
        self.bytes(BEFORE_ERROR, self.text.len() - 1)
    }

    /// Returns the error of a response up to the end of its number.
    #[must_use]
    #[inline]
    pub fn to_number(&self) -> &'static [u8] {
        self.bytes(BEFORE_ERROR, self.number_end as usize)
    }

    /// Returns the record object of a bare error.
    #[must_use]
    #[inline]
    pub fn object(&self) -> &'static [u8] {
        self.bytes(self.object as usize, self.text.len() - AFTER_OBJECT)
    }

    /// Returns the record object up to the message and its opening quote.
    #[must_use]
    #[inline]
    pub fn to_message(&self) -> &'static [u8] {
        self.bytes(self.object as usize, self.message as usize)
    }

    /// Returns the message of a bare error, without its quotes.
    #[must_use]
    #[inline]
    pub fn message(&self) -> &'static [u8] {
        self.bytes(self.message as usize, self.message_end as usize)
    }

    /// Returns the record object from the closing quote of the message up to the hint and its opening quote.
    #[must_use]
    #[inline]
    pub fn message_to_hint(&self) -> &'static [u8] {
        self.bytes(self.message_end as usize, self.hint as usize)
    }

    /// Returns the record object from the closing quote of the hint up to the value of `retry`.
    #[must_use]
    #[inline]
    pub fn hint_to_retry(&self) -> &'static [u8] {
        self.bytes(self.hint_end as usize, self.retry as usize)
    }

    /// Returns the hint, without its quotes.
    #[must_use]
    #[inline]
    pub fn hint(&self) -> &'static [u8] {
        self.bytes(self.hint as usize, self.hint_end as usize)
    }

    /// Returns the value of `retry` for an error that sets no wait.
    #[must_use]
    #[inline]
    pub fn retry(&self) -> &'static [u8] {
        self.bytes(self.retry as usize, self.retry_end as usize)
    }

    /// Returns the record object after `retry`, without the closing brace.
    #[must_use]
    #[inline]
    pub fn after_retry(&self) -> &'static [u8] {
        self.bytes(self.retry_end as usize, self.text.len() - AFTER_OBJECT - 1)
    }

    #[inline]
    fn bytes(&self, from: usize, to: usize) -> &'static [u8] {
        &self.text.as_bytes()[from..to]
    }
}

/// Prints only the name, because the text repeats the record.
impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonText").finish_non_exhaustive()
    }
}
