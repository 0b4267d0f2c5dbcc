use textwrap::{Options, WordSplitter, WrapAlgorithm};

/// Wraps a paragraph: `first` is the indent of its first line, `others` that of the other lines.
///
/// A word that is longer than a line is not broken, so a code or an address can be copied.
pub(crate) fn wrap(text: &str, width: Option<usize>, first: &str, others: &str) -> String {
    let Some(width) = width else { return format!("{first}{text}") };
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::fill(text, options)
}
