use core::fmt::{self, Formatter, Write};

use crate::{Command, Fact, Param, Record, Related, Scenario, Section, Target};

/// The manual page of a code, made by [`Record::explain`].
///
/// `Display` prints plain text without any colour or wrapping; [`markdown`](Self::markdown) gives the same page as Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Explain<'a> {
    record: &'a Record,
    markdown: bool,
    whole: bool,
}

impl<'a> Explain<'a> {
    pub(crate) const fn new(record: &'a Record) -> Self {
        Self { record, markdown: false, whole: true }
    }

    /// Prints Markdown (CommonMark with tables) instead of plain text.
    #[must_use]
    pub const fn markdown(self) -> Self {
        Self { markdown: true, ..self }
    }

    /// Leaves out what belongs to the family and the system as a whole.
    #[must_use]
    pub const fn record_only(self) -> Self {
        Self { whole: false, ..self }
    }
}

impl fmt::Display for Explain<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let record = self.record;
        let mut page = Page { out: f, markdown: self.markdown, begun: false };
        page.heading(1, format_args!("{}: {}", record.code, record.title))?;
        page.paragraph(record.summary)?;
        if let Some(successor) = record.superseded_by {
            page.line(format_args!("Use {successor} instead."))?;
        }
        page.optional(record.context)?;
        page.heading(2, "Hint for the caller")?;
        page.paragraph(record.hint)?;
        facts(&mut page, record)?;
        if let Some(message) = record.message {
            page.heading(2, "Message")?;
            page.block(message)?;
            params(&mut page, record.params)?;
        }
        page.list(2, "Causes", false, record.causes)?;
        page.list(2, "Resolution", true, record.resolution)?;
        record.scenarios.iter().try_for_each(|case| scenario(&mut page, case))?;
        commands(&mut page, "Diagnostics", record.diagnostics)?;
        commands(&mut page, "Recovery", record.recovery)?;
        for example in record.examples {
            page.heading(2, format_args!("Example ({})", example.ty))?;
            page.paragraph(example.description)?;
            page.block(example.text)?;
        }
        sections(&mut page, 2, record.sections)?;
        related(&mut page, record.related)?;
        if self.whole {
            let (family, system) = (record.family, record.system);
            page.heading(1, format_args!("Family {}: {}", family.name, family.title))?;
            page.paragraph(family.summary)?;
            sections(&mut page, 2, family.sections)?;
            page.heading(1, format_args!("System {}: {}", system.name, system.title))?;
            page.paragraph(system.summary)?;
            sections(&mut page, 2, system.sections)?;
        }
        page.heading(2, "Reference")?;
        page.paragraph(record.reference)
    }
}

/// Writes the facts that a program reads, each with a word on where it comes from.
fn facts(page: &mut Page<'_, '_>, record: &Record) -> fmt::Result {
    let judged = |fact| {
        if record.states(fact) { "stated" } else { "judged" }
    };
    page.heading(2, "Facts")?;
    page.item(format_args!("System: {}, family {}", record.system.name, record.family.name))?;
    page.item(format_args!("Name: {}", record.name))?;
    page.item(format_args!("HTTP status: {} ({})", record.http_status, judged(Fact::HttpStatus)))?;
    page.item(format_args!("Severity: {} ({})", record.severity, judged(Fact::Severity)))?;
    page.item(format_args!("Category: {} ({})", record.category, judged(Fact::Category)))?;
    let recoverable = if record.recoverable { "yes" } else { "no" };
    page.item(format_args!("Recoverable: {recoverable} ({})", judged(Fact::Recoverable)))?;
    page.item(format_args!("Retry: {} ({})", RetryText(record), judged(Fact::Retry)))?;
    page.item(format_args!("Surface: {} (a default)", record.surface))?;
    for entry in record.json_rpc {
        let since = entry.since.map_or("", |version| version.as_str());
        let until = entry.until.map_or("", |version| version.as_str());
        match (entry.since, entry.until) {
            (None, None) => page.item(format_args!("JSON-RPC number: {}", entry.number)),
            (Some(_), None) => page.item(format_args!("JSON-RPC number: {} (from protocol {since})", entry.number)),
            (None, Some(_)) => page.item(format_args!("JSON-RPC number: {} (until protocol {until})", entry.number)),
            (Some(_), Some(_)) => {
                page.item(format_args!("JSON-RPC number: {} (protocol {since} to {until})", entry.number))
            }
        }?;
    }
    if let Some(layer) = record.security_layer {
        page.item(format_args!("Security layer: {layer}"))?;
    }
    page.item_list("Also written", record.aliases)?;
    page.item_list("Shared with", record.shares_with)?;
    page.item(format_args!("Since: {}", record.since))?;
    if let Some(version) = record.deprecated_since {
        page.item(format_args!("Deprecated since: {version}"))?;
    }
    page.out.write_char('\n')?;
    page.paragraph("What is stated stands in the source document; what is judged is this registry's judgement.")
}

