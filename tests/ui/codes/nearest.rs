use mcp_error_codes::{McpError, code, filesystem};

fn main() {
    // A letter is missing, added, wrong or in the wrong place.
    let _ = code!("FS-01");
    let _ = code!("FS-0001");
    let _ = code!("FS-O01");
    let _ = code!("NX-MPC-010");
    // Another spelling, a name, and a full name.
    let _ = code!("val 003");
    let _ = code!("fs-001");
    let _ = code!("FS_001");
    let _ = code!("33001");
    let _ = code!("RATE_LIMIT_EXCEEDED");
    let _ = code!("filesystem:FS-01");
    // Nothing is similar.
    let _ = code!("ACME-9000");

    // The text of a code already causes an error when more follows.
    let error: McpError = code!("FS-001").with_detail("path", "a.txt");
    let _: McpError = filesystem::FILE_NOT_FOUND.with_message("no such note");
    let _: () = error;
}
