//! The tables of `registry/README.md` list the fields that the generator reads, in their order.

use std::{fs, io};

use mcp_error_codes_build::Generator;
use mcp_error_codes_core::schema::{Field, Need, Object, Type};

/// The headings of the tables, with the types whose fields they list.
const TABLES: [(&str, &str); 4] = [
    ("## Fields of `[[claims]]`", "Claim"),
    ("## Fields of `[system]`", "System"),
    ("## Fields of `[[families]]`", "Family"),
    ("## Fields of `[[codes]]`", "Record"),
];

/// A row: the name of a field, whether it is required, and its type.
type Row = (String, bool, String);

#[test]
fn the_tables_of_the_readme_list_the_fields_of_the_registry_files() -> io::Result<()> {
    let readme = fs::read_to_string("../../registry/README.md")?;
    for (heading, name) in TABLES {
        let object = object(name);
        let fields = object.fields().into_iter().filter(|field| field.need != Need::Given);
        let expected: Vec<Row> =
            fields.map(|field| (field.name.to_owned(), field.need == Need::Required, type_of(&field))).collect();
        assert_eq!(rows(&readme, heading), expected, "{heading}");
    }
    Ok(())
}

#[test]
fn the_readme_mentions_every_field_of_a_part() -> io::Result<()> {
    let readme = fs::read_to_string("../../registry/README.md")?;
    for object in Object::ALL {
        for field in object.fields().into_iter().filter(|field| field.need != Need::Given) {
            let is_listed = [format!("`{}`", field.name), format!("{{ {}", field.name), format!(", {}", field.name)];
            assert!(is_listed.iter().any(|text| readme.contains(text)), "{}.{}", object.name, field.name);
        }
    }
    Ok(())
}

#[test]
fn the_registry_of_the_readme_is_that_of_the_chapter_and_has_what_they_say() -> io::Result<()> {
    let (readme, chapter) = (fs::read_to_string("../../README.md")?, fs::read_to_string("../../docs/own-codes.md")?);
    let printed = |text: &str| {
        let blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```\n"));
        blocks.map(|(block, _)| block.to_owned()).find(|block| block.contains("[[codes]]")).unwrap_or_default()
    };
    let registry = printed(&readme);
    assert_eq!(registry, printed(&chapter));
    let source = Generator::generate_from(&[("registry/acme.toml", &registry)]).map_err(io::Error::other)?;
    assert!(
        source.contains("pub const TICKET_NOT_FOUND: Code") && source.contains("pub fn ticket_not_found("),
        "{source}"
    );
    Ok(())
}

fn object(name: &str) -> &'static Object {
    Object::ALL.iter().find(|object| object.name == name).unwrap_or_else(|| panic!("no type {name}"))
}

/// Returns the rows of the table after a heading. A row may list several fields of one type.
fn rows(readme: &str, heading: &str) -> Vec<Row> {
    let section = readme.split(&format!("{heading}\n")).nth(1).unwrap_or_else(|| panic!("no heading {heading:?}"));
    let lines = section.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let mut rows = Vec::new();
    for line in lines.take_while(|line| line.starts_with('|')) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let (names, ty) = (cells[1], cells[2]);
        for name in names.trim_end_matches('*').split(',') {
            rows.push((name.trim().trim_matches('`').to_owned(), names.ends_with('*'), ty.to_owned()));
        }
    }
    rows
}

/// Returns the type of a field in the words of the README.
fn type_of(field: &Field) -> String {
    match field.ty {
        Type::List(Type::Object(name)) if object(name).fields().len() > 3 => "list of tables".to_owned(),
        Type::List(Type::Object("Related")) => {
            "list of `{ code, description }` or `{ document, description }`".to_owned()
        }
        Type::List(Type::Object(name)) => {
            let names: Vec<_> = object(name).fields().iter().map(|field| field.name).collect();
            format!("list of `{{ {} }}`", names.join(", "))
        }
        Type::List(_) => "list of strings".to_owned(),
        Type::Object(_) => "table".to_owned(),
        Type::Integer => "integer".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        _ => "string".to_owned(),
    }
}
