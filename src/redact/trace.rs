//! Stack traces in messages.

/// The first words of stack traces.
const HEADS: [&str; 9] = [
    "Traceback (most recent call last)",
    "goroutine ",
    "stack backtrace:",
    "Stack trace:",
    "stack trace:",
    "Backtrace:",
    "Call Stack:",
    "Caused by: ",
    "#0 ",
];

/// Returns where the stack trace in a message starts, or `None` if there is none.
///
/// The text before that position is the message; the rest is for the log only. A line break before the trace belongs to
/// the trace.
#[must_use]
pub fn find_stack_trace(message: &str) -> Option<usize> {
    let mut start = 0;
    for line in message.split_inclusive('\n') {
        // A single location, `at main.rs:1`, is not a trace.
        let is_alone = start == 0 && line.len() == message.len() && !line.contains('(');
        if is_frame(line.trim()) && !is_alone || begins_trace(line.trim()) {
            return Some(message[..start].trim_end().len());
        }
        if let Some(at) = inline(line) {
            return Some(message[..start + at].trim_end().len());
        }
        start += line.len();
    }
    None
}

/// Returns whether a line is the head of a trace.
fn begins_trace(line: &str) -> bool {
    let Some(head) = HEADS.iter().find(|head| line.starts_with(**head)) else {
        return line.starts_with("thread '") && line.contains(" panicked at ");
    };
    match *head {
        "goroutine " => line.ends_with("]:") || line.ends_with(']'),
        "Caused by: " => false,
        "#0 " => line.contains('(') || line.contains(" at "),
        _ => true,
    }
}

/// Returns whether a line is a frame.
fn is_frame(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("at ") else {
        return is_python_frame(line);
    };
    // `at f (file.js:1:2)`, `at file.js:1:2`, `at com.acme.Main.main(Main.java:12)`, `at System.Number.Throw() in x.cs:line 3`
    let place = rest.rsplit(['(', ' ']).next().unwrap_or(rest).trim_end_matches([')', ',']);
    let mut parts = place.rsplitn(3, ':');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let has_place = is_number(parts.next()) && place.contains(['.', '/', ':']) && place.contains(':');
    has_place
        || ["(Native Method)", "(Unknown Source)", "(<anonymous>)", "(native)"].iter().any(|own| rest.ends_with(own))
        || rest.contains(":line ")
        || rest.contains('.')
            && rest.ends_with(')')
            && !rest.contains(", ")
            && rest.split('(').next().is_some_and(|name| !name.trim().contains(' '))
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
    head.chain(frame).min()
}

/// Returns whether a frame has a file, a line and possibly a column in parentheses: `at f (file.js:1:2)`.
fn is_placed(frame: &str) -> bool {
    let place = frame.rsplit('(').next().unwrap_or("").trim_end_matches(')');
    let mut parts = place.rsplit(':');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_number) && place.contains(['.', '/'])
}
