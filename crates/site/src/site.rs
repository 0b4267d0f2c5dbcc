use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

use mcp_error_codes::{Kind, Record, System};

use crate::catalogue::{Catalogue, kind_path, runbook_path, system_path};
use crate::{File, code_page, index, kind_page, runbook_page, search, system_page};

/// A catalogue of codes as files.
///
/// The same records produce the same bytes.
#[derive(Debug, Clone)]
pub struct Site {
    catalogue: Catalogue,
    /// The files and their paths, the index first.
    pages: Vec<(String, Page)>,
    /// The place in `pages` of each path.
    places: HashMap<String, usize>,
}

/// What a file contains.
#[derive(Debug, Clone, Copy)]
enum Page {
    Index,
    System(&'static System),
    Kind(Kind),
    /// The code at this place of the catalogue.
    Code(usize),
    /// The runbook of the code at this place of the catalogue.
    Runbook(usize),
    Asset(&'static str),
    Search,
}

/// The path of the index.
const INDEX: &str = "index.html";

impl Site {
    /// Creates the site of some records: all [`records`](mcp_error_codes::records) of the library and of the registered registries,
    /// or only those that a server uses.
    ///
    /// Systems are sorted by name. If a code occurs twice, its first record is shown.
    ///
    /// ```
    /// use mcp_error_codes::{Code, records};
    /// use mcp_error_codes_site::Site;
    ///
    /// let whole = Site::new(records());
    /// let part = Site::new(Code::in_system("filesystem").map(|code| code.record()));
    /// assert!(whole.file("hyper-bun/nx-mcp-010.html").is_some());
    /// assert!(part.file("hyper-bun/nx-mcp-010.html").is_none());
    /// ```
    #[must_use]
    pub fn new(records: impl IntoIterator<Item = &'static Record>) -> Self {
        let catalogue = Catalogue::new(records);
        let systems = catalogue.systems().iter().map(|system| (system_path(system), Page::System(system)));
        let kinds = catalogue.kinds().map(|kind| (kind_path(kind), Page::Kind(kind)));
        let entries = catalogue.entries().iter().enumerate();
        let codes = entries.clone().map(|(at, entry)| (entry.path.clone(), Page::Code(at)));
        let on_call = entries.filter(|(_, entry)| entry.record.pages_somebody());
        let runbooks = on_call.map(|(at, entry)| (runbook_path(&entry.path), Page::Runbook(at)));
        let assets = ASSETS.iter().map(|(path, contents)| ((*path).to_owned(), Page::Asset(contents)));
        let pages: Vec<_> = std::iter::once((INDEX.to_owned(), Page::Index))
            .chain(systems)
            .chain(kinds)
            .chain(codes)
            .chain(runbooks)
            .chain(assets)
            .chain([(search::PATH.to_owned(), Page::Search)])
            .collect();
        let places = pages.iter().enumerate().map(|(at, (path, _))| (path.clone(), at)).collect();
        Self { catalogue, pages, places }
    }

    /// Sets the title of the site, instead of "MCP error codes".
    ///
    /// ```
    /// use mcp_error_codes_site::Site;
    ///
    /// let site = Site::new(mcp_error_codes::records())
    ///     .with_title("Error codes of Acme")
    ///     .with_footer("Questions? Ask the tools team.")
    ///     .with_base("https://errors.acme.example");
    /// let page = site.file("filesystem/fs-001.html").ok_or("no page")?;
    /// for text in [
    ///     "· Error codes of Acme</title>",
    ///     "<p>Questions? Ask the tools team.</p>",
    ///     "<link rel=\"canonical\" href=\"https://errors.acme.example/filesystem/fs-001.html\">",
    /// ] {
    ///     assert!(page.contents().contains(text));
    /// }
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.catalogue.imprint.title = Some(title.into());
        self
    }

    /// Sets the text in the footer of each page.
    #[must_use]
    pub fn with_footer(mut self, footer: impl Into<String>) -> Self {
        self.catalogue.imprint.footer = Some(footer.into());
        self
    }

    /// Sets the address where the site is served. Each page then declares its address as the canonical one.
    #[must_use]
    pub fn with_base(mut self, base: impl Into<String>) -> Self {
        self.catalogue.imprint.base = Some(base.into());
        self
    }

    /// Returns the file at a path such as `filesystem/fs-001.html`, or `None` if the site has no such file.
    ///
    /// The path is that of [`File::path`]; the empty path is the index. Nothing is read from disk.
    ///
    /// ```
    /// use mcp_error_codes_site::Site;
    ///
    /// let site = Site::new(mcp_error_codes::records());
    /// let page = site.file("filesystem/fs-001.html").ok_or("no page")?;
    /// assert!(page.contents().contains("File Not Found"));
    /// assert_eq!(site.file(""), site.file("index.html"));
    /// assert_eq!(site.file("../index.html"), None);
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn file(&self, path: &str) -> Option<File> {
        let path = if path.is_empty() { INDEX } else { path };
        self.places.get(path).map(|place| self.written(*place))
    }

    /// Returns every file, the index first.
    pub fn files(&self) -> impl Iterator<Item = File> {
        (0..self.pages.len()).map(|place| self.written(place))
    }

    fn written(&self, place: usize) -> File {
        let (path, page) = &self.pages[place];
        let catalogue = &self.catalogue;
        let code = |at: usize| &catalogue.entries()[at];
        let contents = match *page {
            Page::Index => index::html(catalogue),
            Page::System(system) => system_page::html(catalogue, system),
            Page::Kind(kind) => kind_page::html(catalogue, kind),
            Page::Code(at) => code_page::html(catalogue, code(at)),
            Page::Runbook(at) => runbook_page::html(catalogue, code(at)),
            Page::Asset(contents) => contents.to_owned(),
            Page::Search => search::script(catalogue),
        };
        File::new(path.clone(), contents)
    }

    /// Writes every file to a directory and returns the number of files.
    ///
    /// The directory is created if it does not exist. Existing files are replaced; other files in the directory stay.
    ///
    /// # Errors
    /// The error of the first directory that cannot be created, or of the first file that cannot be written.
    ///
    /// ```
    /// use mcp_error_codes_site::Site;
    ///
    /// let folder = tempfile::tempdir()?;
    /// Site::new(mcp_error_codes::records()).write_to(folder.path())?;
    /// assert!(folder.path().join("filesystem/fs-001.html").is_file());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_to(&self, folder: impl AsRef<Path>) -> io::Result<usize> {
        let mut written = 0;
        for file in self.files() {
            let path = folder.as_ref().join(file.path());
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, file.contents())?;
            written += 1;
        }
        Ok(written)
    }
}

/// The files that do not depend on the codes.
const ASSETS: [(&str, &str); 5] = [
    ("assets/style.css", include_str!("../assets/style.css")),
    ("assets/page.js", include_str!("../assets/page.js")),
    ("assets/index.js", include_str!("../assets/index.js")),
    ("assets/matching.js", include_str!("../assets/matching.js")),
    ("assets/icon.svg", include_str!("../assets/icon.svg")),
];
