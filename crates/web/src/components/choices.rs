//! Radios and checkboxes.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::answered;
use super::{AsContent, Content, ErrorMessage, Fieldset, Hint, Html, Label, Legend};

/// One answer that can be picked, or a divider between answers.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub(super) value: String,
    pub(super) label: Label,
    pub(super) hint: Option<Hint>,
    pub(super) picked: Option<bool>,
    pub(super) disabled: bool,
    pub(super) excludes_others: bool,
    pub(super) conditional: Option<Html>,
    pub(super) divider: Option<String>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) attributes: Attributes,
}

impl Choice {
    /// An answer with the value it sends.
    pub fn new(value: impl std::fmt::Display, text: impl AsContent) -> Self {
        Self { value: value.to_string(), label: Label::new(text), ..Self::default() }
    }

    /// A word between answers, for instance "or".
    pub fn divider(word: impl std::fmt::Display) -> Self {
        Self { divider: Some(word.to_string()), ..Self::default() }
    }

    /// Help under the answer.
    pub fn hint(mut self, content: impl AsContent) -> Self {
        self.hint = Some(Hint::new(content));
        self
    }

    /// Whether it is picked already.
    pub fn picked(mut self, picked: bool) -> Self {
        self.picked = Some(picked);
        self
    }

    /// Cannot be picked; say in words why.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// Clears the others when picked ("None of these"), where scripting is on.
    pub fn excludes_others(mut self) -> Self {
        self.excludes_others = true;
        self
    }

    /// A question that follows from this answer; without scripting it is always shown.
    pub fn asks(mut self, part: impl AsContent) -> Self {
        self.conditional = Some(Html::written(part.as_content().to_string()));
        self
    }

    /// Sets the id.
    pub fn id(mut self, id: impl std::fmt::Display) -> Self {
        self.id = Some(id.to_string());
        self
    }
}

/// A group of radios (one answer) or checkboxes (any number).
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/choices.html")]
pub struct Choices {
    pub(super) family: &'static str,
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) fieldset: Option<Fieldset>,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) choices: Vec<Choice>,
    pub(super) chosen: Vec<String>,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
}

impl Choices {
    /// One answer out of a few.
    pub fn radios(name: impl std::fmt::Display, legend: impl AsContent) -> Self {
        Self::of("radios", "radio", name)
            .fieldset(Fieldset::new(Legend::new(legend).classes("govuk-fieldset__legend--s")))
    }

    /// Any number of answers.
    pub fn checkboxes(name: impl std::fmt::Display, legend: impl AsContent) -> Self {
        Self::of("checkboxes", "checkbox", name)
            .fieldset(Fieldset::new(Legend::new(legend).classes("govuk-fieldset__legend--s")))
    }

    pub(super) fn of(family: &'static str, kind: &'static str, name: impl std::fmt::Display) -> Self {
        let name = name.to_string();
        Self { family, kind, id: name.clone(), name, ..Self::default() }
    }

    pub(super) fn fieldset(mut self, fieldset: Fieldset) -> Self {
        self.fieldset = Some(fieldset);
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

    /// Adds an answer with the value it sends.
    pub fn choice(self, value: impl std::fmt::Display, text: impl AsContent) -> Self {
        self.choice_part(Choice::new(value, text))
    }

    /// Adds an answer part.
    pub fn choice_part(mut self, choice: impl Borrow<Choice>) -> Self {
        self.choices.push(choice.borrow().clone());
        self
    }

    /// Adds many answers.
    pub fn choices(mut self, choices: impl IntoIterator<Item: Borrow<Choice>>) -> Self {
        self.choices.extend(choices.into_iter().map(|choice| choice.borrow().clone()));
        self
    }

    /// A value that is picked already; call once for each.
    pub fn chosen(mut self, value: impl std::fmt::Display) -> Self {
        self.chosen.push(value.to_string());
        self
    }

    /// Smaller, for filters and tables.
    pub fn small(self) -> Self {
        let class = format!("govuk-{}--small", self.family);
        self.classes(class)
    }

    /// Side by side, for two short answers.
    pub fn inline(self) -> Self {
        let class = format!("govuk-{}--inline", self.family);
        self.classes(class)
    }

    fn choice_id(&self, choice: &Choice, number: &usize) -> String {
        match (&choice.id, number) {
            (Some(id), _) => id.clone(),
            (None, 1) => self.id.clone(),
            (None, number) => format!("{}-{number}", self.id),
        }
    }

    fn is_picked(&self, choice: &Choice) -> bool {
        choice.picked.unwrap_or_else(|| self.chosen.contains(&choice.value))
    }

    /// Checkboxes outside a fieldset each carry the description of the group themselves.
    fn choice_describing(&self, choice: &Choice, number: &usize) -> String {
        let mut ids = Vec::new();
        if self.fieldset.is_none() && self.kind == "checkbox" {
            ids.push(self.describing());
        }
        if choice.hint.is_some() {
            ids.push(format!("{}-item-hint", self.choice_id(choice, number)));
        }
        ids.retain(|id| !id.is_empty());
        ids.join(" ")
    }

    fn choice_label(&self, choice: &Choice, number: &usize) -> Label {
        let mut label = Label::new(&choice.label.content)
            .classes(format!("govuk-{}__label", self.family))
            .for_input(self.choice_id(choice, number));
        label.classes.add(choice.label.classes.to_string().trim_start());
        label.attributes.extend(&choice.label.attributes);
        label
    }

    fn choice_hint(&self, choice: &Choice, number: &usize) -> Option<Hint> {
        let hint = choice.hint.as_ref()?;
        let mut shown = Hint::new(&hint.content)
            .id(format!("{}-item-hint", self.choice_id(choice, number)))
            .classes(format!("govuk-{}__hint", self.family));
        shown.classes.add(hint.classes.to_string().trim_start());
        shown.attributes.extend(&hint.attributes);
        Some(shown)
    }
}

dressed!(Choices);
answered!(Choices);
parts!(Choices);
