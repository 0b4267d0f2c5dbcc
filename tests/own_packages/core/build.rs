//! Generates the registry.

fn main() {
    mcp_error_codes_build::Generator::new("registry").run();
}
