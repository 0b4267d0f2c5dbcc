use mcp_error_codes::{Code, code};

fn main() {
    let _ = code!("FS-999");
    match Code::lookup("FS-001") {
        Some(code!("fs-001")) => {}
        _ => {}
    }
}
