//! The tables and queries in SQL. `export sql` writes them for an engine, and the commands over the store run the same queries in
//! SQLite, so an answer does not depend on where the errors are.

mod codes;
mod dialect;
mod facts;
mod views;

pub(crate) use dialect::Dialect;
pub(crate) use views::Windows;

/// Returns everything that an engine needs: the tables of the errors, the codes, and the queries as views. Running it again is
/// safe: it replaces codes and views, and keeps the errors.
pub(crate) fn script(dialect: Dialect) -> String {
    let views: String =
        views::all(dialect, &Windows::default()).iter().map(|view| view.created(dialect) + "\n").collect();
    format!("{}\n{}\n{}", facts::tables(dialect), codes::table(dialect, false), views)
}

/// Returns what a connection to a store needs for queries: codes, events, budgets and views that exist only for this connection.
pub(crate) fn temporary(windows: &Windows) -> String {
    let views: String = views::all(Dialect::Sqlite, windows).iter().map(views::View::temporary).collect();
    format!("{}{}{}", facts::TEMPORARY, codes::table(Dialect::Sqlite, true), views)
}
