//! The forms of an error: writing, reading, and invalid input.
#![cfg(feature = "std")]

mod attack;
mod decode;
mod form;
mod forms;
mod golden;
mod hostile;
#[cfg(feature = "testing")]
mod peers;
mod text;
mod wire;
