//! One page, byte for byte.

use std::{env, fs};

use mcp_error_codes::records;
use mcp_error_codes_site::Site;

use crate::Checked;

#[test]
fn the_page_of_a_code_is_the_golden_one() -> Checked {
    let file = "tests/golden/fs-011.html";
    let page = Site::new(records()).file("filesystem/fs-011.html").ok_or("no page")?;
    // One tag per line, so people can read and compare it.
    let page = page.contents().replace("><", ">\n<") + "\n";
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, &page)?;
    }
    let repair = "cargo xtask bless writes it";
    let golden = fs::read_to_string(file)?;
    let first = golden.lines().zip(page.lines()).find(|(golden, page)| golden != page);
    assert!(golden == page, "{file} is stale; {repair}; first difference: {first:?}");
    Ok(())
}
