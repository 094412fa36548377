//! What happened, the newest first (MoJ timeline).

use askama::Template;

use super::content::parts;
use super::{AsContent, Content};

/// One event: its date is given to the precision known, so no clock time is made up.
#[derive(Clone, Debug, Default)]
pub struct TimelineItem {
    title: Content,
    by: Option<String>,
    machine_date: String,
    date: String,
    content: Option<Content>,
}

impl TimelineItem {
    /// An event with its date for machines (`2026-06-04` or `2026-06`) and in words.
    pub fn new(
        title: impl AsContent,
        machine_date: impl std::fmt::Display,
        date: impl std::fmt::Display,
    ) -> Self {
        Self {
            title: title.into_content(),
            machine_date: machine_date.to_string(),
            date: date.to_string(),
            ..Self::default()
        }
    }

    /// Who did it.
    pub fn by(mut self, name: impl std::fmt::Display) -> Self {
        self.by = Some(name.to_string());
        self
    }

    /// What was done.
    pub fn content(mut self, content: impl AsContent) -> Self {
        self.content = Some(content.into_content());
        self
    }
}

impl From<&Self> for TimelineItem {
    fn from(item: &Self) -> Self {
        item.clone()
    }
}

/// A history.
#[derive(Clone, Debug, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    items: Vec<TimelineItem>,
    heading_level: u8,
}

impl Timeline {
    /// Events in the order given; each title is a heading of level 3.
    pub fn new(items: impl IntoIterator<Item: Into<TimelineItem>>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect(), heading_level: 3 }
    }

    /// Another heading level than 3.
    pub fn heading_level(mut self, level: u8) -> Self {
        self.heading_level = level;
        self
    }
}

parts!(Timeline);
