//! The commands for operations: the store, its queries, the engines, and the alerts.

mod alerts;
mod audit;
mod budget;
mod correlate;
mod coverage;
mod docs;
mod engines;
mod fixture;
mod ingest;
mod inspect;
mod killed;
mod migration;
