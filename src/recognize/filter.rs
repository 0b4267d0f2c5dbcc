use std::collections::{BTreeSet, BinaryHeap};

use aho_corasick::Span;
use aho_corasick::packed::{Config, MatchKind, Searcher};

/// Finds the lines of a log that have to be read. It searches for a few short pieces, one of which occurs in every string
/// that matters.
///
/// A table of all strings does not fit into the CPU cache, but the pieces fit into CPU registers.
#[derive(Debug)]
pub(crate) struct Filter {
    searchers: Option<Vec<Pieces>>,
}

/// Pieces that are searched for in one pass.
#[derive(Debug)]
struct Pieces {
    searcher: Searcher,
    /// Pieces from this index on count only if a digit follows them.
    numbered: usize,
}

impl Pieces {
    fn new<'p>(pieces: impl Iterator<Item = &'p String>, numbered: &[String]) -> Option<Self> {
        let mut builder = Config::new().match_kind(MatchKind::LeftmostFirst).heuristic_pattern_limits(false).builder();
        let pieces: Vec<&String> = pieces.collect();
        builder.extend(pieces.iter().copied().chain(numbered));
        Some(Self { searcher: builder.build()?, numbered: pieces.len() })
    }

    fn find(&self, block: &[u8], mut from: usize) -> Option<usize> {
        loop {
            let found = self.searcher.find_in(block, Span::from(from..block.len()))?;
            let is_numbered = found.pattern().as_usize() >= self.numbered;
            if !is_numbered || block.get(found.end()).is_some_and(u8::is_ascii_digit) {
                return Some(found.start());
            }
            from = found.start() + 1;
        }
    }
}

/// Typical log lines of working programs. A piece that occurs in them is chosen only for a string that has no other
/// piece.
pub(crate) const HARMLESS: &str = r#"
203.0.113.7 - - [27/Nov/2026:17:05:16 +0000] "GET /static/css/main.4f1c2a.css HTTP/1.1" 200 5316 "https://example.com/index.html" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
203.0.113.9 - alice [27/Nov/2026:17:05:17 +0000] "POST /mcp HTTP/1.1" 200 812 "-" "node-fetch/1.0 (+https://github.com/node-fetch)" 0.012
198.51.100.4 - - [27/Nov/2026:17:05:18 +0000] "GET /api/v1/users/8f14e45f-ceea-467f-a0e6-4f2b5f0c9d11?page=2&limit=50 HTTP/2.0" 304 0 "-" "curl/8.5.0"
2026-11-27T17:05:16.477Z INFO  [main] com.example.orders.OrderService : processed order 48213 for customer 9917 in 35 ms
2026-11-27 17:05:16,683 - mcp.server.lowlevel.server - INFO - Processing request of type CallToolRequest
2026-11-27T17:05:17.001Z DEBUG hyper::proto::h1::conn: flushed 213 bytes; keep-alive connection pooled for the next request from the client
2026-11-27T17:05:18Z [files] [info] Server started and connected successfully, listening on http://127.0.0.1:3000/mcp with 12 tools
2026-11-27T17:05:18Z [files] [info] Message from client: {"jsonrpc":"2.0","id":612,"method":"tools/call","params":{"name":"read_text","arguments":{"path":"/home/ann/notes.md"}}}
2026-11-27T17:05:18Z [files] [info] Message from server: {"jsonrpc":"2.0","id":612,"result":{"content":[{"type":"text","text":"the first line of the file"}],"isError":false}}
{"timestamp":"2026-11-27T17:05:19.120Z","level":"info","service":"checkout","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","msg":"request completed","status":200,"method":"GET","path":"/health","duration_ms":3.2,"user_agent":"kube-probe/1.29"}
{"level":30,"time":1764263119120,"pid":17,"hostname":"web-1","req":{"id":7,"url":"/session/refresh"},"res":{"statusCode":200},"responseTime":12,"msg":"response sent to the client"}
Nov 27 17:05:20 web-1 systemd[1]: Started Session 42 of User root; the transport process is running with all resources it needs.
time="2026-11-27T17:05:21Z" level=info msg="cache refreshed" entries=5120 took=1.8s component=server version=1.14.2
can was able available update create state date may make made must not valid value values read write open close closed file files path user users data type name list
enabled disabled ready running starting stopped shutting down health check passed worker thread queue batch job task done finished started loaded loading config
configuration stored saved sent received message messages event events cache hit miss rate update updated created deleted removed added changed session sessions
token auth login logout version release build deploy region cluster node host port address queue scheduled retry attempt total count size bytes average latency
INFO: 127.0.0.1:50491 - "POST /messages/?session_id=fea1df4f HTTP/1.1" 202 Accepted
"#;

