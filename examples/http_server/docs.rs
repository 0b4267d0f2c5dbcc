//! The page that the `ref` of every error leads to: all codes, each at its own anchor.

use std::fmt::{self, Display, Formatter, Write};
use std::sync::LazyLock;

use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use mcp_error_codes::{Code, REGISTRY, Record};

static HTML: LazyLock<String> = LazyLock::new(|| Page.to_string());
static MARKDOWN: LazyLock<String> = LazyLock::new(|| {
    let pages = Code::all().map(|code| {
        let record = code.record();
        format!("<a id=\"{}\"></a>\n\n{}", Anchor(record), record.explain().record_only().markdown())
    });
    pages.collect::<Vec<_>>().join("\n")
});

pub(crate) async fn html() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        // The page runs nothing and loads nothing.
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (headers, HTML.as_str())
}

pub(crate) async fn markdown() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], MARKDOWN.as_str())
}

const STYLE: &str = "\
body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:auto;padding:1rem}
nav a{display:inline-block;margin-right:.75rem}
h3:target{background:#ff08}
pre{overflow:auto;font-size:.875rem}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#8bf}}";

struct Page;

impl Display for Page {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error codes</title>\n"
        )?;
        write!(f, "<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n{STYLE}\n</style>\n</head>\n")?;
        writeln!(f, "<body>\n<h1>Error codes</h1>\n<p>Every code, by the system that defines it.</p>\n<nav>")?;
        for system in REGISTRY.systems() {
            writeln!(f, "<h2>{}</h2>\n<p>", Escaped(system.title))?;
            for code in Code::in_system(system.name) {
                writeln!(f, "<a href=\"#{}\">{}</a>", Escaped(Anchor(code.record())), Escaped(code))?;
            }
            writeln!(f, "</p>")?;
        }
        writeln!(f, "</nav>\n<main>")?;
        for system in REGISTRY.systems() {
            writeln!(f, "<h2>{}</h2>\n<p>{}</p>", Escaped(system.title), Escaped(system.summary))?;
            Code::in_system(system.name).try_for_each(|code| entry(f, code.record()))?;
        }
        writeln!(f, "</main>\n</body>\n</html>")
    }
}

fn entry(f: &mut Formatter<'_>, record: &Record) -> fmt::Result {
    writeln!(f, "<h3 id=\"{}\">{}</h3>", Escaped(Anchor(record)), Escaped(record))?;
    writeln!(f, "<p>{}</p>", Escaped(record.summary))?;
    writeln!(f, "<p><strong>What to do:</strong> {}</p>", Escaped(record.hint))?;
    list(f, "Causes", "ul", record.causes)?;
    list(f, "Resolution", "ol", record.resolution)?;
    writeln!(f, "<details>\n<summary>Everything</summary>\n<pre>")?;
    writeln!(f, "{}</pre>\n</details>", Escaped(record.explain().record_only()))
}

fn list(f: &mut Formatter<'_>, title: &str, tag: &str, items: &[&str]) -> fmt::Result {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(f, "<h4>{title}</h4>\n<{tag}>")?;
    items.iter().try_for_each(|item| writeln!(f, "<li>{}</li>", Escaped(item)))?;
    writeln!(f, "</{tag}>")
}

/// Prints what stands behind the `#` in the `ref` of an error of the code.
struct Anchor<'a>(&'a Record);

impl Display for Anchor<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.code_text().to_string().to_ascii_lowercase())
    }
}

/// Prints text so that HTML shows it as it stands, in an element or in an attribute.
struct Escaped<T>(T);

impl<T: Display> Display for Escaped<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(Escaper(f), "{}", self.0)
    }
}

struct Escaper<'a, 'b>(&'a mut Formatter<'b>);

impl Write for Escaper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| match c {
            '&' => self.0.write_str("&amp;"),
            '<' => self.0.write_str("&lt;"),
            '>' => self.0.write_str("&gt;"),
            '"' => self.0.write_str("&quot;"),
            '\'' => self.0.write_str("&#39;"),
            _ => self.0.write_char(c),
        })
    }
}
