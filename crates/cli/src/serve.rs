//! The registry as an MCP server, for models that have received an error.
//!
//! `handler` answers requests with `tools`, `resources`, `prompts` and `completion`. `argument`, `answer` and `decoded` contain the
//! types of the tools, from which their schemas are generated. `stdio` and `http` are the transports.

mod advice;
mod answer;
mod argument;
mod completion;
mod decoded;
mod handler;
mod help;
mod http;
mod miss;
mod prompts;
mod registry_server;
mod resources;
mod schema;
mod signal;
mod stdio;
mod tools;
mod topic;
mod uri;
mod vocabulary;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use tokio::runtime::Builder;

use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Serve the registry to models as an MCP server
///
/// By default, the server uses standard input and output, as desktop clients and editors expect. It logs to standard error.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serve streamable HTTP at this address, under the path /mcp
    ///
    /// ADDRESS is a port on localhost, or an IP address and a port: `8080`, `127.0.0.1:8080`, `[::1]:8080`. Port 0 is any free
    /// port. The address is printed.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    http: Option<SocketAddr>,

    /// Also accept HTTP requests for this host name
    ///
    /// The server only accepts requests whose Host header is localhost, the IP address of --http or one of these names. This
    /// protects it against DNS rebinding by web pages.
    #[arg(long, value_name = "HOST", requires = "http")]
    allow_host: Vec<String>,
}

impl Serve {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let starting = |error| Failure::Io { what: "the runtime of the server".to_owned(), error };
        let runtime = Builder::new_multi_thread().enable_all().build().map_err(starting)?;
        let served = runtime.block_on(async {
            match self.http {
                Some(address) => http::serve(address, &self.allow_host, terminal).await,
                None => stdio::serve().await,
            }
        });
        // A read from standard input cannot be cancelled, so do not wait for it.
        runtime.shutdown_background();
        served.map(|()| Outcome::Found)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.parse().map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    port.or_else(|_| text.parse()).map_err(|_| "expected a port, or an IP address and a port".to_owned())
}
