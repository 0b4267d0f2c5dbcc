use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Returns a parser for the words of a closed vocabulary that ignores case. Completions and help list the words.
pub(crate) fn one_of<T>(
    all: impl IntoIterator<Item = T>,
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let all: Vec<T> = all.into_iter().collect();
    let parser = PossibleValuesParser::new(all.iter().map(|value| word(*value)));
    parser.try_map(move |typed| {
        let found = all.iter().copied().find(|value| word(*value).eq_ignore_ascii_case(&typed));
        found.ok_or_else(|| format!("{typed:?} is not one of the possible values"))
    })
}
