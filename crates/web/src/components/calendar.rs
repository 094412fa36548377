//! A month as a grid; the list by date stands before it on the page and carries the same facts.

use std::borrow::Borrow;

use askama::Template;
use jiff::civil::{Date, Weekday};
use vocabulary::date::{day_in_words, month_name};

use super::content::parts;
use super::{AsContent, Content};

/// Something on a day: its state is in words.
#[derive(Clone, Debug)]
pub struct DayEntry {
    on: Date,
    content: Content,
    href: Option<String>,
    state: String,
}

impl DayEntry {
    /// An entry with its state ("due", "met", "late by 6 days").
    pub fn new(on: impl Borrow<Date>, content: impl AsContent, state: impl std::fmt::Display) -> Self {
        Self { on: *on.borrow(), content: content.as_content(), href: None, state: state.to_string() }
    }

    /// Leads to a page.
    pub fn link(mut self, href: impl std::fmt::Display) -> Self {
        self.href = Some(href.to_string());
        self
    }
}

/// One month.
#[derive(Clone, Debug, Template)]
#[template(path = "components/calendar_month.html")]
pub struct CalendarMonth {
    first: Date,
    as_at: Date,
    entries: Vec<DayEntry>,
}

impl CalendarMonth {
    /// The month in which a day falls, with the day of the question marked.
    pub fn new(
        day_in_month: impl Borrow<Date>,
        as_at: impl Borrow<Date>,
        entries: impl IntoIterator<Item: Borrow<DayEntry>>,
    ) -> Self {
        Self {
            first: day_in_month.borrow().first_of_month(),
            as_at: *as_at.borrow(),
            entries: entries.into_iter().map(|entry| entry.borrow().clone()).collect(),
        }
    }

    fn title(&self) -> String {
        format!("{} {}", month_name(self.first.month()), self.first.year())
    }

    /// Weeks from Monday; days of other months are empty cells.
    fn weeks(&self) -> Vec<Vec<Option<Date>>> {
        let lead = self.first.weekday().since(Weekday::Monday).unsigned_abs();
        let mut cells: Vec<Option<Date>> = vec![None; usize::from(lead)];
        cells.extend(
            self.first.series(jiff::Span::new().days(1)).take_while(|day| self.holds(*day)).map(Some),
        );
        cells.resize(cells.len().next_multiple_of(7), None);
        cells.chunks(7).map(<[Option<Date>]>::to_vec).collect()
    }

    fn holds(&self, day: Date) -> bool {
        day.year() == self.first.year() && day.month() == self.first.month()
    }

    fn entries_on(&self, day: &Date) -> Vec<&DayEntry> {
        self.entries.iter().filter(|entry| entry.on == *day).collect()
    }

    fn is_as_at(&self, day: &Date) -> bool {
        *day == self.as_at
    }

    fn in_words(&self, day: &Date) -> String {
        day_in_words(*day)
    }
}

parts!(CalendarMonth);
