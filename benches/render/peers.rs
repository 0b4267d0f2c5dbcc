//! The same response, written in other ways.

use std::hint::black_box;

use jsonrpsee_types::{ErrorObject, Id, Response, ResponsePayload};
use mcp_error_codes::{Record, filesystem};
use rmcp::model::{ErrorCode, ErrorData, JsonRpcError, RequestId};
use serde::Serialize;
use serde_json::{Value, json};

/// The id of the request.
pub(crate) const ID: i64 = 7;

const REFERENCE: &str = "/docs/errors#fs-001";

pub(crate) fn write(form: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(out, form).expect("a form serialises");
}

fn record() -> &'static Record {
    black_box(filesystem::FILE_NOT_FOUND).record()
}

/// The types that a careful author derives by hand.
#[derive(Serialize)]
pub(crate) struct TypedResponse<'a> {
    jsonrpc: &'static str,
    id: i64,
    error: TypedError<'a>,
}

#[derive(Serialize)]
struct TypedError<'a> {
    code: i32,
    message: &'a str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    system: &'a str,
    code: &'a str,
    name: &'a str,
    message: &'a str,
    hint: &'a str,
    category: &'a str,
    severity: &'a str,
    recoverable: bool,
    retry: Retry<'a>,
    #[serde(rename = "ref")]
    reference: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Details<'a>>,
}

#[derive(Serialize)]
struct Retry<'a> {
    class: &'a str,
}

#[derive(Serialize)]
struct Details<'a> {
    path: &'a str,
}

pub(crate) fn typed<'a>(message: &'a str, path: Option<&'a str>) -> TypedResponse<'a> {
    let error = TypedError { code: number(), message, data: data(message, path) };
    TypedResponse { jsonrpc: "2.0", id: ID, error }
}

pub(crate) fn jsonrpsee(message: &str, path: Option<&str>) -> Response<'static, ()> {
    let error = ErrorObject::owned(number(), message, Some(data(message, path)));
    Response::new(ResponsePayload::error(error), Id::Number(ID.unsigned_abs()))
}

/// Returns the number of the code as the peers store it: in 32 bits.
fn number() -> i32 {
    record().json_rpc_number().try_into().unwrap_or_default()
}

fn data<'a>(message: &'a str, path: Option<&'a str>) -> Data<'a> {
    let record = record();
    Data {
        system: record.system.name,
        code: record.code,
        name: record.name,
        message,
        hint: record.hint,
        category: record.category.as_str(),
        severity: record.severity.as_str(),
        recoverable: record.recoverable,
        retry: Retry { class: record.retry.class.as_str() },
        reference: REFERENCE,
        details: path.map(|path| Details { path }),
    }
}

pub(crate) fn rmcp(message: String, path: Option<&str>) -> JsonRpcError {
    let data = object(&message, path);
    let error = ErrorData::new(ErrorCode(number()), message, Some(data));
    JsonRpcError::new(Some(RequestId::Number(ID)), error)
}

pub(crate) fn value(message: &str, path: Option<&str>) -> Value {
    let mut response =
        json!({"jsonrpc": "2.0", "id": ID, "error": {"code": record().json_rpc_number(), "message": message}});
    response["error"]["data"] = object(message, path);
    response
}

fn object(message: &str, path: Option<&str>) -> Value {
    let record = record();
    let mut object = json!({
        "system": record.system.name,
        "code": record.code,
        "name": record.name,
        "message": message,
        "hint": record.hint,
        "category": record.category.as_str(),
        "severity": record.severity.as_str(),
        "recoverable": record.recoverable,
        "retry": {"class": record.retry.class.as_str()},
        "ref": REFERENCE,
    });
    if let Some(path) = path {
        object["details"] = json!({ "path": path });
    }
    object
}
