//! Finds the occurrences of a code, the newest first.

use mcp_error_codes::{Record, find_all, records};
use rusqlite::types::Value as Sql;
use serde_json::Value;

use crate::logs::time::Millis;
use crate::outcome::Failure;
use crate::store::database::Store;
use crate::store::pairs;
use crate::store::row::Row;

/// Which occurrences to find.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) wanted: Wanted,
    pub(crate) since: Option<Millis>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) limit: Option<usize>,
}

/// A code and the former codes that it has replaced, any of which may be in a log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    codes: Vec<String>,
    /// `None` for a code that no registry defines.
    system: Option<&'static str>,
    /// The current code. Occurrences of a former code count for it.
    current: String,
}

impl Wanted {
    /// Parses a code that a person typed. A code that no registry defines is accepted unchanged.
    ///
    /// # Errors
    /// [`Failure::Usage`] if several systems have such a code.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        let local = text.rsplit(':').next().unwrap_or(text);
        let all: Vec<&Record> = find_all(text).collect();
        let by_code: Vec<&Record> =
            all.iter().copied().filter(|record| record.code.eq_ignore_ascii_case(local)).collect();
        let meant = if by_code.is_empty() { all } else { by_code };
        match meant[..] {
            [] => Ok(Self { codes: vec![text.to_owned()], system: None, current: text.to_owned() }),
            [record] => Ok(Self::of(record)),
            _ => {
                let names: Vec<_> = meant.iter().map(|record| record.full_name().to_string()).collect();
                Err(Failure::Usage(format!("{text:?} may be {}; name one of them", names.join(" or "))))
            }
        }
    }

    /// Returns the code with the codes that it supersedes.
    pub(crate) fn of(record: &'static Record) -> Self {
        let is_former =
            |other: &&Record| other.system.name == record.system.name && other.superseded_by == Some(record.code);
        let former = records().filter(is_former).map(|other| other.code.to_owned());
        Self {
            codes: std::iter::once(record.code.to_owned()).chain(former).collect(),
            system: Some(record.system.name),
            current: record.superseded_by.filter(|code| !code.contains(':')).unwrap_or(record.code).to_owned(),
        }
    }

    /// Returns the current code.
    pub(crate) fn current_code(&self) -> &str {
        &self.current
    }

    /// Returns the system, or `None` if no registry defines the code.
    pub(crate) fn system(&self) -> Option<&'static str> {
        self.system
    }

    fn fits(&self, row: &Row) -> bool {
        self.codes.contains(&row.error_code) && (self.system.is_none() || row.system.as_deref() == self.system)
    }
}

/// `KEY=VALUE`: a key of the context, or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    key: String,
    value: String,
}

impl Condition {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
        let (key, value) = pair.ok_or("expected KEY=VALUE, such as bookmaker=draftkings")?;
        Ok(Self { key: key.to_owned(), value: value.to_owned() })
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn value(&self) -> &str {
        &self.value
    }

    /// Returns the column that the key also names.
    fn column(&self) -> &str {
        match self.key.as_str() {
            "toolName" | "tool" => "tool_name",
            "errorType" => "error_type",
            "errorCode" => "error_code",
            "statusCode" => "status_code",
            key => key,
        }
    }

    pub(crate) fn fits(&self, row: &Row) -> bool {
        let column = self.column();
        let has_column = row.columns().iter().any(|(name, value)| *name == column && *value == Some(&self.value));
        let is_value = |value: &Value| pairs::text(value) == self.value;
        let in_details =
            |value: &Value| is_value(value) || value.as_array().is_some_and(|all| all.iter().any(is_value));
        has_column || row.has(column, &self.value) || row.details.get(&self.key).is_some_and(in_details)
    }

    /// Returns whether the index contains every occurrence that fits.
    fn is_indexed(&self) -> bool {
        !Row::NOT_INDEXED.contains(&self.column())
    }

    /// Returns the query for the index.
    fn words(&self) -> String {
        format!("(\"{}\" OR \"{}\")", pairs::word(&self.key, &self.value), pairs::word(self.column(), &self.value))
    }
}

impl Question {
    /// This many of the newest occurrences are scanned before the index is used: the scan is fast for frequent values, the index
    /// for rare ones.
    const WALK: usize = 20_000;

