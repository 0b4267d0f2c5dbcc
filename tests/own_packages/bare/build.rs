//! Generates the registry. What is generated does not depend on the features of the library.

fn main() {
    mcp_error_codes_build::Generator::new("registry").run();
}
