//! Which requests are accepted.

use mcp_error_codes::wire::RequestId;
use mcp_error_codes::{McpError, orchestrator};
use serde_json::Value;

use crate::server::{Checked, Server, TOKEN};

const NONE: (&str, &str) = ("A bearer token is required", r#"Bearer realm="notes""#);
const WRONG: (&str, &str) = ("The bearer token is not valid", r#"Bearer realm="notes", error="invalid_token""#);

#[test]
fn nobody_is_let_in_without_the_token() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let cases: [(&[&str], (&str, &str)); 5] = [
        (&[], NONE),
        (&["-H", "Authorization: Basic bGV0IG1lIGlu"], NONE),
        (&["-H", "Authorization: Bearer"], NONE),
        (&["-H", "Authorization: Bearer let us in"], WRONG),
        (&["-H", "Authorization: Bearer let me in too"], WRONG),
    ];
    for (headers, (message, challenge)) in cases {
        let error = McpError::new(orchestrator::AUTHENTICATION_FAILED).with_message(message);
        let forms: [(&str, &[&str], &str, Value); 3] = [
            ("/notes/a", &[], "application/problem+json", server.with_docs(error.problem())?),
            // A request that cannot be read has no id.
            ("/mcp", &["-d", "{"], "application/json", server.with_docs(error.json_rpc_response(RequestId::Unknown))?),
            ("/mcp", &["-d", r#"{"id":"x"}"#], "application/json", server.with_docs(error.json_rpc_response("x"))?),
        ];
        for (path, request, content_type, body) in forms {
            let answer = server.ask_freely(path, &[headers, request].concat())?;
            assert_eq!(answer.status, 401);
            assert_eq!(answer.header("www-authenticate"), Some(challenge));
            assert_eq!(answer.header("content-type"), Some(content_type));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(answer.json()?, body);
        }
    }
    Ok(())
}

#[test]
fn the_scheme_may_be_in_small_letters() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let header = format!("authorization: bearer {TOKEN}");
    assert_eq!(server.ask_freely("/notes/a", &["-H", &header])?.status, 404);
    Ok(())
}

#[test]
fn the_documentation_is_for_everybody() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    for page in ["/docs/errors/", "/docs/errors/filesystem/fs-001.html", "/docs/errors.md"] {
        assert_eq!(server.ask_freely(page, &[])?.status, 200);
    }
    Ok(())
}
