//! The catalogue as static HTML: one page per code, and an index with search and filters.
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
//! With a docs base, the `ref` of an error is the base followed by `#fs-001`; without one, an error has no `ref`. The index contains an
//! element with the id `fs-001` and, in it, a link to the page of the code, so serve the index at the docs base. All links are relative, so the files work at any path of any web server and from disk. A server that serves the index at
//! a path without a trailing slash must redirect to the path with it, as web servers do for directories.
//!
//! The pages load the scripts and the style sheet in `assets/`, and nothing else. They contain no inline scripts or styles, so
//! `Content-Security-Policy: default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'` works. Everything is readable
//! without scripts; only search, filters and the choice of a theme need them.

mod badge;
mod catalogue;
mod code_page;
mod facets;
mod facts;
mod file;
mod index;
mod kind_page;
mod layout;
mod parts;
mod prose;
mod runbook_page;
mod search;
mod site;
mod system_page;
mod wire;
mod words;

pub use file::File;
pub use site::Site;
