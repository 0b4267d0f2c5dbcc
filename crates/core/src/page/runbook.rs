use super::{Block, Text, Title, part, section};
use crate::{Record, Section};

impl Record {
    /// Returns the runbook of the code, for the engineer who is paged: what happened, what to do at once, and what to do after that.
    ///
    /// It is the part of the [`page`](Self::page) that an engineer on call needs, in the order of the work.
    #[inline]
    pub fn runbook(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        let is_procedure = |section: &&Section| section.title.starts_with("Emergency");
        let context = self.context.map(|context| Block::Paragraph(Text::Prose(context)));
        [Block::Heading(1, Title::Runbook(self)), Block::Paragraph(Text::Prose(self.summary))]
            .into_iter()
            .chain(context)
            .chain(part(2, Title::Alert, [Block::Paragraph(Text::Alert(self))]))
            .chain(self.sections.iter().filter(is_procedure).flat_map(section))
            .chain(part(2, Title::Diagnostics, [Block::Commands(self.diagnostics)]))
            .chain(part(2, Title::Causes, [Block::List(self.causes)]))
            .chain(part(2, Title::Resolution, [Block::Steps(self.resolution)]))
            .chain(part(2, Title::Recovery, [Block::Commands(self.recovery)]))
            .chain(part(2, Title::Related, [Block::Links(self.related)]))
    }
}
