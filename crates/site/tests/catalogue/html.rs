//! Reads a page as strictly as this site is written: every tag is closed, every attribute is quoted, every text is escaped.

/// The elements of a page and its texts, in order.
pub(crate) struct Html {
    pub(crate) elements: Vec<Element>,
    pub(crate) text: String,
}

pub(crate) struct Element {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The elements without an end tag.
const VOID: [&str; 4] = ["input", "link", "meta", "wbr"];

impl Html {
    pub(crate) fn read(page: &str) -> Result<Self, String> {
        let rest = page.strip_prefix("<!DOCTYPE html><html lang=\"en\">").ok_or("no doctype or no language")?;
        let (mut open, mut elements, mut text) = (vec!["html".to_owned()], Vec::new(), String::new());
        for part in rest.split('<').skip(1) {
            let end = part.find('>').ok_or_else(|| format!("a tag without an end: {part:?}"))?;
            let (tag, after) = (&part[..end], &part[end + 1..]);
            match tag.strip_prefix('/') {
                Some(name) if open.last().is_some_and(|last| last == name) => drop(open.pop()),
                Some(name) => return Err(format!("</{name}> closes {:?}", open.last())),
                None => {
                    let element = element(tag)?;
                    if !VOID.contains(&element.name.as_str()) {
                        open.push(element.name.clone());
                    }
                    elements.push(element);
                }
            }
            text.push_str(&unescaped(after)?);
        }
        if open.is_empty() { Ok(Self { elements, text }) } else { Err(format!("{open:?} is not closed")) }
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|element| element.attribute("id"))
    }
}

fn element(tag: &str) -> Result<Element, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let is_name =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_name(name) {
        return Err(format!("<{tag}> has no name"));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("an open quote in <{tag}>"))?,
            None => ("", after),
        };
        if !is_name(attribute) || attributes.iter().any(|(known, _)| known == attribute) {
            return Err(format!("attribute {attribute:?} of <{tag}>"));
        }
        attributes.push((attribute.to_owned(), unescaped(value)?));
        rest = match after.strip_prefix(' ') {
            Some(after) => after,
            None if after.is_empty() => after,
            None => return Err(format!("{after:?} in <{tag}>")),
        };
    }
    Ok(Element { name: name.to_owned(), attributes })
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    if out.contains('>') {
        return Err(format!("a bare > in {text:?}"));
    }
    for piece in pieces {
        let entities = [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"')];
        let found = entities.into_iter().find_map(|(name, c)| Some((c, piece.strip_prefix(name)?)));
        let (c, rest) = found.ok_or_else(|| format!("a bare & in {text:?}"))?;
        out.push(c);
        out.push_str(rest);
    }
    Ok(out)
}

#[test]
fn a_page_that_is_not_well_formed_is_refused() {
    let read = |body: &str| {
        Html::read(&format!("<!DOCTYPE html><html lang=\"en\"><p>{body}</p></html>")).map(|page| page.text)
    };
    assert_eq!(read("a &lt; b<wbr><b id=\"x&gt;y\" hidden>&amp;</b>").as_deref(), Ok("a < b&"));
    for wrong in [
        "a > b",
        "a & b",
        "<b>",
        "<b></i>",
        "<b id=x></b>",
        "<b id=\"x\" id=\"y\"></b>",
        "<b",
        "<b id=\"x>y\"></b>",
        "<!-- a -->",
        "&nbsp;",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
