//! Generates the tables, constants and constructors of the codes in `registry/`.

fn main() {
    let has = |feature: &str| std::env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let generator = mcp_error_codes_build::Generator::new("registry").__builtin();
    generator.constructors(has("STD")).recognition(has("RECOGNIZE")).run();
}
