//! Imports point one way: no file of the command imports a file that imports it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::run::Checked;

type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_files_import_each_other() -> Checked {
    let mut sources = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut sources)?;
    assert!(sources.contains_key("serve::help") && sources.contains_key("terminal"), "{:?}", sources.keys());
    let graph = imports(&sources);
    assert!(graph["serve::help"].contains("serve::topic") && graph["command"].contains("serve"), "{graph:?}");
    assert_eq!(cycle(&graph), None);
    Ok(())
}

#[test]
fn a_cycle_is_found() {
    let sources = [
        ("a", "use crate::{b::B, c};"),
        ("b", "mod d;"),
        ("b::d", "fn f() { super::super::c::g() }"),
        ("c", "use crate::b::d::{self, D};"),
    ];
    let sources = sources.map(|(module, text)| (module.to_owned(), text.to_owned())).into();
    let graph = imports(&sources);
    assert_eq!(graph["a"].iter().map(String::as_str).collect::<Vec<_>>(), ["b", "c"]);
    assert_eq!(cycle(&graph), Some(["b::d", "c", "b::d"].map(str::to_owned).to_vec()));
}

/// Reads the source of every module of a directory, except for the roots `lib.rs` and `main.rs`.
fn read(folder: &Path, parent: &str, sources: &mut BTreeMap<String, String>) -> Checked {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a name is not text")?;
        let module = if parent.is_empty() { name.to_owned() } else { format!("{parent}::{name}") };
        if path.is_dir() {
            read(&path, &module, sources)?;
        } else if !["lib", "main"].contains(&module.as_str()) {
            sources.insert(module, fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Returns the modules that each module names in a path, or declares.
fn imports(sources: &BTreeMap<String, String>) -> Graph {
    let of_module = |(module, source): (&String, &String)| {
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let mut paths = Vec::new();
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let is_inside = code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '"'));
                if !is_inside {
                    expand(&code[at..], "", &mut paths);
                }
            }
        }
        let declared =
            sources.keys().filter(|child| child.rsplit_once("::").is_some_and(|(parent, _)| parent == module));
        let named = paths.iter().filter_map(|path| resolve(module, path, sources));
        let others = declared.cloned().chain(named).filter(|other| other != module);
        (module.clone(), others.collect())
    };
    sources.iter().map(of_module).collect()
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

/// Returns the module that a path leads to.
fn resolve(module: &str, path: &str, sources: &BTreeMap<String, String>) -> Option<String> {
    let mut place: Vec<&str> = module.split("::").collect();
    let mut steps: Vec<&str> = path.split("::").collect();
    while let Some(step @ ("crate" | "super" | "self")) = steps.first().copied() {
        match step {
            "crate" => place.clear(),
            "super" => drop(place.pop()),
            _ => {}
        }
        steps.remove(0);
    }
    place.extend(steps);
    (1..=place.len()).rev().map(|length| place[..length].join("::")).find(|module| sources.contains_key(module))
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
