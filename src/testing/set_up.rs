use crate::{Registry, Setup};

/// Asserts that a registry that extends codes of this crate has been added, so that its extensions apply.
///
/// Call the start-up function of your program, and then this one. A registry that extends no code passes.
///
/// # Panics
/// Panics if the registry extends codes and [`setup`](crate::setup()) has not added it. The message names the codes.
///
/// ```
/// use mcp_error_codes::testing::expect_set_up;
/// use mcp_error_codes::{REGISTRY, SetupError, setup};
///
/// /// What `main` does first. A program with its own registry adds `.registries([&REGISTRY])`.
/// fn start() -> Result<(), SetupError> {
///     setup().apply()
/// }
///
/// start()?;
/// // The registry of this crate extends no code.
/// expect_set_up(&REGISTRY);
/// # Ok::<(), SetupError>(())
/// ```
#[track_caller]
pub fn expect_set_up(registry: &'static Registry) {
    if let Some(text) = Setup::forgotten(registry) {
        panic!("{text}");
    }
}
