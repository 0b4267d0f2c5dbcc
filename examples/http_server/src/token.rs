//! Authentication.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use mcp_error_codes::{McpError, orchestrator};
use sha2::{Digest, Sha256};

/// The digest of the token. The time to compare digests reveals nothing about the token.
#[derive(Clone)]
pub(crate) struct Token([u8; 32]);

/// The reason why a request is rejected, with the error code of RFC 6750.
struct Refusal {
    message: &'static str,
    challenge: &'static str,
}

impl Token {
    pub(crate) fn new(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer =
            header.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match bearer {
            Some((_, token)) if Self::new(token.trim()).0 == self.0 => Ok(()),
            Some(_) => Err(Refusal {
                message: "The bearer token is not valid",
                challenge: r#"Bearer realm="notes", error="invalid_token""#,
            }),
            None => Err(Refusal { message: "A bearer token is required", challenge: r#"Bearer realm="notes""# }),
        }
    }
}

/// Passes on a request with the token, and answers any other with `C002`.
pub(crate) async fn authenticate(State(token): State<Token>, request: Request, next: Next) -> Response {
    match token.check(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(Refusal { message, challenge }) => {
            let error = McpError::new(orchestrator::AUTHENTICATION_FAILED).with_message(message);
            ([(WWW_AUTHENTICATE, challenge)], error).into_response()
        }
    }
}
