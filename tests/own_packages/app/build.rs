//! Generates the registry, which refers to another crate's registry.

fn main() {
    mcp_error_codes_build::Generator::new("registry").knows("own_core", "../core/registry").run();
}