    /// Returns whether an occurrence matches.
    pub(crate) fn fits(&self, row: &Row) -> bool {
        self.wanted.fits(row)
            && self.since.is_none_or(|since| row.timestamp.is_some_and(|time| time >= since))
            && self.conditions.iter().all(|condition| condition.fits(row))
    }

    /// Calls `add` with each matching occurrence in the store, the newest first; those without a time come last.
    pub(crate) fn ask(&self, store: &Store, mut add: impl FnMut(Row) -> Result<(), Failure>) -> Result<(), Failure> {
        if self.conditions.is_empty() {
            return self.run(store, &self.by_code(self.limit), &mut add).map(drop);
        }
        if !self.conditions.iter().all(Condition::is_indexed) {
            let mut left = self.limit.unwrap_or(usize::MAX);
            let add = |row| match left.checked_sub(1) {
                Some(rest) => {
                    left = rest;
                    add(row)
                }
                None => Ok(()),
            };
            return self.run(store, &self.by_code(None), add).map(drop);
        }
        if let Some(limit) = self.limit {
            let mut found = Vec::new();
            let walk = |row| {
                found.push(row);
                Ok(())
            };
            let read = self.run(store, &self.by_code(Some(Self::WALK)), walk)?;
            if read < Self::WALK || found.len() >= limit {
                return found.into_iter().take(limit).try_for_each(add);
            }
        }
        self.run(store, &self.by_index(), add).map(drop)
    }

    /// Runs a query, calls `add` with each matching row, and returns the number of rows of the query.
    fn run(
        &self,
        store: &Store,
        query: &Query,
        mut add: impl FnMut(Row) -> Result<(), Failure>,
    ) -> Result<usize, Failure> {
        let failure = |error| store.failure(&error);
        let mut statement = store.connection.prepare(&query.sql).map_err(failure)?;
        let mut rows = statement.query(rusqlite::params_from_iter(&query.values)).map_err(failure)?;
        let mut read = 0;
        while let Some(row) = rows.next().map_err(failure)? {
            read += 1;
            let row = Row::read(row).map_err(failure)?;
            if self.fits(&row) {
                add(row)?;
            }
        }
        Ok(read)
    }

    /// Selects the occurrences by code and time: the rows of each code in index order, merged.
    fn by_code(&self, limit: Option<usize>) -> Query {
        let mut query = Query::default();
        let part = |code: &String| {
            let code = query.bind(Sql::Text(code.clone()));
            format!("SELECT {} FROM mcp_errors WHERE error_code = {code}{}", Row::COLUMNS, self.filter(&mut query))
        };
        let parts: Vec<_> = self.wanted.codes.iter().map(part).collect();
        query.sql = parts.join(" UNION ALL ");
        query.order(limit);
        query
    }

    /// Selects the occurrences that have the words of the code and of each condition.
    fn by_index(&self) -> Query {
        let codes: Vec<_> = self.wanted.codes.iter().map(|code| format!("\"{}\"", pairs::code_word(code))).collect();
        let conditions: String =
            self.conditions.iter().map(|condition| format!(" AND {}", condition.words())).collect();
        let mut query = Query::default();
        let words = query.bind(Sql::Text(format!("({}){conditions}", codes.join(" OR "))));
        let found = format!("SELECT rowid FROM mcp_error_pairs WHERE mcp_error_pairs MATCH {words}");
        query.sql = format!("SELECT {} FROM mcp_errors WHERE id IN ({found}){}", Row::COLUMNS, self.filter(&mut query));
        query.order(self.limit);
        query
    }

    fn filter(&self, query: &mut Query) -> String {
        let mut filter = String::new();
        if let Some(system) = self.wanted.system {
            filter += &format!(" AND system = {}", query.bind(Sql::Text(system.to_owned())));
        }
        if let Some(since) = self.since {
            filter += &format!(" AND timestamp >= {}", query.bind(Sql::Integer(since)));
        }
        filter
    }
}

#[derive(Debug, Default)]
struct Query {
    sql: String,
    values: Vec<Sql>,
}

impl Query {
    /// Adds a value, and returns the parameter for it.
    fn bind(&mut self, value: Sql) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn order(&mut self, limit: Option<usize>) {
        self.sql += " ORDER BY timestamp DESC, id DESC";
        if let Some(limit) = limit {
            self.sql += &format!(" LIMIT {}", i64::try_from(limit).unwrap_or(i64::MAX));
        }
    }
}
