use std::time::Duration;

/// Returns the wait in a text: `Retry after 17 s`, `retry in 5 seconds`.
pub(crate) fn wait_in_text(text: &str) -> Option<Duration> {
    const LABELS: [&str; 4] = ["retry after ", "retry in ", "try again in ", "wait "];
    let lower = text.to_ascii_lowercase();
    LABELS.iter().find_map(|label| {
        let rest = &lower[lower.find(label)? + label.len()..];
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let amount: f64 = rest[..digits].trim_end_matches('.').parse().ok()?;
        let unit = rest[digits..].trim_start();
        let unit: String = unit.chars().take_while(char::is_ascii_alphabetic).collect();
        match unit.as_str() {
            "ms" | "millisecond" | "milliseconds" => seconds(amount / 1_000.0),
            "s" | "sec" | "secs" | "second" | "seconds" => seconds(amount),
            "m" | "min" | "mins" | "minute" | "minutes" => seconds(amount * 60.0),
            "h" | "hour" | "hours" => seconds(amount * 3_600.0),
            _ => None,
        }
    })
}

/// The maximum wait. A longer one is ignored.
const MAX_SECONDS: f64 = 31_536_000.0;

fn seconds(amount: f64) -> Option<Duration> {
    (0.0..=MAX_SECONDS).contains(&amount).then(|| Duration::from_secs_f64(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_in_every_unit() {
        assert_eq!(wait_in_text("Retry after 17 s."), Some(Duration::from_secs(17)));
        assert_eq!(wait_in_text("rate limited (retry after 250ms)"), Some(Duration::from_millis(250)));
        assert_eq!(wait_in_text("Please try again in 2 minutes"), Some(Duration::from_secs(120)));
        assert_eq!(wait_in_text("Retry after the current window resets"), None);
    }
}
