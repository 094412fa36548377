//! Tables of data: always a caption, scoped headings, figures to the right, readable at 320 pixels.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content};

/// The heading of a column.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    pub(super) content: Content,
    pub(super) format: Option<String>,
    pub(super) colspan: Option<u16>,
    pub(super) rowspan: Option<u16>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Heading {
    /// A column of words.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.into_content(), ..Self::default() }
    }

    /// A column of figures, set to the right.
    pub fn numeric(content: impl AsContent) -> Self {
        Self { format: Some("numeric".to_owned()), ..Self::new(content) }
    }

    /// Can be sorted by, where scripting is on.
    pub fn sortable(self) -> Self {
        self.attribute("aria-sort", "none")
    }
}

dressed!(Heading);

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub(super) content: Content,
    pub(super) format: Option<String>,
    pub(super) colspan: Option<u16>,
    pub(super) rowspan: Option<u16>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl Cell {
    /// Words, or a part.
    pub fn new(content: impl AsContent) -> Self {
        Self { content: content.into_content(), ..Self::default() }
    }

    /// A figure, set to the right.
    pub fn numeric(content: impl AsContent) -> Self {
        Self { format: Some("numeric".to_owned()), ..Self::new(content) }
    }

    /// What the column sorts by, when that is not the words (a date as `2026-06-04`).
    pub fn sorts_as(self, value: impl std::fmt::Display) -> Self {
        self.attribute("data-sort-value", value)
    }
}

dressed!(Cell);

/// A table.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    pub(super) caption: Option<String>,
    pub(super) caption_classes: Classes,
    pub(super) headings: Option<Vec<Heading>>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) first_cell_is_heading: bool,
    pub(super) scrolls_under: Option<String>,
    pub(super) stacks: bool,
    classes: Classes,
    attributes: Attributes,
}

impl Table {
    /// A table under its caption.
    pub fn new(caption: impl std::fmt::Display) -> Self {
        let mut table = Self { caption: Some(caption.to_string()), ..Self::default() };
        table.caption_classes.add("govuk-table__caption--m");
        table
    }

    /// The headings of its columns.
    pub fn headings(mut self, headings: impl IntoIterator<Item: Borrow<Heading>>) -> Self {
        self.headings = Some(headings.into_iter().map(|heading| heading.borrow().clone()).collect());
        self
    }

    /// Adds a row.
    pub fn row(mut self, cells: impl IntoIterator<Item: Borrow<Cell>>) -> Self {
        self.rows.push(cells.into_iter().map(|cell| cell.borrow().clone()).collect());
        self
    }

    /// Adds many rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The first cell names its row.
    pub fn first_cell_is_heading(mut self) -> Self {
        self.first_cell_is_heading = true;
        self
    }

    /// Headings marked sortable sort the table, where scripting is on.
    pub fn sortable(self) -> Self {
        self.attribute("data-module", "moj-sortable-table")
    }

    /// A wide table scrolls sideways in a region of its own; the id names its caption and must be the only one.
    pub fn scrolls(mut self, id: impl std::fmt::Display) -> Self {
        self.scrolls_under = Some(id.to_string());
        self
    }

    /// On a narrow screen each row becomes a block, each cell with its heading before it.
    pub fn stacks(mut self) -> Self {
        self.stacks = true;
        self.classes("headway-table--stacks")
    }

    /// The heading over a cell, repeated beside it when rows are stacked.
    fn heading_of(&self, column: &usize) -> Option<&Content> {
        if !self.stacks {
            return None;
        }
        let heading = self.headings.as_ref()?.get(*column)?;
        Some(&heading.content).filter(|content| !content.is_empty())
    }
}

dressed!(Table);
parts!(Table);
