/// A hash that is the same on every machine and in every version (FNV-1a, 64 bits), as an integer that SQLite can store.
pub(crate) fn hash(bytes: &[u8]) -> i64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME));
    hash.cast_signed()
}

/// The length and the hash of a range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    pub(crate) length: usize,
    pub(crate) hash: i64,
}

impl Fingerprint {
    /// The number of bytes that identify a log at its start, and at the place up to which it was read.
    pub(crate) const MAX_LENGTH: usize = 4096;

    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { length: bytes.len(), hash: hash(bytes) }
    }

    /// Returns whether the bytes begin with those of the fingerprint.
    pub(crate) fn begins(self, bytes: &[u8]) -> bool {
        bytes.get(..self.length).is_some_and(|start| hash(start) == self.hash)
    }
}
