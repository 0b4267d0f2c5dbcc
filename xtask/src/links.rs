//! Finds dead links in generated pages.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::step::Outcome;

/// Checks that every relative link on the pages in a folder leads to a file, and its fragment to an element of that file.
pub(crate) fn check(folder: &Path) -> Outcome {
    let mut pages = Vec::new();
    collect(folder, &mut pages).map_err(|problem| format!("{}: {problem}", folder.display()))?;
    // The settings and help pages of rustdoc itself.
    pages.retain(|page| page.parent() != Some(folder));
    let texts: HashMap<&Path, String> =
        pages.iter().filter_map(|page| Some((page.as_path(), fs::read_to_string(page).ok()?))).collect();
    let mut dead = BTreeSet::new();
    let mut count = 0;
    for (page, text) in &texts {
        // The end of a page lists blanket implementations of other crates, with their authors' links.
        let own = text.split(" id=\"blanket-implementations\"").next().unwrap_or_default();
        for link in values(own, "href").filter(|link| is_relative(link)) {
            count += 1;
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let file = match path {
                "" => page.to_path_buf(),
                _ => resolve(page.parent().unwrap_or(folder), path.split('?').next().unwrap_or_default()),
            };
            let has_fragment = match texts.get(file.as_path()) {
                Some(text) => fragment.is_empty() || is_line(fragment) || values(text, "id").any(|id| id == fragment),
                None => file.exists(),
            };
            if !has_fragment {
                dead.insert(format!("{}: {link}", page.strip_prefix(folder).unwrap_or(page).display()));
            }
        }
    }
    if count == 0 {
        return Err(format!("{}: no page has a link", folder.display()));
    }
    println!("{count} links of {} pages, {} dead", texts.len(), dead.len());
    if dead.is_empty() { Ok(()) } else { Err(dead.into_iter().collect::<Vec<_>>().join("\n")) }
}

fn collect(folder: &Path, pages: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
    Ok(())
}

/// Returns the values of an attribute, in order.
fn values<'a>(text: &'a str, attribute: &str) -> impl Iterator<Item = &'a str> {
    let begin = format!(" {attribute}=\"");
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.find(&begin)? + begin.len();
        let (value, tail) = rest[at..].split_once('"')?;
        rest = tail;
        Some(value)
    })
}

fn is_relative(link: &str) -> bool {
    let scheme = link.split([':', '/', '?', '#']).next().unwrap_or_default();
    !link.starts_with("//") && link.as_bytes().get(scheme.len()) != Some(&b':')
}

/// Returns whether a fragment refers to lines of a source file. A range of lines has no element.
fn is_line(fragment: &str) -> bool {
    !fragment.is_empty() && fragment.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Joins a folder and a relative path, without `..` in the result.
fn resolve(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}
