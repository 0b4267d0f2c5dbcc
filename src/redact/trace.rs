//! Stack traces in messages.

use super::run::trailing;

/// The first words of stack traces. Case makes no difference.
const HEADS: [&str; 17] = [
    "traceback (most recent call last)",
    "goroutine ",
    "stack backtrace:",
    "stack trace:",
    "stacktrace:",
    "stack traceback:",
    "backtrace:",
    "call stack:",
    "call trace:",
    "callstack (from ",
    "full thread dump",
    "#0 ",
    "raised at ",
    "called from ",
    "re-raised at ",
    "thread '",
    "thread ",
];

/// Returns where the stack trace in a message starts, or `None` if there is none.
///
/// The text before that position is the message; the rest is for the log only. A line break before the trace belongs to
/// the trace.
#[must_use]
pub fn find_stack_trace(message: &str) -> Option<usize> {
    // Every trace has several words, or is a structure of Erlang. Most values are one word.
    if !message.bytes().any(|byte| byte.is_ascii_whitespace() || byte == b'{') {
        return None;
    }
    let (mut start, mut before) = (0, 0);
    for line in message.split_inclusive('\n') {
        // A single location, `at main.rs:1`, is not a trace.
        let is_alone = start == 0 && line.len() == message.len() && !line.contains('(');
        let own = line.trim();
        if is_frame(own) && !is_alone || begins_trace(own) || start > 0 && is_later_frame(own) {
            // In Go, the line before a place names the function.
            let start = if is_go_place(own) && before > 0 { before } else { start };
            return Some(message[..start].trim_end().len());
        }
        if let Some(at) = inline(line) {
            return Some(message[..start + at].trim_end().len());
        }
        (before, start) = (start, start + line.len());
    }
    None
}

/// Returns whether a line is the head of a trace.
fn begins_trace(line: &str) -> bool {
    let starts = |head: &str| line.get(..head.len()).is_some_and(|own| own.eq_ignore_ascii_case(head));
    if line.starts_with("-----") && line.contains("tack trace") {
        return true;
    }
    let Some(head) = HEADS.iter().find(|head| starts(head)) else {
        // `At C:\a.ps1:3 char:5` in PowerShell, `Calls: f -> g` in R.
        return line.starts_with("At ") && line.contains(" char:")
            || line.starts_with("Calls: ") && line.contains(" -> ");
    };
    match *head {
        "goroutine " => line.ends_with("]:") || line.ends_with(']'),
        "#0 " => line.contains('(') || line.contains(" at ") || line.contains(" in "),
        "raised at " | "called from " | "re-raised at " => line.contains(" line ") || line.contains(" file "),
        "thread '" => line.contains(" panicked at "),
        // `Thread 0 Crashed:`, `Thread 1 crashed:`
        "thread " => {
            line[head.len()..].trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with(['c', 'C'])
                && line.to_ascii_lowercase().contains(" crashed:")
        }
        _ => true,
    }
}

/// Returns whether a text ends with a line number, and possibly a column: `a.js:3`, `a.js:3:9`.
fn ends_with_place(text: &str) -> bool {
    let number = |text: &'_ str| {
        let digits = trailing(text.as_bytes(), usize::MAX, u8::is_ascii_digit);
        (digits > 0).then(|| text.len() - digits)
    };
    let rest = number(text).and_then(|at| text[..at].strip_suffix(':'));
    rest.is_some_and(|rest| rest.contains(['.', '/']))
}

/// Returns whether a line is a frame.
fn is_frame(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("at ") else {
        return is_python_frame(line);
    };
    // `at f (file.js:1:2)`, `at file.js:1:2`, `at com.acme.Main.main(Main.java:12)`, `at System.Number.Throw() in x.cs:line 3`
    let place = rest.rsplit(['(', ' ']).next().unwrap_or(rest).trim_end_matches([')', ',']);
    ends_with_place(place)
        || ["(Native Method)", "(Unknown Source)", "(<anonymous>)", "(native)"].iter().any(|own| rest.ends_with(own))
        || rest.starts_with("async ")
        || rest.contains(":line ")
        || rest.contains(": line ")
        // `at app!main+0x12`, `at 0   app.kexe   0x00010 kfun:main`
        || rest.contains("+0x")
        || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(" 0x")
        || rest.contains('.')
            && rest.ends_with(')')
            && !rest.contains(", ")
            && rest.split('(').next().is_some_and(|name| !name.trim().contains(' '))
}

