#![deny(deprecated)]

use mcp_error_codes::hyper_bun;

fn main() {
    let _ = hyper_bun::LEGACY_800;
}
