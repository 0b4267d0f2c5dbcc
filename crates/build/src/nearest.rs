//! Finds the word that was probably meant.

/// Returns the word that a mistyped one resembles most, or `None` if it resembles none of them: a word of which it is a part, such as
/// `status` of `http_status`, or that is a part of it, its plural, or else one with nearly the same letters. Case makes no difference.
pub(crate) fn nearest<'w>(typed: &str, words: &[&'w str]) -> Option<&'w str> {
    let farthest = (typed.chars().count() / 3).clamp(1, 3);
    let typed = typed.to_lowercase();
    let resembles = |word: &&'w str| {
        let lower = word.to_lowercase();
        match distance(&typed, &lower) {
            edits @ 0..=1 => Some((edits, *word)),
            _ if is_part(&typed, &lower) || is_part(&lower, &typed) => Some((2, *word)),
            _ if lower.strip_suffix("ies").is_some_and(|stem| typed.strip_suffix('y') == Some(stem)) => {
                Some((2, *word))
            }
            edits => (edits <= farthest).then_some((edits + 1, *word)),
        }
    };
    words.iter().filter_map(resembles).min().map(|(_, word)| word)
}

/// Returns whether a text of at least three letters is the start of another one, or consists of whole words of it.
fn is_part(part: &str, whole: &str) -> bool {
    let is_separator = |c: char| c == '_' || c == '-';
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with(is_separator);
    let is_here =
        |(at, _): (usize, &str)| at == 0 || whole[..at].ends_with(is_separator) && is_end(&whole[at + part.len()..]);
    part.chars().count() >= 3 && whole.match_indices(part).any(is_here)
}

/// Counts the characters to change, add, drop or swap with a neighbour.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let (mut before, mut last) = (vec![0; to.len() + 1], (0..=to.len()).collect::<Vec<usize>>());
    let mut previous = None;
    for (at, c) in from.chars().enumerate() {
        let mut current = vec![at + 1];
        for (other, d) in to.iter().enumerate() {
            let mut fewest = (last[other] + usize::from(c != *d)).min(last[other + 1] + 1).min(current[other] + 1);
            if other > 0 && c == to[other - 1] && previous == Some(*d) {
                fewest = fewest.min(before[other - 1] + 1);
            }
            current.push(fewest);
        }
        previous = Some(c);
        before = std::mem::replace(&mut last, current);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_word_is_like_the_one_that_was_meant() {
        let words = ["code", "family", "hint", "http_status", "stated", "surface"];
        for (typed, meant) in [
            ("hnt", "hint"),
            ("hints", "hint"),
            ("Hint", "hint"),
            ("hitn", "hint"),
            ("http-status", "http_status"),
            ("httpstatus", "http_status"),
            ("surfcae", "surface"),
            ("famliy", "family"),
            ("status", "http_status"),
            ("http", "http_status"),
            ("hint_text", "hint"),
            ("HINT-FOR-THE-MODEL", "hint"),
            ("fam", "family"),
            ("error_code", "code"),
        ] {
            assert_eq!(nearest(typed, &words), Some(meant), "{typed}");
        }
        assert_eq!(nearest("warning", &["INFO", "WARN", "ERROR"]), Some("WARN"));
        assert_eq!(nearest("colour", &words), None);
        assert_eq!(nearest("encoder", &words), None);
        assert_eq!(nearest("fa", &["family"]), None);
        assert_eq!(nearest("", &words), None);
    }

    #[test]
    fn letters_are_counted_as_changed_added_dropped_or_swapped() {
        for (from, to, count) in
            [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abcd", "badc", 2), ("kitten", "sitting", 3)]
        {
            assert_eq!(distance(from, to), count, "{from} {to}");
            assert_eq!(distance(to, from), count, "{to} {from}");
        }
    }
}
