//! Pages are rendered as blocks, whatever the texts contain.

use std::fmt;

use mcp_error_codes_core::page::{Block, Pen, Text, Title, markdown, plain};

/// Writes words and code as a list of pieces.
#[derive(Default)]
struct Pieces(Vec<String>);

impl Pen for Pieces {
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(format!("words {words}"));
        Ok(())
    }

    fn code(&mut self, code: &str) -> fmt::Result {
        self.0.push(format!("code {code}"));
        Ok(())
    }
}

fn pieces(prose: &str) -> Vec<String> {
    let mut pieces = Pieces::default();
    Text::Prose(prose).write(&mut pieces).expect("the pen writes everything");
    pieces.0
}

#[test]
fn code_is_what_is_between_as_many_backticks() {
    assert_eq!(pieces("Run `ls` now."), ["words Run ", "code ls", "words  now."]);
    assert_eq!(pieces("`a``b`"), ["code a``b"]);
    assert_eq!(pieces("`` ` ``"), ["code `"]);
    assert_eq!(pieces("`` a`b ``!"), ["code a`b", "words !"]);
    assert_eq!(pieces("` `"), ["code  "]);
    assert_eq!(pieces(""), [""; 0]);
}

#[test]
fn a_backtick_without_a_partner_is_a_word() {
    assert_eq!(pieces("it`s"), ["words it`s"]);
    assert_eq!(pieces("`ls` it`s"), ["code ls", "words  it`s"]);
    assert_eq!(pieces("a `` b `c`"), ["words a `` b ", "code c"]);
}

#[test]
fn plain_prose_is_printed_unchanged() {
    for prose in ["Run `ls` now.", "`` ` ``", "it`s", "a | b * c_d", "`a``b` end"] {
        let printed = Text::Prose(prose).to_string();
        assert_eq!(pieces(&printed), pieces(prose));
    }
    assert_eq!(Text::Prose("Run `ls`: it`s *new*").to_string(), "Run `ls`: it`s *new*");
}

#[test]
fn markdown_escapes_words_and_not_code() {
    let page = |prose| markdown([Block::Paragraph(Text::Prose(prose))]).to_string();
    assert_eq!(page("`a_b` c_d"), "`a_b` c\\_d\n");
    assert_eq!(page("it`s *new*"), "it\\`s \\*new\\*\n");
    let table = Block::Table { columns: &["a|b", "c"], rows: &[&["`x|y`", "_"]] };
    assert_eq!(markdown([table]).to_string(), "| a\\|b | c |\n|---|---|\n| `x\\|y` | \\_ |\n");
}

#[test]
fn a_code_block_has_a_fence_that_its_text_cannot_close() {
    assert_eq!(markdown([Block::Code("ls\n")]).to_string(), "```text\nls\n```\n");
    assert_eq!(markdown([Block::Code("```\nls\n```")]).to_string(), "````text\n```\nls\n```\n````\n");
}

#[test]
fn blocks_of_markdown_have_an_empty_line_between_them() {
    let blocks = [
        Block::Heading(1, Title::Text("Help")),
        Block::Paragraph(Text::Prose("One.")),
        Block::Paragraph(Text::Prose("Two.")),
        Block::List(&["a", "b"]),
        Block::Heading(2, Title::Hint),
    ];
    assert_eq!(markdown(blocks).to_string(), "# Help\n\nOne.\n\nTwo.\n\n- a\n- b\n\n## Hint for the caller\n");
    assert_eq!(markdown(blocks).below(2).to_string().lines().next(), Some("### Help"));
}

#[test]
fn steps_are_numbered_in_every_format() {
    let steps = Block::Steps(&["Open it.", "Close it."]);
    assert_eq!(plain([steps]).to_string(), "    1. Open it.\n    2. Close it.\n");
    assert_eq!(markdown([steps]).to_string(), "1. Open it.\n2. Close it.\n");
    assert!(steps.is_numbered() && !Block::List(&["a"]).is_numbered());
}

#[test]
fn a_registry_of_another_author_is_its_own_document() {
    use mcp_error_codes_core::{Fact, Family, RecordBuilder, System};

    let page = |registry: &'static str, stated: &'static [Fact]| {
        let system: &'static System = Box::leak(Box::new(System::__new("a", "a", "A", "A.", "", "", &[], &[], None)));
        let family: &'static Family = Box::leak(Box::new(Family::__new("A", "A", "A.", &[], &[], &[], &[])));
        let record =
            RecordBuilder::new(0, "A-1", system, family, "ONE", "One").registry(registry).stated(stated).build();
        record.explain().to_string()
    };
    let own = page("acme", Fact::ALL);
    assert!(!own.contains("judge") && !own.contains("(stated)") && !own.contains("Judged"), "{own}");
    // The registry says here that some facts are not in its document.
    let partly = page("acme", &[Fact::Retry]);
    assert!(partly.contains("(judged)") && !partly.contains("this registry's own judgement"), "{partly}");
    assert!(page("mcp-error-codes", Fact::ALL).contains("(stated)"));
    assert!(page("mcp-error-codes", &[Fact::Retry]).contains("Stated facts come from the source document."));
    // A code whose facts no document states does not refer to one.
    let judged = page("mcp-error-codes", &[]);
    assert!(judged.contains("this registry's own judgement") && !judged.contains("source document"), "{judged}");
    assert!(!page("acme", &[]).contains("Stated facts"));
}
