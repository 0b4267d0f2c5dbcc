//! Texts that would be markup if they were not escaped.

use mcp_error_codes::__private::RecordBuilder;
use mcp_error_codes::record::*;
use mcp_error_codes::*;
use mcp_error_codes_site::Site;

use crate::Checked;
use crate::html::Html;
use crate::{links, pages};

const SCRIPT: &str = "</title></script><script>alert('title')</script>";
const QUOTE: &str = "\"><img src=x onerror=\"alert(1)\">";
const PRE: &str = "</code></pre><script>alert(`pre`)</script>\n\u{2028}&lt;b&gt; &amp; ]]> -->";
const TICK: &str = "an open ` and <b>bold</b> &copy; \u{202e}backwards";
const LONG: &str = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";

static SECTIONS: [Section; 1] =
    [Section::__new(QUOTE, Some(TICK), &[SCRIPT], &[QUOTE, SCRIPT], &[&[PRE, TICK], &[LONG, ""]], Some(PRE))];
static COMMANDS: [Command; 1] = [Command::__new(QUOTE, SCRIPT)];
static FAMILIES: [Family; 2] = [
    Family::__new(QUOTE, SCRIPT, TICK, &[ReservedRange::__new("X-1<", "X-9<")], &COMMANDS, &COMMANDS, &SECTIONS),
    Family::__new("<script>", SCRIPT, TICK, &[], &[], &[], &[]),
];
static HOSTILE: System = System::__new("hostile", "hostile", SCRIPT, QUOTE, TICK, QUOTE, &SECTIONS, &FAMILIES, None);
static OTHER: System = System::__new("other", "other", QUOTE, SCRIPT, "1", QUOTE, &[], &FAMILIES, None);

static PARAMS: [Param; 1] = [Param::__new("<script>", ParamType::String, QUOTE, false)];
static SCENARIOS: [Scenario; 1] = [Scenario::__new(
    QUOTE,
    SCRIPT,
    None,
    Some(TICK),
    Some("{<script>} {} } { {{a}}"),
    &PARAMS,
    &[PRE],
    &[QUOTE],
    &[SCRIPT],
    &[TICK],
)];
static EXAMPLES: [Example; 1] = [Example::__new(ExampleType::Log, QUOTE, PRE)];
static RELATED: [Related; 3] = [
    Related::__new(Target::Code("nowhere:<script>"), QUOTE),
    Related::__new(Target::Code("other:X-1"), QUOTE),
    Related::__new(Target::Document(SCRIPT), TICK),
];

static RECORDS: [Record; 3] = [
    RecordBuilder::new(0, "X-1", &HOSTILE, &FAMILIES[0], QUOTE, SCRIPT)
        .summary(TICK)
        .context(Some(PRE))
        .causes(&[QUOTE, SCRIPT])
        .resolution(&[PRE, LONG])
        .hint(SCRIPT)
        .message(Some("no {<script>} at \"{path}\"<"))
        .params(&PARAMS)
        .json_rpc(&[JsonRpcNumber::__new(1, None, None)])
        .aliases(&[QUOTE, SCRIPT])
        .shares_with(&[SCRIPT])
        .superseded_by(Some(QUOTE))
        .since(SCRIPT)
        .deprecated_since(Some(QUOTE))
        .reference(PRE)
        .scenarios(&SCENARIOS)
        .diagnostics(&COMMANDS)
        .recovery(&COMMANDS)
        .examples(&EXAMPLES)
        .related(&RELATED)
        .sections(&SECTIONS)
        .build(),
    RecordBuilder::new(1, "X-2", &HOSTILE, &FAMILIES[1], "NAME", LONG).build(),
    // The text of another system's code, but nothing declares that it is shared.
    RecordBuilder::new(0, "X-1", &OTHER, &FAMILIES[0], QUOTE, SCRIPT).build(),
];

#[test]
fn hostile_texts_are_shown_and_do_nothing() -> Checked {
    let site = Site::new(&RECORDS);
    for file in site.files().filter(|file| file.path().ends_with(".html")) {
        let page = Html::read(file.contents()).map_err(|problem| format!("{}: {problem}", file.path()))?;
        for element in &page.elements {
            assert!(!["img", "b"].contains(&element.name.as_str()), "{}", file.path());
            let source = element.attribute("src").unwrap_or("assets/");
            assert!(source.trim_start_matches("../").starts_with("assets/"), "{source}");
        }
    }
    let page = site.file("hostile/x-1.html").ok_or("no page")?;
    let page = Html::read(page.contents())?.text;
    for text in pages::texts(&RECORDS[0]) {
        assert!(pages::shows(&page, text), "{text:?} is not shown");
    }
    Ok(())
}

#[test]
fn links_between_hostile_codes_work() -> Checked {
    let site = Site::new(&RECORDS);
    links::check(&site)?;
    let index = site.file("index.html").ok_or("no index")?;
    let ids: Vec<String> = Html::read(index.contents())?.ids().map(str::to_owned).collect();
    for id in ["x-1", "x-2", "other:x-1"] {
        assert!(ids.iter().any(|known| known == id), "{id}");
    }
    Ok(())
}

#[test]
fn the_texts_of_the_search_are_one_json_text() -> Checked {
    let script = Site::new(&RECORDS).file("assets/search.js").ok_or("no script")?;
    let json = script.contents().strip_prefix("globalThis.searchTexts = ").and_then(|rest| rest.strip_suffix(";\n"));
    let texts: serde_json::Value = serde_json::from_str(json.ok_or("another script")?)?;
    assert_eq!(texts["reserved"][0], serde_json::json!([SCRIPT, "X-1<", "X-9<"]));
    assert!(texts["words"]["other:x-1"].is_string());
    Ok(())
}
