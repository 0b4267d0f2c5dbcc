//! Hands `registry/` to the generator, which writes the tables, constants and constructors to `OUT_DIR`.

fn main() {
    let with_constructors = std::env::var_os("CARGO_FEATURE_STD").is_some();
    mcp_error_codes_build::Generator::new("registry").__builtin().constructors(with_constructors).run();
}