/// Returns whether a line is a frame if it follows another line. A message may begin with such a place.
fn is_later_frame(line: &str) -> bool {
    let from = line.strip_prefix("from ").unwrap_or(line);
    let is_numbered = line.starts_with(|c: char| c.is_ascii_digit());
    // Rust: `0: std::backtrace::Backtrace::create`
    let is_rust = is_numbered
        && line.split_once(": ").is_some_and(|(number, path)| {
            number.bytes().all(|byte| byte.is_ascii_digit()) && path.contains("::") && !path.contains(' ')
        });
    // Ruby and Crystal: `from a.rb:3:in 'f'`, `from a.cr:3:5 in 'f'`
    let is_ruby = [":in `", ":in '", " in '"]
        .iter()
        .any(|mark| from.split_once(mark).is_some_and(|(place, _)| ends_with_place(place)));
    // Elixir: `(app 0.1.0) lib/app.ex:3: App.f/1`
    let is_elixir = [".ex:", ".exs:", ".erl:"].iter().any(|mark| {
        line.split_once(mark).is_some_and(|(_, rest)| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(": ")
                && rest.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    // Erlang: `in function  app:f/1 (src/app.erl, line 12)`
    let is_erlang = ["in function ", "in call from "].iter().any(|mark| line.starts_with(mark)) && line.contains(':');
    // Perl: `main::f(1) called at /app/a.pl line 9`
    let is_perl = line.contains(" called at ") && line.contains(" line ");
    // Firefox and Safari: `f@http://host/a.js:3:5`
    let is_browser = line.split_once('@').is_some_and(|(_, place)| place.contains("://") && ends_with_place(place));
    // Crashes of native programs: `0   App   0x0000000104 main + 12`, `libc.so.6(+0x3ef)[0x7f]`, `a.zig:3:5: 0x1 in main`
    let is_native = is_numbered && line.contains(" 0x") && line.split(' ').count() > 3
        || line.ends_with(']') && line.contains("[0x")
        || line.contains(": 0x") && line.contains(" in ");
    is_rust || is_ruby || is_elixir || is_erlang || is_perl || is_browser || is_native || is_go_place(line)
}

/// Returns whether a line is a place in Go: `/app/main.go:8 +0x25`.
fn is_go_place(line: &str) -> bool {
    line.split_once(".go:")
        .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(" +0x"))
}

fn is_python_frame(line: &str) -> bool {
    line.starts_with("File \"") && line.contains("\", line ")
}

/// Finds a trace in the line of the message: `Error: x at f (file.js:1:2)`, `x\n    at f (..)`.
fn inline(line: &str) -> Option<usize> {
    // Each head with a byte at or shortly after its start: most strings contain none of these bytes.
    let heads = [
        (b'(', "Traceback (most recent call last)"),
        (b'\'', "thread '"),
        (b'[', "goroutine "),
        (b':', "stack backtrace:"),
    ];
    let bytes = line.as_bytes();
    let is_there = |(byte, head): &(u8, &str)| bytes.len() >= head.len() && bytes.contains(byte);
    let head = heads.iter().filter(|head| is_there(head)).filter_map(|(_, head)| {
        let at = line.find(head)?;
        let rest = line[at..].trim_end();
        let fits = match *head {
            "thread '" => rest.contains(" panicked at "),
            "goroutine " => {
                let number = rest.strip_prefix("goroutine ");
                number.is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(" ["))
            }
            _ => true,
        };
        fits.then_some(at)
    });
    let places = bytes.contains(&b'(').then(|| line.match_indices("at ").take(64));
    let frame = places.into_iter().flatten().find_map(|(at, _)| {
        let before = &line[..at];
        let is_start = before.ends_with([' ', '\t']) || before.ends_with("\\n") || before.ends_with("\\t");
        let rest = &line[at + 3..];
        let end = rest
            .bytes()
            .take(512)
            .position(|byte| matches!(byte, b')' | b'\n' | b'\\'))
            .map_or(rest.len(), |end| end + 1);
        let frame = line.get(at..at + 3 + end)?;
        (is_start && frame.ends_with(')') && frame.contains('(') && is_placed(frame))
            .then(|| before.trim_end_matches(['\\', 'n', 't', ' ']).len().min(at))
    });
    head.chain(frame).chain(erlang(line)).min()
}

/// Finds the trace in a term of Erlang: `{badarg,[{app,f,1,[{file,"app.erl"},{line,12}]}]}`.
fn erlang(line: &str) -> Option<usize> {
    let place = line.find("{file,\"").filter(|at| line[*at..].contains("{line,"))?;
    line[..place].find("[{")
}

/// Returns whether a frame has a file, a line and possibly a column in parentheses: `at f (file.js:1:2)`.
fn is_placed(frame: &str) -> bool {
    let place = frame.rsplit('(').next().unwrap_or("").trim_end_matches(')');
    let mut parts = place.rsplit(':');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_number) && place.contains(['.', '/'])
}