/// Prints the retry advice in one line.
struct RetryText<'a>(&'a Record);

impl fmt::Display for RetryText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let retry = self.0.retry;
        write!(f, "{}", retry.class)?;
        if let (Some(backoff), Some(initial), Some(max)) = (retry.backoff, retry.initial_ms, retry.max_ms) {
            write!(f, ", {backoff} from {initial} ms, each wait at most {max} ms")?;
        }
        match retry.attempts {
            Some(attempts) => write!(f, ", {attempts} tries in all"),
            None => Ok(()),
        }
    }
}

fn params(page: &mut Page<'_, '_>, params: &[Param]) -> fmt::Result {
    params
        .iter()
        .try_for_each(|param| page.item(format_args!("`{}` ({}): {}", param.name, param.ty, param.description)))
}

fn scenario(page: &mut Page<'_, '_>, scenario: &Scenario) -> fmt::Result {
    page.heading(2, format_args!("Scenario: {} ({})", scenario.title, scenario.name))?;
    page.optional(scenario.summary)?;
    if let Some(message) = scenario.message {
        page.block(message)?;
        params(page, scenario.params)?;
    }
    page.list(3, "Causes", false, scenario.causes)?;
    page.list(3, "Resolution", true, scenario.resolution)?;
    page.list(3, "Prevention", false, scenario.prevention)?;
    page.list(3, "Notes", false, scenario.notes)
}

fn commands(page: &mut Page<'_, '_>, title: &str, commands: &[Command]) -> fmt::Result {
    if commands.is_empty() {
        return Ok(());
    }
    page.heading(2, title)?;
    commands.iter().try_for_each(|command| page.item(format_args!("`{}`: {}", command.command, command.description)))
}

fn related(page: &mut Page<'_, '_>, related: &[Related]) -> fmt::Result {
    if related.is_empty() {
        return Ok(());
    }
    page.heading(2, "See also")?;
    related.iter().try_for_each(|link| match link.target {
        Target::Code(code) => page.item(format_args!("{code}: {}", link.description)),
        Target::Document(document) => page.item(format_args!("`{document}`: {}", link.description)),
    })
}

fn sections(page: &mut Page<'_, '_>, level: usize, sections: &[Section]) -> fmt::Result {
    sections.iter().try_for_each(|section| {
        page.heading(level, section.title)?;
        page.optional(section.text)?;
        section.items.iter().try_for_each(|item| page.item(item))?;
        page.table(section.columns, section.rows)?;
        section.code.map_or(Ok(()), |code| page.block(code))
    })
}

/// Writes the blocks of a page, as plain text or as Markdown.
struct Page<'a, 'b> {
    out: &'a mut Formatter<'b>,
    markdown: bool,
    begun: bool,
}

impl Page<'_, '_> {
    fn heading(&mut self, level: usize, title: impl fmt::Display) -> fmt::Result {
        if self.begun {
            self.out.write_char('\n')?;
        }
        self.begun = true;
        match (self.markdown, level) {
            (true, _) => writeln!(self.out, "{:#<level$} {}\n", "", __Escaped(&title)),
            (false, 1) => writeln!(self.out, "{title}"),
            (false, _) => writeln!(self.out, "{:indent$}{title}", "", indent = 2 * (level - 1)),
        }
    }

    fn paragraph(&mut self, text: impl fmt::Display) -> fmt::Result {
        match self.markdown {
            true => writeln!(self.out, "{}\n", __Escaped(&text)),
            false => writeln!(self.out, "    {text}"),
        }
    }

