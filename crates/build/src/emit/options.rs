/// What the source is made for.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The name of the registry, as messages call it.
    pub(crate) registry: String,
    /// The path under which the including crate has the modules of the systems, as `code!` writes it.
    pub(crate) root: String,
    /// The name of the library in the crate that includes the source.
    pub(crate) library: String,
    /// Whether to write what only recognition uses: the signatures and the claims.
    pub(crate) recognition: bool,
    /// Whether to write the records twice, whole and brief.
    pub(crate) brief: bool,
    /// Whether to write what needs the library's feature `std`: the constructors, and the JSON of bare errors.
    pub(crate) constructors: bool,
}
