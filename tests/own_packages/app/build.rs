//! Generates the registry, which refers to that of another crate.

fn main() {
    mcp_error_codes_build::Generator::new("registry").knows("own_core", "../core/registry").run();
}
