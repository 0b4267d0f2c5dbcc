//! The macro `code!`, which finds a constant by its text while the program is compiled.

use std::fmt::Write;

use crate::emit::options::Options;
use crate::emit::write::Written;
use crate::name;
use crate::order::Ordered;

/// Writes the macro. Only a deprecated code has an arm of its own: the path of its constant, which warns. Arms for thousands of codes
/// would be a tenth of the source.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    let root = &options.root;
    out.push_str("#[doc(hidden)]\n#[macro_export]\n#[rustfmt::skip]\n#[allow(unused_macros)]\nmacro_rules! __code {\n");
    for entry in registry.entries.iter().filter(|entry| entry.record.is_deprecated()) {
        let record = &entry.record;
        let path = format!("{root}::{}::{}", record.system.module, name::constant(record.name));
        if entry.has_bare_text {
            writeln!(out, "    ({:?}) => {{ {path} }};", record.code)?;
        }
        writeln!(out, "    (\"{}\") => {{ {path} }};", record.full_name())?;
    }
    // In expressions and in patterns, this is a constant. For an unknown text, the compiler cannot evaluate it, and the reason names
    // the nearest code.
    writeln!(out, "    ($text:literal) => {{\n        {root}::__CodeAt::<{{")?;
    writeln!(out, "            {root}::Code::__position(::core::stringify!($text), ::core::concat!($text))")?;
    out.push_str("        }>::CODE\n    };\n}\n");
    writeln!(out, "#[doc = {DOC:?}]")?;
    out.push_str("#[doc(inline)]\n#[allow(unreachable_pub, unused_imports)]\npub use __code as code;\n");
    Ok(())
}

/// The documentation of the macro.
const DOC: &str = "\
Returns the constant of a code by its text: `code!(\"FS-001\")`, in expressions and in patterns.

`system:text` works too. An unknown text is a compile error: `unknown error code \"FS-01\"; did you mean \"FS-001\"?`. A deprecated
code warns, as its constant does.
";
