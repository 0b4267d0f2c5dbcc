//! Serves the tools over standard input and output, or prints the manual page of a code.

use std::error::Error;

use acme_server::{Billing, Books, REGISTRY, Sandbox};
use mcp_error_codes::rmcp_3::Guarded;
use rmcp::{ServiceExt, transport};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // `find` and `decode` now know the codes of this registry as well.
    mcp_error_codes::setup().registries([&REGISTRY]).apply()?;

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["explain", code] => println!("{}", mcp_error_codes::find(code)?.explain()),
        [books] => serve(books).await?,
        _ => eprintln!("usage: acme-server BOOKS\n       acme-server explain CODE"),
    }
    Ok(())
}

async fn serve(books: &str) -> Result<(), Box<dyn Error>> {
    // Standard output belongs to the protocol. `Debug` also prints internal context.
    let server = Guarded::new(Billing::new(Books::new(books), Sandbox)).on_error(|error| eprintln!("{error:?}"));
    server.serve(transport::stdio()).await?.waiting().await?;
    Ok(())
}
