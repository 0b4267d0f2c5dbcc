//! From any text to the errors in it: unwrap, extract, match, rank.

mod anchors;
mod finding;
mod frames;
mod layer;
mod object;
mod recognizer;
mod scan;
mod unwrap;
mod value;
mod wait;

pub use finding::{Finding, RecognizedError, Recognition};
pub use recognizer::{Recognizer, recognize};
