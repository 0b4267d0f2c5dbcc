//! The commands for operations: the store, the questions that it answers, the engines, and the alerts.

mod fixture;
mod ingest;
mod inspect;
mod killed;
mod migration;
