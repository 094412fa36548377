//! What the forms about people share: the error beside its field, the date as typed, and both factors before pressing.

use crate::components::{Button, DateInput, Input, Problems, Select};
use crate::fields::Fields;
use crate::viewer::Viewer;

/// An input with what was typed and what is wrong with it.
pub fn input(input: Input, name: &str, typed: &Fields, problems: &Problems) -> Input {
    let input = input.value(typed.text(name));
    match problems.with_field(name) {
        Some(message) => input.error(message),
        None => input,
    }
}

/// A list with what was chosen and what is wrong with it.
pub fn select(select: Select, name: &str, typed: &Fields, problems: &Problems) -> Select {
    let select = select.chosen(typed.text(name));
    match problems.with_field(name) {
        Some(message) => select.error(message),
        None => select,
    }
}

/// A date with what was typed and what is wrong with it.
pub fn date(input: DateInput, name: &str, typed: &Fields, problems: &Problems) -> DateInput {
    let part = |part: &str| typed.text(&format!("{name}-{part}")).to_owned();
    let input = input.values(part("day"), part("month"), part("year"));
    match problems.with_field(name) {
        Some(message) => input.error(message),
        None => input,
    }
}

/// What stands in place of a form that needs both factors given again: a link that asks for them first, so that nothing
/// typed is lost. Nothing when they were just given.
pub fn confirm_first(viewer: &Viewer, then: &str) -> Option<Button> {
    let address = format!("/step-up?back={}", crate::guard::escape(&viewer.path));
    let link = || Button::link(format!("Confirm it’s you, then {then}"), address).secondary();
    (!viewer.actor.stepped_up()).then(link)
}
