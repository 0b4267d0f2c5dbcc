//! The layout of every page.

use maud::{DOCTYPE, Markup, html};

use crate::catalogue::Imprint;

/// A page and its place on the site.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    /// The path from the page to the root of the site: empty or `../`.
    pub(crate) root: &'a str,
    /// Whether the page is the index, which has its own search.
    pub(crate) is_index: bool,
    /// The path of the page from the root of the site.
    pub(crate) path: &'a str,
    pub(crate) imprint: &'a Imprint,
}

impl Page<'_> {
    /// Returns the page with `main` as its content.
    pub(crate) fn html(&self, main: &Markup) -> String {
        let Self { title, description, root, is_index, path, imprint } = *self;
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="description" content=(description);
                    title { (title) }
                    @if let Some(address) = imprint.address(path) {
                        link rel="canonical" href=(address);
                    }
                    link rel="icon" type="image/svg+xml" href={ (root) "assets/icon.svg" };
                    link rel="stylesheet" href={ (root) "assets/style.css" };
                    // Sets the theme before the page is displayed.
                    script src={ (root) "assets/page.js" } {}
                    @if is_index {
                        @for script in ["search", "matching", "index"] {
                            script src={ (root) "assets/" (script) ".js" } defer {}
                        }
                    }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    (header(root, is_index, imprint.title()))
                    main #main tabindex="-1" { (main) }
                    @if let Some(footer) = &imprint.footer {
                        footer.foot { p { (footer) } }
                    } @else if imprint.has_builtin {
                        footer.foot { p { "Generated from the registry of " code { "mcp-error-codes" } "." } }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn header(root: &str, is_index: bool, site: &str) -> Markup {
    html! {
        header.top {
            a.brand href={ (root) "index.html" } aria-current=[is_index.then_some("page")] {
                span.logo aria-hidden="true" {}
                span { (site) }
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
