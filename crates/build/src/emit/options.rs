/// Options for the generated source.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The name of the registry in messages.
    pub(crate) registry: String,
    /// The path of the module that contains the systems' modules in the including crate, as `code!` writes it.
    pub(crate) root: String,
    /// The name of the library in the crate that includes the source.
    pub(crate) library: String,
    /// Whether to write what only recognition uses: signatures and claims.
    pub(crate) recognition: bool,
    /// Whether to write the records twice, whole and brief.
    pub(crate) brief: bool,
    /// Whether to write what needs the library's feature `std`: constructors and the JSON of bare errors.
    pub(crate) constructors: bool,
}
