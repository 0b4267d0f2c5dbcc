//! Prints the medians of a benchmark and whether each target is met.

/// A target for our time.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// We are at least this many times as fast as another contestant.
    Faster(&'static str, f64),
    /// We take at most this many times as long as another contestant.
    Within(&'static str, f64),
    /// We take at most this many times as long as the fastest of the others, except the limit.
    WithinBest(f64),
    /// We take at most this many nanoseconds.
    Nanoseconds(f64),
}

/// Returns the median of the measurements.
#[must_use]
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Returns the processor time of this program so far, in nanoseconds. Only Linux reports it.
#[must_use]
pub fn busy() -> Option<f64> {
    std::fs::read_to_string("/proc/self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

/// Prints the medians, ours first, and whether they meet the targets.
pub fn print(question: &str, medians: &[(&str, f64)], targets: &[Target]) {
    let (_, ours) = medians[0];
    println!("\n{question}");
    for (name, median) in medians {
        println!("  {name:<28} {median:>12.2} ns {:>10.2} of ours", median / ours);
    }
    let of = |name: &str| medians.iter().find(|(other, _)| *other == name).map_or(f64::NAN, |(_, median)| *median);
    for target in targets {
        let (claim, met) = match *target {
            Target::Faster(name, least) => {
                let ratio = of(name) / ours;
                (format!("{ratio:.2} times as fast as {name}, target at least {least}"), ratio >= least)
            }
            Target::Within(name, most) => {
                let ratio = ours / of(name);
                (format!("{ratio:.2} times as long as {name}, target at most {most}"), ratio <= most)
            }
            Target::WithinBest(most) => {
                let others = medians[1..].iter().filter(|(name, _)| !name.starts_with("limit"));
                let best = others.map(|(_, median)| *median).fold(f64::INFINITY, f64::min);
                let ratio = ours / best;
                (format!("{ratio:.2} times as long as the best peer, target at most {most}"), ratio <= most)
            }
            Target::Nanoseconds(most) => (format!("{ours:.2} ns, target about {most}"), ours <= most * 1.5),
        };
        println!("  {} {claim}", if met { "met:   " } else { "MISSED:" });
    }
}
