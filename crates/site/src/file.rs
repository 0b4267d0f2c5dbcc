use std::borrow::Cow;

/// A file of the site.
///
/// ```
/// use mcp_error_codes_site::Site;
///
/// let style = Site::new(mcp_error_codes::records()).file("assets/style.css").ok_or("no style")?;
/// assert_eq!(style.path(), "assets/style.css");
/// assert_eq!(style.media_type(), "text/css; charset=utf-8");
/// assert!(style.contents().starts_with("/*"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    path: Cow<'static, str>,
    contents: Cow<'static, str>,
}

impl File {
    pub(crate) fn new(path: impl Into<Cow<'static, str>>, contents: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), contents: contents.into() }
    }

    /// Returns the path of the file from the root of the site: `filesystem/fs-001.html`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value for the header `Content-Type`.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        }
    }

    /// Returns the content of the file, which is always UTF-8 text.
    #[must_use]
    pub fn contents(&self) -> &str {
        &self.contents
    }

    /// Returns the content of the file and consumes the file.
    #[must_use]
    pub fn into_contents(self) -> Cow<'static, str> {
        self.contents
    }
}
