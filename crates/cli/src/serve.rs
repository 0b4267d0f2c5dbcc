//! The registry as an MCP server, for a model that has received an error and asks what to do.
//!
//! `server` is the server, made of `tools`, `resources` and `prompts`. `argument`, `answer` and `decoded` hold the types of the tools, from
//! which their schemas are written. `stdio` and `http` carry it.

mod answer;
mod argument;
mod completion;
mod decoded;
mod help;
mod http;
mod miss;
mod prompts;
mod resources;
mod schema;
mod server;
mod signal;
mod stdio;
mod tools;
mod uri;
mod vocabulary;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use tokio::runtime::Builder;

use crate::command::Outcome;
use crate::terminal::{Failure, Terminal};

/// Serve the registry to models, as an MCP server
///
/// Without --http it speaks over standard input and output, which is what a desktop client or an editor starts. Its log is
/// standard error.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serve streamable HTTP at this address, under the path /mcp
    ///
    /// It is a port, of this machine alone, or an IP address with a port: `8080`, `127.0.0.1:8080`, `[::1]:8080`. Port 0 is
    /// any free one; the address is printed.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    http: Option<SocketAddr>,

    /// Let HTTP clients reach the server by this host name too
    ///
    /// A request has to name the host that it goes to: this machine, the IP address of --http, or one of these. Then no web page
    /// can reach the server by a name of its own.
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
        // A read from standard input cannot be called off, so nothing waits for it.
        runtime.shutdown_background();
        served.map(|()| Outcome::Found)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.parse().map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    port.or_else(|_| text.parse()).map_err(|_| "expected a port, or an IP address with a port".to_owned())
}
