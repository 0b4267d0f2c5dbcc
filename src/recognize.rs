//! Recognizes the errors in any text: unwrap, extract, match, rank.

mod anchors;
mod coded;
mod filter;
mod finding;
mod frames;
mod grams;
mod layer;
mod line;
mod log;
mod log_filter;
mod log_prefix;
mod marks;
mod object;
mod object_place;
mod own_lines;
mod recognizer;
mod record_object;
mod reference;
mod scan;
mod scan_line;
mod to_error;
mod tool_result;
mod unwrap;
mod value;
mod wait;
mod wrapped_line;

pub use finding::{Finding, Recognition, RecognizedError};
pub use log::{LogError, LogErrors};
pub use log_filter::LogFilter;
pub use recognizer::{Recognizer, recognize};
