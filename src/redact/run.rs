//! Runs of bytes. The adapters of an iterator count them too, but the compiler needs ten functions for each chain of them.

/// Returns how many bytes at the start of a string fit, up to `most`.
#[inline]
pub(super) fn leading(bytes: &[u8], most: usize, fits: impl Fn(&u8) -> bool) -> usize {
    let most = most.min(bytes.len());
    let mut count = 0;
    while count < most && fits(&bytes[count]) {
        count += 1;
    }
    count
}

/// Returns how many bytes at the end of a string fit, up to `most`.
#[inline]
pub(super) fn trailing(bytes: &[u8], most: usize, fits: impl Fn(&u8) -> bool) -> usize {
    let least = bytes.len() - most.min(bytes.len());
    let mut rest = bytes.len();
    while rest > least && fits(&bytes[rest - 1]) {
        rest -= 1;
    }
    bytes.len() - rest
}
