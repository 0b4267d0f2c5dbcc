//! The catalogue as static pages: one page for each code, and one index to search and filter.
//!
//! ```
//! use mcp_error_codes_site::Site;
//!
//! let site = Site::new(mcp_error_codes::records());
//! let index = site.file("index.html").ok_or("no index")?;
//! assert_eq!(index.media_type(), "text/html; charset=utf-8");
//! # Ok::<(), &str>(())
//! ```
//!
//! The `ref` of an error is `/docs/errors#fs-001`: the index has an element with that id, and in it a link to the page of the
//! code. All links are relative, so that the files work at any path of any web server and from a disk. Whoever serves the
//! index at a path without a slash at the end sends readers on to the one with it, as web servers do for a directory.
//!
//! The pages load scripts and a style sheet that lie beside them, and nothing else. They have neither scripts nor styles
//! within them, so that `Content-Security-Policy: default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'` suits
//! them. Everything can be read without a script; search, filters and the choice of a theme need one.

// The example `http_server` of the library takes this file in as a module, so the files say `super` for what is here.

mod badge;
mod catalogue;
mod code_page;
mod facets;
mod facts;
mod file;
mod index;
mod layout;
mod parts;
mod prose;
mod search;
mod site;
mod system_page;
mod wire;
mod words;

pub use file::File;
pub use site::Site;
