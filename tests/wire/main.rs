//! The forms of an error: writing, reading, and invalid input.
#![cfg(feature = "std")]

mod attack;
mod decode;
mod form;
mod forms;
mod golden;
mod hostile;
mod kept;
#[cfg(feature = "testing")]
mod peers;
mod sent;
mod text;
mod wire;
