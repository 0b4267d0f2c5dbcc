//! Every feature that integrates another crate, except the SDK: one file each.

mod axum_0_8;
mod budget;
mod derive;
mod http_1;
mod jsonschema_0_60;
mod metrics_0_24;
mod proptest_1;
mod reqwest_0_13;
mod rusqlite;
mod sqlx;
mod testing;
mod tokio_1;
mod tracing_0_1;
mod tracing_subscriber_0_3;
