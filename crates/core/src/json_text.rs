use core::fmt;

/// The JSON of a bare error of a code, which the generator writes, and the places where an error that says more differs.
///
/// The text is the end of a JSON-RPC response, behind the id:
/// `,"error":{"code":1,"message":"..","data":{..,"message":"..","hint":"..",..,"retry":{..},..}}}`. The places are those of
/// the number and of the object in `data`; of its message and hint, without their quotes; and of its `retry`.
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

/// What stands in front of the error.
const BEFORE_ERROR: usize = ",\"error\":".len();

/// What closes the error and the response.
const AFTER_OBJECT: usize = "}}".len();

impl JsonText {
    /// Makes it of a text and the places in it: the ends of the number and of the object's beginning, and then both ends of
    /// the message, of the hint and of `retry`. Generated code does so in a `static`, so that wrong places do not compile.
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

    /// The text in front of the hint, and the text behind it.
    #[must_use]
    pub fn around_hint(&self) -> (&'static str, &'static str) {
        (&self.text[..self.hint as usize], &self.text[self.hint_end as usize..])
    }

    /// Makes it of a text that differs in the hint only.
    #[must_use]
    pub fn __with_hint(self, text: &'static str) -> Self {
        let moved = |place: u32| place + text.len() as u32 - self.text.len() as u32;
        let [hint_end, retry, retry_end] = [self.hint_end, self.retry, self.retry_end].map(moved);
        Self { text, hint_end, retry, retry_end, ..self }
    }

    /// The whole text: what follows the id in the response of a bare error.
    #[must_use]
    #[inline]
    pub const fn response_end(&self) -> &'static [u8] {
        self.text.as_bytes()
    }

    /// The error of a response, of a bare error.
    #[must_use]
    #[inline]
    pub fn error(&self) -> &'static [u8] {
        self.bytes(BEFORE_ERROR, self.text.len() - 1)
    }

    /// The error of a response up to the end of its number.
    #[must_use]
    #[inline]
    pub fn to_number(&self) -> &'static [u8] {
        self.bytes(BEFORE_ERROR, self.number_end as usize)
    }

    /// The record object of a bare error.
    #[must_use]
    #[inline]
    pub fn object(&self) -> &'static [u8] {
        self.bytes(self.object as usize, self.text.len() - AFTER_OBJECT)
    }

    /// The record object up to the message and its first quote.
    #[must_use]
    #[inline]
    pub fn to_message(&self) -> &'static [u8] {
        self.bytes(self.object as usize, self.message as usize)
    }

    /// The message of a bare error, without its quotes.
    #[must_use]
    #[inline]
    pub fn message(&self) -> &'static [u8] {
        self.bytes(self.message as usize, self.message_end as usize)
    }

    /// The record object from the last quote of the message up to the value of `retry`.
    #[must_use]
    #[inline]
    pub fn message_to_retry(&self) -> &'static [u8] {
        self.bytes(self.message_end as usize, self.retry as usize)
    }

    /// The hint, without its quotes.
    #[must_use]
    #[inline]
    pub fn hint(&self) -> &'static [u8] {
        self.bytes(self.hint as usize, self.hint_end as usize)
    }

    /// The value of `retry`, of an error without a wait of its own.
    #[must_use]
    #[inline]
    pub fn retry(&self) -> &'static [u8] {
        self.bytes(self.retry as usize, self.retry_end as usize)
    }

    /// The record object behind `retry`, without the brace that closes it.
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

/// Prints the name alone, because the text repeats what the record says.
impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonText").finish_non_exhaustive()
    }
}
