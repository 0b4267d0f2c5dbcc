use mcp_error_codes::{McpError, ResultExt, filesystem};

#[derive(Debug)]
struct StoreError;

fn foreign() -> Result<(), McpError> {
    Err(std::fmt::Error)?;
    Ok(())
}

fn own() -> Result<(), McpError> {
    Err(StoreError)?;
    Ok(())
}

fn text() -> Result<(), McpError> {
    Err("no note")?;
    Ok(())
}

fn boxed(error: Box<dyn std::error::Error + Send + Sync>) -> McpError {
    error.into()
}

fn without_a_source() -> Result<(), McpError> {
    Err(StoreError).or_code(filesystem::FILE_NOT_FOUND)
}

fn main() {}
