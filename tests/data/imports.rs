//! Imports point one way: no file imports a file that imports it.
//!
//! An item counts for the file that defines it, even if another file re-exports it. Re-exporting an item does not count as using
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The source of each module, without comments and string contents. The root has an empty name.
type Sources = BTreeMap<String, String>;

#[test]
fn no_files_import_each_other() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected = [
        ("src", "convert::io", "error::mcp_error"),
        ("crates/core/src", "page::blocks", "page::facts"),
        ("crates/build/src", "check::duplicate_code", "problem"),
        ("crates/derive/src", "expand", "field"),
        ("crates/site/src", "site", "code_page"),
        ("crates/cli/src", "serve::help", "serve::topic"),
        ("xtask/src", "ci", "step"),
    ];
    for (folder, from, to) in expected {
        let mut sources = Sources::new();
        read(&root.join(folder), "", &mut sources)?;
        let graph = imports(&sources);
        assert!(graph[from].contains(to), "{folder}: {from} imports {:?}", graph[from]);
        assert_eq!(cycle(&graph), None, "{folder}");
    }
    Ok(())
}

#[test]
fn a_cycle_is_found() {
    let sources = [
        ("", "mod a; mod b; mod c; pub use b::d::{self, B};"),
        ("a", "use crate::{B, c}; pub use self::e::E;"),
        ("a::e", "use super::super::a;"),
        ("b", "mod d; pub use d::D; fn f() { d::g() }"),
        ("b::d", "fn f() { super::super::c::g() }"),
        ("c", "use crate::b::D;"),
    ];
    let sources = sources.map(|(module, text)| (module.to_owned(), text.to_owned())).into();
    let graph = imports(&sources);
    assert_eq!(graph["a"].iter().map(String::as_str).collect::<Vec<_>>(), ["b::d", "c"]);
    assert_eq!(cycle(&graph), Some(["b::d", "c", "b::d"].map(str::to_owned).to_vec()));
}

/// Reads the source of every module of a directory.
fn read(folder: &Path, parent: &str, sources: &mut Sources) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a name is not text")?;
        let module = match (parent, name) {
            ("", "lib" | "main") => String::new(),
            ("", name) => name.to_owned(),
            _ => format!("{parent}::{name}"),
        };
        if path.is_dir() {
            read(&path, &module, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            *sources.entry(module).or_default() += &without_texts(&code);
        }
    }
    Ok(())
}

/// Removes the contents of string literals, because they may be source code of other files.
fn without_texts(code: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let code = code.replace(r#"'"'"#, "''").replace(r#"b'\"'"#, "''");
    code.chars()
        .filter(|c| {
            let is_quote = *c == '"' && !is_escaped;
            is_escaped = is_text && *c == '\\' && !is_escaped;
            is_text ^= is_quote;
            is_quote || !is_text
        })
        .collect()
}

/// Returns the modules whose items each module uses, except for the root.
fn imports(sources: &Sources) -> Graph {
    let exports: BTreeMap<&str, Vec<(String, Vec<String>)>> =
        sources.iter().map(|(module, code)| (module.as_str(), exports(module, code))).collect();
    let of_module = |(module, code): (&String, &String)| {
        let used = without_exports(code);
        let mut paths = Vec::new();
        let children = sources.keys().filter_map(|other| match other.rsplit_once("::") {
            Some((parent, child)) if parent == module => Some(child),
            _ => None,
        });
        for start in ["crate", "super", "self"].into_iter().chain(children) {
            for (at, _) in used.match_indices(&format!("{start}::")) {
                let is_inside =
                    used[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '"' | '$'));
                if !is_inside {
                    expand(&used[at..], "", &mut paths);
                }
            }
        }
        let used = paths.iter().filter_map(|path| defined_in(&place(module, path), sources, &exports, 0));
        (module.clone(), used.filter(|other| other != module && !other.is_empty()).collect())
    };
    sources.iter().filter(|(module, _)| !module.is_empty()).map(of_module).collect()
}

/// Returns the places of `pub use` statements, as ranges of the code.
fn exported(code: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let starts = ["pub use ", "pub(crate) use ", "pub(super) use "];
    let found = starts.into_iter().flat_map(|start| code.match_indices(start).map(|(at, start)| (at, start.len())));
    found.map(|(at, length)| (at + length, at + code[at..].find(';').unwrap_or(0)))
}

fn without_exports(code: &str) -> String {
    let mut used = code.to_owned();
    for (start, end) in exported(code) {
        used.replace_range(start..end, &" ".repeat(end - start));
    }
    used
}

/// Returns the names that a module re-exports, each with the path of the item.
fn exports(module: &str, code: &str) -> Vec<(String, Vec<String>)> {
    let mut paths = Vec::new();
    for (start, _) in exported(code) {
        expand(&code[start..], "", &mut paths);
    }
    let place = |path: &String| {
        let place = place(module, path.trim_end_matches("::self"));
        Some((place.last()?.clone(), place))
    };
    paths.iter().filter_map(place).collect()
}

/// Returns the path of an item from the root: the modules, and the path within the last one.
fn place(module: &str, path: &str) -> Vec<String> {
    let mut place: Vec<&str> = module.split("::").filter(|step| !step.is_empty()).collect();
    for step in path.split("::") {
        match step {
            "crate" => place.clear(),
            "super" => drop(place.pop()),
            "self" | "" => {}
            step => place.push(step),
        }
    }
    place.into_iter().map(str::to_owned).collect()
}

/// Returns the module that defines the item at a path.
fn defined_in(
    place: &[String],
    sources: &Sources,
    exports: &BTreeMap<&str, Vec<(String, Vec<String>)>>,
    depth: usize,
) -> Option<String> {
    let length = (0..=place.len()).rev().find(|length| sources.contains_key(&place[..*length].join("::")))?;
    let module = place[..length].join("::");
    let exported = place.get(length).and_then(|name| exports[module.as_str()].iter().find(|(own, _)| own == name));
    match exported.filter(|_| depth < 8) {
        Some((_, origin)) => defined_in(origin, sources, exports, depth + 1),
        None => Some(module),
    }
}

/// Adds every path of a path with braces: `a::{b, c::d}` has two. Returns the length of the path.
fn expand(text: &str, prefix: &str, paths: &mut Vec<String>) -> usize {
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | ':')).unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..end]);
    if !text[end..].starts_with('{') {
        paths.push(path);
        return end;
    }
    let mut at = end + 1;
    while !text[at..].starts_with('}') && at < text.len() {
        at += text[at..].len() - text[at..].trim_start_matches([' ', ',']).len();
        at += expand(&text[at..], &path, paths);
        at += text[at..].find([',', '}']).unwrap_or(text.len() - at);
    }
    at + 1
}

/// Returns a cycle of modules that import each other, with the first one repeated at the end.
fn cycle(graph: &Graph) -> Option<Vec<String>> {
    fn visit(graph: &Graph, path: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
        for next in graph.get(path.last()?)? {
            if let Some(start) = path.iter().position(|module| module == next) {
                return Some(path[start..].iter().chain([next]).cloned().collect());
            }
            if !done.contains(next) {
                path.push(next.clone());
                if let Some(found) = visit(graph, path, done) {
                    return Some(found);
                }
                path.pop();
            }
        }
        done.insert(path.last()?.clone());
        None
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|module| visit(graph, &mut vec![module.clone()], &mut done))
}