/// Longer pieces are not rarer in practice.
const MAX_PIECE: usize = 8;
/// The minimum length of a piece of a message. The search compares four bytes at once.
const MIN_PIECE: usize = 4;
/// The maximum number of pieces in one search. Two searches are faster than one with more pieces, and than three with fewer.
const MAX_PIECES: usize = 48;

impl Filter {
    /// Creates the filter for messages, whose case may differ, and for strings with one spelling.
    ///
    /// A `numbered` text counts only if a digit follows it.
    pub(crate) fn new<'t>(
        messages: impl Iterator<Item = &'t str>,
        exact: impl Iterator<Item = &'t str>,
        numbered: &[String],
    ) -> Self {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for message in messages {
            wanted.insert(message.to_owned());
            wanted.insert(message.to_ascii_lowercase());
        }
        let (short, long): (Vec<&str>, Vec<&str>) = exact.partition(|text| text.len() <= MIN_PIECE);
        wanted.extend(long.into_iter().map(str::to_owned));
        let long: Vec<String> = wanted.into_iter().collect();
        // `E001` and `E002` share one piece, in a search for short pieces. `T00` alone occurs in the timestamp of every
        // line after midnight.
        let is_numbered = |text: &&str| text.len() == MIN_PIECE && text.ends_with(|last: char| last.is_ascii_digit());
        let start = |text: &str| -> String { text.chars().take(MIN_PIECE - 1).collect() };
        let (of_number, short): (Vec<&str>, Vec<&str>) = short.into_iter().partition(is_numbered);
        let short: BTreeSet<String> = short.into_iter().map(start).collect();
        let of_number: BTreeSet<String> = of_number.into_iter().map(start).chain(numbered.iter().cloned()).collect();
        let numbered: Vec<String> = of_number.into_iter().collect();
        // Searches with equal numbers of pieces are the fastest.
        let long = cover(&long);
        let size = long.len().div_ceil(long.len().div_ceil(MAX_PIECES).max(1)).max(1);
        let groups = long.chunks(size).map(|pieces| Pieces::new(pieces.iter(), &[]));
        let has_short = !short.is_empty() || !numbered.is_empty();
        let short = has_short.then(|| Pieces::new(short.iter(), &numbered));
        let searchers = groups.chain(short);
        Self { searchers: searchers.collect() }
    }

    /// Starts a search in a block.
    pub(crate) fn search<'f>(&'f self, block: &'f [u8]) -> Search<'f> {
        // Without the necessary CPU instructions, every line is read.
        Search { block, searchers: self.searchers.as_deref(), next: Vec::new() }
    }
}

/// A search in a block.
#[derive(Debug)]
pub(crate) struct Search<'f> {
    block: &'f [u8],
    searchers: Option<&'f [Pieces]>,
    /// The next position found by each search, or the end of the block.
    next: Vec<usize>,
}

impl Search<'_> {
    /// Returns the first position at or after `from` where one of the pieces occurs.
    pub(crate) fn next(&mut self, from: usize) -> Option<usize> {
        let end = self.block.len();
        let Some(searchers) = self.searchers else { return (from < end).then_some(from) };
        self.next.resize(searchers.len(), 0);
        let is_first = from == 0;
        for (pieces, next) in searchers.iter().zip(&mut self.next) {
            if *next < from || is_first {
                *next = pieces.find(self.block, from).unwrap_or(end);
            }
        }
        self.next.iter().copied().min().filter(|place| *place < end)
    }
}

