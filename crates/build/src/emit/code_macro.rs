//! The macro `code!`: a table from texts to the paths of constants.

use std::fmt::Write;

use crate::emit::options::Options;
use crate::emit::write::Written;
use crate::name;
use crate::order::Ordered;

/// Writes the macro.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    let root = &options.root;
    out.push_str("#[doc(hidden)]\n#[macro_export]\n#[rustfmt::skip]\n#[allow(unused_macros)]\nmacro_rules! __code {\n");
    for entry in &registry.entries {
        let record = &entry.record;
        let path = format!("{root}::{}::{}", record.system.module, name::constant(record.name));
        if entry.has_bare_text {
            writeln!(out, "    ({:?}) => {{ {path} }};", record.code)?;
        }
        writeln!(out, "    (\"{}\") => {{ {path} }};", record.full_name())?;
    }
    // In expressions and patterns, this is a constant that the compiler cannot evaluate; the reason names the nearest code.
    writeln!(out, "    ($other:literal) => {{\n        {root}::__NoCode::<{{")?;
    writeln!(out, "            {root}::Code::__no_code(::core::stringify!($other), ::core::concat!($other))")?;
    out.push_str("        }>::CODE\n    };\n}\n");
    writeln!(out, "#[doc = {DOC:?}]")?;
    out.push_str("#[doc(inline)]\n#[allow(unreachable_pub, unused_imports)]\npub use __code as code;\n");
    Ok(())
}

/// The documentation of the macro.
const DOC: &str = "\
Returns the constant of a code by its text: `code!(\"FS-001\")` is the path of the constant, in expressions and in patterns.

`system:text` works too. An unknown text is a compile error: `unknown error code \"FS-01\"; did you mean \"FS-001\"?`. A deprecated
code warns, as its constant does.
";
