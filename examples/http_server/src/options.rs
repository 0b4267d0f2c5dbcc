//! The command line.

use std::net::{Ipv4Addr, SocketAddr};

/// The environment variable with the token. On the command line, the token would appear in the process list.
pub(crate) const TOKEN_VARIABLE: &str = "NOTES_TOKEN";

pub(crate) const USAGE: &str = "\
usage: NOTES_TOKEN=TOKEN http_server [OPTIONS]

  --listen ADDRESS           where to listen (127.0.0.1:8080); port 0 means any free port
  --max-writes-per-minute N  the maximum number of writes in 60 seconds (100)";

/// The settings of the server.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) token: String,
    pub(crate) listen: SocketAddr,
    pub(crate) max_writes_per_minute: usize,
}

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>, token: Option<String>) -> Result<Self, String> {
        let token = token.filter(|token| !token.is_empty()).ok_or(format!("{TOKEN_VARIABLE} is not set"))?;
        let mut options = Self { token, listen: (Ipv4Addr::LOCALHOST, 8080).into(), max_writes_per_minute: 100 };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--listen" => {
                    let value = value()?;
                    options.listen =
                        value.parse().map_err(|_| format!("{argument} needs an address and a port, not {value:?}"))?;
                }
                "--max-writes-per-minute" => {
                    let value = value()?;
                    options.max_writes_per_minute =
                        value.parse().map_err(|_| format!("{argument} needs a number, not {value:?}"))?;
                }
                other => return Err(format!("unknown option {other:?}")),
            }
        }
        Ok(options)
    }
}
