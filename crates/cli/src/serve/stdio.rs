use std::io;

use rmcp::service::ServerInitializeError;
use rmcp::{ServiceExt, transport};

use super::server;
use super::signal::Stop;
use crate::terminal::Failure;

/// Serves standard input and output until the client closes them, or the process is asked to end.
///
/// # Errors
/// [`Failure::Io`] where the client does not speak MCP.
pub(crate) async fn serve() -> Result<(), Failure> {
    let mut stop = Stop::new().map_err(broken)?;
    tokio::select! {
        served = until_closed() => served,
        () = stop.asked() => Ok(()),
    }
}

fn broken(error: io::Error) -> Failure {
    Failure::Io { what: "the connection to the client".to_owned(), error }
}

async fn until_closed() -> Result<(), Failure> {
    match server::guarded().serve(transport::stdio()).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| broken(io::Error::other(error))),
        // A client that has nothing to ask may go.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(broken(io::Error::other(error))),
    }
}
