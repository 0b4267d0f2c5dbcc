use clap::Args;

use crate::logs::time::{Millis, now, parse_argument};

/// The option for the current time.
#[derive(Debug, Args)]
pub(crate) struct Present {
    /// Use this time as the current time
    #[arg(long, value_name = "TIME", value_parser = parse_argument)]
    now: Option<Millis>,
}

impl Present {
    pub(crate) fn get(&self) -> Millis {
        self.now.unwrap_or_else(now)
    }
}
