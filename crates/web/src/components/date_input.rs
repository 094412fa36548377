//! A date typed as day, month and year; the day may be left out where only a month is known.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::answered;
use super::{AsContent, Content, ErrorMessage, Fieldset, Hint, Input, Legend};

/// Day, month or year.
#[derive(Clone, Debug, Default)]
pub struct DatePart {
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: Option<String>,
    pub(super) faulty: Option<bool>,
    pub(super) width: u8,
    pub(super) autocomplete: Option<String>,
    pub(super) input_mode: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
}

impl DatePart {
    /// A part by its name, with a box for so many digits.
    pub fn new(name: impl std::fmt::Display, label: impl std::fmt::Display, width: u8) -> Self {
        Self { name: name.to_string(), label: label.to_string(), width, ..Self::default() }
    }

    fn has_error(&self) -> bool {
        self.faulty == Some(true) || self.classes.mention("govuk-input--error")
    }
}

/// A date question. The parts send `name-day`, `name-month` and `name-year`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/date_input.html")]
pub struct DateInput {
    pub(super) id: String,
    pub(super) name_prefix: Option<String>,
    pub(super) fieldset: Option<Fieldset>,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) parts: Vec<DatePart>,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
}

impl DateInput {
    /// A full date.
    pub fn new(name: impl std::fmt::Display, legend: impl AsContent) -> Self {
        let name = name.to_string();
        Self {
            id: name.clone(),
            name_prefix: Some(name),
            fieldset: Some(
                Fieldset::new(Legend::new(legend).classes("govuk-fieldset__legend--s")).role("group"),
            ),
            parts: Self::day_month_year("Day"),
            ..Self::default()
        }
    }

    /// A date of which perhaps only the month is known.
    pub fn approximate(name: impl std::fmt::Display, legend: impl AsContent) -> Self {
        Self { parts: Self::day_month_year("Day, if known"), ..Self::new(name, legend) }
            .classes("headway-date-input--approximate")
    }

    pub(super) fn day_month_year(day: &str) -> Vec<DatePart> {
        vec![
            DatePart::new("day", day, 2),
            DatePart::new("month", "Month", 2),
            DatePart::new("year", "Year", 4),
        ]
    }

    /// What is filled in already, as it was typed.
    pub fn values(
        mut self,
        day: impl std::fmt::Display,
        month: impl std::fmt::Display,
        year: impl std::fmt::Display,
    ) -> Self {
        let typed = [day.to_string(), month.to_string(), year.to_string()];
        for (part, value) in self.parts.iter_mut().zip(typed) {
            part.value = (!value.is_empty()).then_some(value);
        }
        self
    }

    /// Marks one part, by name, as the wrong one; without this an error marks all parts.
    pub fn faulty(mut self, name: &str) -> Self {
        for part in &mut self.parts {
            if part.name == name {
                part.faulty = Some(true);
            }
        }
        self
    }

    /// Makes the legend the page's only heading.
    pub fn page_heading(mut self) -> Self {
        if let Some(fieldset) = &mut self.fieldset {
            let words = Legend { content: fieldset.legend.content.clone(), ..Legend::default() };
            fieldset.legend = words.classes("govuk-fieldset__legend--l").page_heading();
        }
        self
    }

    fn part_input(&self, part: &DatePart) -> Input {
        let name = match &self.name_prefix {
            Some(prefix) => format!("{prefix}-{}", part.name),
            None => part.name.clone(),
        };
        let mut input = Input::new(name, part.label.as_str())
            .label_classes("govuk-date-input__label")
            .id(part.id.clone().unwrap_or_else(|| format!("{}-{}", self.id, part.name)))
            .classes("govuk-date-input__input")
            .input_mode(part.input_mode.as_deref().unwrap_or("numeric"));
        let any_faulty = self.parts.iter().any(DatePart::has_error);
        let marked_by_group = part.faulty != Some(false) && self.error.is_some() && !any_faulty;
        if !part.classes.mention("govuk-input--error") && (part.has_error() || marked_by_group) {
            input.classes.add("govuk-input--error");
        }
        if !part.classes.mention("govuk-input--width-") {
            input.classes.add(format!("govuk-input--width-{}", part.width));
        }
        input.classes.add(part.classes.to_string().trim_start());
        input.attributes = part.attributes.clone();
        input.value = part.value.clone();
        input.autocomplete = part.autocomplete.clone();
        input.pattern = part.pattern.clone();
        input
    }
}

dressed!(DatePart);
dressed!(DateInput);
answered!(DateInput);
parts!(DateInput);
