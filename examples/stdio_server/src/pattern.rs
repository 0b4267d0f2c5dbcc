//! Name patterns: `*` stands for any characters, `?` for one.

/// Returns whether the whole name matches the pattern. The time is at most proportional to the product of both lengths.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut in_pattern, mut in_name) = (0, 0);
    // Where matching continues if the last star takes one more character.
    let mut again = None;
    while in_name < name.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                again = Some((in_pattern + 1, in_name));
                in_pattern += 1;
            }
            Some(&c) if c == '?' || c == name[in_name] => {
                in_pattern += 1;
                in_name += 1;
            }
            _ => {
                let Some((behind_star, taken)) = again else { return false };
                again = Some((behind_star, taken + 1));
                in_pattern = behind_star;
                in_name = taken + 1;
            }
        }
    }
    pattern[in_pattern..].iter().all(|&c| c == '*')
}