    fn optional(&mut self, text: Option<&str>) -> fmt::Result {
        text.map_or(Ok(()), |text| self.paragraph(text))
    }

    fn line(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.paragraph(text)
    }

    fn item(&mut self, text: impl fmt::Display) -> fmt::Result {
        match self.markdown {
            true => writeln!(self.out, "- {}", __Escaped(&text)),
            false => writeln!(self.out, "    - {text}"),
        }
    }

    /// Writes a list in a single item: `title: a, b`. Writes nothing for an empty list.
    fn item_list(&mut self, title: &str, items: &[&str]) -> fmt::Result {
        if items.is_empty() {
            return Ok(());
        }
        self.item(format_args!("{title}: {}", Joined(items)))
    }

    /// Writes a heading and a list. Writes nothing for an empty list.
    fn list(&mut self, level: usize, title: &str, numbered: bool, items: &[&str]) -> fmt::Result {
        if items.is_empty() {
            return Ok(());
        }
        self.heading(level, title)?;
        for (index, item) in items.iter().enumerate() {
            match (self.markdown, numbered) {
                (_, false) => self.item(item)?,
                (true, true) => writeln!(self.out, "{}. {}", index + 1, __Escaped(item))?,
                (false, true) => writeln!(self.out, "    {}. {item}", index + 1)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, columns: &[&str], rows: &[&[&str]]) -> fmt::Result {
        if columns.is_empty() {
            return Ok(());
        }
        if self.markdown {
            writeln!(self.out)?;
        }
        self.row(columns, columns, rows)?;
        if self.markdown {
            columns.iter().try_for_each(|_| self.out.write_str("|---"))?;
            writeln!(self.out, "|")?;
        }
        rows.iter().try_for_each(|row| self.row(row, columns, rows))
    }

    fn row(&mut self, row: &[&str], columns: &[&str], rows: &[&[&str]]) -> fmt::Result {
        if !self.markdown {
            self.out.write_str("   ")?;
        }
        for (index, cell) in row.iter().enumerate() {
            if self.markdown {
                self.out.write_str("| ")?;
                Escaper { out: &mut *self.out, in_code: false, in_table: true }.write_str(cell)?;
                self.out.write_char(' ')?;
                continue;
            }
            let cells = rows.iter().filter_map(|row| row.get(index)).chain(columns.get(index));
            let width = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
            match index + 1 == row.len() {
                true => write!(self.out, " {cell}")?,
                false => write!(self.out, " {cell:<width$} ")?,
            }
        }
        writeln!(self.out, "{}", if self.markdown { "|" } else { "" })
    }

    /// Writes text to the letter.
    fn block(&mut self, text: &str) -> fmt::Result {
        if self.markdown {
            return writeln!(self.out, "\n```text\n{}\n```\n", text.trim_end());
        }
        text.trim_end().lines().try_for_each(|line| match line.is_empty() {
            true => writeln!(self.out),
            false => writeln!(self.out, "      {line}"),
        })
    }
}

/// Prints texts joined by `, `.
struct Joined<'a>(&'a [&'a str]);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, text)| {
            f.write_str(if index == 0 { "" } else { ", " })?;
            f.write_str(text)
        })
    }
}

/// Prints text so that Markdown shows it as it stands, save for what is between backticks.
#[doc(hidden)]
#[derive(Debug)]
pub struct __Escaped<T>(pub T);

impl<T: fmt::Display> fmt::Display for __Escaped<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(Escaper { out: f, in_code: false, in_table: false }, "{}", self.0)
    }
}

struct Escaper<'a, 'b> {
    out: &'a mut Formatter<'b>,
    in_code: bool,
    in_table: bool,
}

impl Write for Escaper<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '`' => self.in_code = !self.in_code,
                // In a table, a bar ends the cell even between backticks. Elsewhere a backslash between them is shown.
                '|' if self.in_table => self.out.write_char('\\')?,
                '|' | '[' | ']' | '<' | '>' | '*' | '_' | '#' | '~' | '\\' if !self.in_code => {
                    self.out.write_char('\\')?
                }
                _ => {}
            }
            self.out.write_char(c)?;
        }
        Ok(())
    }
}
