//! Generates the registry that `installed` installs.

fn main() {
    mcp_error_codes_build::Generator::new("installed/registry").module("generated").run();
}
