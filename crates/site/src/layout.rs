//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

/// A page, and where it is.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// The way to the folder of the site: empty for a page that is in it, else `../`.
    pub(super) root: &'a str,
    /// Whether the page is the index, which has a search of its own.
    pub(super) is_index: bool,
}

/// What the site is called.
pub(super) const SITE: &str = "MCP error codes";

impl Page<'_> {
    /// Writes the page around what is special to it.
    pub(super) fn html(&self, main: &Markup) -> String {
        let Self { title, description, root, is_index } = *self;
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="description" content=(description);
                    title { (title) }
                    link rel="icon" type="image/svg+xml" href={ (root) "assets/icon.svg" };
                    link rel="stylesheet" href={ (root) "assets/style.css" };
                    // It sets the theme before anything is drawn.
                    script src={ (root) "assets/page.js" } {}
                    @if is_index {
                        @for script in ["search", "matching", "index"] {
                            script src={ (root) "assets/" (script) ".js" } defer {}
                        }
                    }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    (header(root, is_index))
                    main #main tabindex="-1" { (main) }
                    footer.foot {
                        p { "Drawn from the registry of " code { "mcp-error-codes" } "." }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn header(root: &str, is_index: bool) -> Markup {
    html! {
        header.top {
            a.brand href={ (root) "index.html" } aria-current=[is_index.then_some("page")] {
                span.logo aria-hidden="true" {}
                span { (SITE) }
            }
            @if !is_index {
                form.quick action={ (root) "index.html" } role="search" hidden {
                    input #search type="search" name="q" placeholder="Search codes" aria-label="Search all codes"
                        autocomplete="off" spellcheck="false" aria-keyshortcuts="/";
                    kbd aria-hidden="true" { "/" }
                }
            }
            button.theme type="button" role="switch" aria-checked="false" hidden {
                span.theme-mark aria-hidden="true" {}
                span { "Dark theme" }
            }
        }
    }
}