/// Chooses pieces so that every string contains one of them. Pieces that occur in more strings are chosen first.
fn cover(texts: &[String]) -> Vec<String> {
    let mut harmless: Vec<Piece> = pieces(HARMLESS).collect();
    harmless.sort_unstable();
    let is_harmless = |piece: &Piece| harmless.binary_search(piece).is_ok();
    // Each piece with the strings that contain it.
    let mut found: Vec<(Piece, usize)> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let before = found.len();
        found.extend(pieces(text).filter(|piece| !is_harmless(piece)).map(|piece| (piece, at)));
        if found.len() == before {
            found.extend(pieces(text).map(|piece| (piece, at)));
        }
    }
    found.sort_unstable();
    found.dedup();
    let owners: Vec<&[(Piece, usize)]> = found.chunk_by(|one, other| one.0 == other.0).collect();
    // How many of the chosen pieces each string contains.
    let mut covered = vec![0_u32; texts.len()];
    let mut chosen: Vec<usize> = Vec::new();
    // The number of strings that a piece would cover only becomes smaller, so a piece is counted again only if it is the next.
    let mut open: BinaryHeap<(usize, Piece, usize)> =
        owners.iter().enumerate().map(|(at, owners)| (owners.len(), owners[0].0, at)).collect();
    while let Some((before, piece, at)) = open.pop() {
        let now = owners[at].iter().filter(|(_, text)| covered[*text] == 0).count();
        if now == before {
            owners[at].iter().for_each(|(_, text)| covered[*text] += 1);
            chosen.push(at);
        } else if now > 0 {
            open.push((now, piece, at));
        }
    }
    // A piece is not needed if later ones occur in all of its strings.
    chosen.retain(|at| {
        let is_needed = owners[*at].iter().any(|(_, text)| covered[*text] == 1);
        if !is_needed {
            owners[*at].iter().for_each(|(_, text)| covered[*text] -= 1);
        }
        is_needed
    });
    chosen.into_iter().map(|at| owners[at][0].0.to_text()).collect()
}

/// A piece of a string: its length, and its bytes in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece(usize, u64);

impl Piece {
    fn to_text(self) -> String {
        let bytes = self.1.to_be_bytes();
        String::from_utf8_lossy(&bytes[bytes.len() - self.0..]).into_owned()
    }
}

/// Returns the pieces of a string.
fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let lengths = MIN_PIECE.min(text.len())..=MAX_PIECE.min(text.len());
    let piece = move |length: usize, at: usize| {
        let bytes = text.get(at..at + length)?.bytes();
        Some(Piece(length, bytes.fold(0, |number, byte| number << 8 | u64::from(byte))))
    };
    lengths.flat_map(move |length| (0..=text.len() - length).filter_map(move |at| piece(length, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_searched_three_times_at_most() {
        let anchors = crate::recognize::anchors::Anchors::get();
        let searchers = anchors.filter().searchers.as_ref().map_or(0, Vec::len);
        assert!(searchers <= 3, "{searchers} searches");
    }

    #[test]
    fn every_text_is_found() {
        let messages = ["Session not found", "Tool {x} not found: ", "Too many requests"];
        let codes = ["FS-001", "E001", "E002", "-32"];
        let filter = Filter::new(messages.into_iter(), codes.into_iter(), &["| Q".to_owned()]);
        let mut search = filter.search(
            b"| QUEUE | Q7 | and more text to fill the block, which is longer than what the search takes at once",
        );
        assert_eq!(search.next(0), Some(8));
        let times = Filter::new([].into_iter(), ["T001"].into_iter(), &[]);
        let line =
            b"2026-11-27T00:00:01Z all is well with the server, and it was T001 that was the matter with it before";
        assert_eq!(times.search(line).next(0), Some(61));
        for text in messages.iter().chain(&codes) {
            let block = format!(
                "{text}\nfiller filler filler filler filler filler filler filler\n{text} and more text to fill the block"
            );
            let mut search = filter.search(block.as_bytes());
            let first = search.next(0).expect("the text is there");
            assert!(first < text.len(), "{text}");
            let line = block.find('\n').expect("there are lines") + 1;
            assert!(search.next(line).is_some_and(|second| second > line + 40), "{text}");
        }
    }
}
