/// Where a [`Related`](crate::Related) entry points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// Another code: of the same system, or written `system:code`.
    Code(&'static str),
    /// A file, a section or a help call, as the source document names it; or a URL.
    Document(&'static str),
}
