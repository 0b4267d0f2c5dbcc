use std::io;

use rmcp::service::ServerInitializeError;
use rmcp::{ServiceExt, transport};

use super::handler;
use super::signal::Stop;
use crate::outcome::Failure;

/// Serves standard input and output until the client closes them or the process receives a signal to stop.
///
/// # Errors
/// [`Failure::Io`] if the client does not use MCP.
pub(crate) async fn serve() -> Result<(), Failure> {
    let mut stop = Stop::new().map_err(broken)?;
    tokio::select! {
        served = until_closed() => served,
        () = stop.received() => Ok(()),
    }
}

fn broken(error: io::Error) -> Failure {
    Failure::Io { what: "the connection to the client".to_owned(), error }
}

async fn until_closed() -> Result<(), Failure> {
    match handler::guarded().serve(transport::stdio()).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| broken(io::Error::other(error))),
        // A client may close the connection without a request.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(broken(io::Error::other(error))),
    }
}
