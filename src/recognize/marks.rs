use std::ops::Range;

/// A position in a text where one of the searched strings occurs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    pub(crate) pattern: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// All positions in a text where one of the searched strings occurs, sorted by their ends.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
}

impl Marks {
    pub(crate) fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_unstable_by_key(|mark| mark.end);
        Self { marks }
    }

    /// Returns the marks in a range.
    pub(crate) fn within(&self, range: &Range<usize>) -> impl Iterator<Item = Mark> + '_ {
        let first = self.marks.partition_point(|mark| mark.end <= range.start);
        let (start, end) = (range.start, range.end);
        self.marks[first..]
            .iter()
            .copied()
            .take_while(move |mark| mark.end <= end)
            .filter(move |mark| mark.start >= start)
    }

    /// Returns whether there is a mark in a range.
    pub(crate) fn has_any(&self, range: &Range<usize>) -> bool {
        self.within(range).next().is_some()
    }
}
