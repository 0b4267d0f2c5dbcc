//! The tables and questions in SQL. `export sql` writes them for an engine, and the commands over the store ask the same
//! questions of SQLite, so that an answer does not depend on where the errors are.

mod codes;
mod dialect;
mod facts;
mod views;

pub(crate) use dialect::Dialect;
pub(crate) use views::Windows;

/// Returns everything that an engine needs: the tables of the errors, the codes, and the questions as views. To run it again is
/// harmless: it replaces codes and views, and leaves the errors alone.
pub(crate) fn script(dialect: Dialect) -> String {
    let views: String =
        views::all(dialect, &Windows::default()).iter().map(|view| view.created(dialect) + "\n").collect();
    format!("{}\n{}\n{}", facts::tables(dialect), codes::table(dialect, false), views)
}

/// Returns what a connection to a store needs to be asked: codes, events, budgets and views that exist for this connection alone.
pub(crate) fn temporary(windows: &Windows) -> String {
    let views: String = views::all(Dialect::Sqlite, windows).iter().map(views::View::temporary).collect();
    format!("{}{}{}", facts::TEMPORARY, codes::table(Dialect::Sqlite, true), views)
}
