//! The files of the site: what is in them, and that a browser can read them.

mod golden;
mod hostile;
mod html;
mod links;
mod own;
mod pages;

type Checked = Result<(), Box<dyn std::error::Error>>;
