//! Prints the whole registry as JSON: `{"systems":[..],"codes":[..]}`, with the field names of `registry/*.toml`.

use mcp_error_codes::REGISTRY;

fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&REGISTRY)?);
    Ok(())
}
