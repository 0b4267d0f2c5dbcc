//! The forms of an error: what is written, what is read back, and what bad input does.
#![cfg(feature = "std")]

mod decode;
mod form;
mod forms;
mod golden;
mod hostile;
mod wire;
