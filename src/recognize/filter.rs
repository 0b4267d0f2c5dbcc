use std::collections::{BTreeMap, HashMap, HashSet};

use aho_corasick::packed::{Config, MatchKind, Searcher};

/// Finds the lines of a log that are worth reading: a few short pieces, of which every text that is looked for has one.
///
/// A search for all the texts at once takes a table that does not fit into a processor's cache. So few pieces fit into its registers.
#[derive(Debug)]
pub(crate) struct Filter {
    searcher: Option<Searcher>,
}

/// Lines as harmless programs log them. No piece is in them, if a text has another one.
const HARMLESS: &str = r#"
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
INFO: 127.0.0.1:50491 - "POST /messages/?session_id=fea1df4f HTTP/1.1" 202 Accepted
"#;

/// A longer piece is not rarer in practice.
const MAX_PIECE: usize = 8;
const MIN_PIECE: usize = 4;
/// The search takes no more pieces.
const MAX_PIECES: usize = 128;

impl Filter {
    /// Makes the filter of texts. Case counts, except that a text in lower case is found too.
    pub(crate) fn new<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut wanted: HashSet<String> = HashSet::new();
        for text in texts {
            wanted.insert(text.to_owned());
            wanted.insert(text.to_ascii_lowercase());
        }
        let mut wanted: Vec<String> = wanted.into_iter().collect();
        wanted.sort_unstable();
        let pieces = cover(&wanted);
        let mut builder = Config::new().match_kind(MatchKind::LeftmostFirst).heuristic_pattern_limits(false).builder();
        builder.extend(&pieces);
        let searcher = if pieces.len() > MAX_PIECES { None } else { builder.build() };
        Self { searcher }
    }

    /// Returns the first place at or after `from` that may be a part of a text that is looked for.
    pub(crate) fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        match &self.searcher {
            Some(searcher) => {
                searcher.find_in(bytes, aho_corasick::Span::from(from..bytes.len())).map(|found| found.start())
            }
            // Without the instructions that the search needs, every line is read.
            None => (from < bytes.len()).then_some(from),
        }
    }
}

/// Chooses pieces so that every text has one: those first that the most texts have.
fn cover(texts: &[String]) -> Vec<String> {
    let mut owners: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        for piece in pieces(text, true) {
            owners.entry(piece).or_default().push(at);
        }
        if pieces(text, true).next().is_none() {
            for piece in pieces(text, false) {
                owners.entry(piece).or_default().push(at);
            }
        }
    }
    for owners in owners.values_mut() {
        owners.dedup();
    }
    let mut is_covered = vec![false; texts.len()];
    let mut chosen = Vec::new();
    // Sorted, so that the same texts always give the same pieces.
    let owners: BTreeMap<&str, Vec<usize>> = owners.into_iter().collect();
    loop {
        let open = |owners: &Vec<usize>| owners.iter().filter(|at| !is_covered[**at]).count();
        let best = owners.iter().max_by_key(|(piece, owners)| (open(owners), piece.len()));
        let Some((piece, of_piece)) = best.filter(|(_, owners)| open(owners) > 0) else { return chosen };
        for at in of_piece {
            is_covered[*at] = true;
        }
        chosen.push((*piece).to_owned());
    }
}

/// Returns the pieces of a text; those that are in harmless logs are left out on demand.
fn pieces(text: &str, is_rare: bool) -> impl Iterator<Item = &str> {
    let shortest = MIN_PIECE.min(text.len());
    let lengths = shortest..=MAX_PIECE.min(text.len());
    let all = lengths.flat_map(move |length| (0..=text.len() - length).filter_map(move |at| text.get(at..at + length)));
    all.filter(move |piece| !is_rare || !HARMLESS.contains(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_a_piece() {
        let texts = ["Session not found", "Tool not found: ", "FS-001", "E001", "-32"].map(str::to_owned);
        let pieces = cover(&texts);
        assert!(texts.iter().all(|text| pieces.iter().any(|piece| text.contains(piece.as_str()))));
        assert!(pieces.len() <= 4, "{pieces:?}");
    }
}
