use std::any::{Any, type_name};

use serde_json::Value;

use crate::testing::difference::shortened;
use crate::testing::outcome::{Found, Outcome};

impl<T: 'static, E: Outcome> Outcome for Result<T, E> {
    fn found(&self) -> Found {
        match self {
            Ok(value) => SUCCESSES
                .iter()
                .find_map(|read| read(value))
                .unwrap_or_else(|| Found::NoError(format!("Ok of the type {}", type_name::<T>()))),
            Err(error) => error.found(),
        }
    }
}

/// Recognizes the known types in an `Ok`. Any other type is a success and is shown by its type name, because requiring
/// `Debug` would exclude the SDK's `Json`.
const SUCCESSES: &[fn(&dyn Any) -> Option<Found>] = &[
    |value| value.downcast_ref().map(|text: &String| Found::NoError(format!("Ok({:?})", shortened(text)))),
    |value| value.downcast_ref().map(|json: &Value| Found::NoError(format!("Ok({})", shortened(&json.to_string())))),
    #[cfg(feature = "rmcp-3")]
    super::rmcp::success,
];
