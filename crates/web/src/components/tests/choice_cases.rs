//! From the options of the published form components to our questions.

use askama::Template;

use super::cases::{error_part, fieldset_part, hint_part, label_part};
use super::options::{Options, dress};
use crate::components::*;

fn print(part: impl Template) -> Option<String> {
    part.render().ok()
}

/// The options that every question has.
macro_rules! question {
    ($part:expr, $options:expr) => {{
        let options = &mut *$options;
        let mut part = dress!($part, options);
        if let Some(id) = options.words("id").or_else(|| options.words("idPrefix")) {
            part = part.id(id);
        }
        if let Some(mut within) = options.within("hint") {
            part = part.hint_part(hint_part(&mut within));
        }
        if let Some(mut within) = options.within("errorMessage") {
            part = part.error_part(error_part(&mut within));
        }
        if let Some(ids) = options.words("describedBy") {
            part.described_by = ids;
        }
        if let Some(mut within) = options.within("formGroup") {
            part.group_classes.add(within.words("classes").unwrap_or_default());
            for (name, value) in within.pairs("attributes") {
                part.group_attributes.set(name, value);
            }
            for key in ["beforeInput", "beforeInputs"] {
                part.before = within.within(key).and_then(|mut before| before.content()).or(part.before);
            }
            for key in ["afterInput", "afterInputs"] {
                part.after = within.within(key).and_then(|mut after| after.content()).or(part.after);
            }
        }
        part
    }};
}

macro_rules! labelled_question {
    ($part:ident, $options:expr) => {{
        let name = $options.words("name")?;
        let mut part = question!($part::new(name, ""), $options);
        if let Some(mut within) = $options.within("label") {
            part = part.label_part(label_part(&mut within));
        }
        part
    }};
}

fn affix(options: &mut Options, key: &str) -> Option<Affix> {
    let mut within = options.within(key)?;
    let content = within.content()?;
    Some(dress!(Affix::new(content), within))
}

pub fn input(options: &mut Options) -> Option<String> {
    let mut part = labelled_question!(Input, options);
    part.kind = options.words("type").unwrap_or(part.kind);
    part.value = options.words("value");
    part.autocomplete = options.words("autocomplete");
    part.autocapitalize = options.words("autocapitalize");
    part.input_mode = options.words("inputmode");
    part.pattern = options.words("pattern");
    part.spellcheck = options.maybe_flag("spellcheck");
    part.disabled = options.flag("disabled");
    part.prefix = affix(options, "prefix");
    part.suffix = affix(options, "suffix");
    if let Some(mut wrapper) = options.within("inputWrapper") {
        part.wrapper_classes.add(wrapper.words("classes").unwrap_or_default());
        for (name, value) in wrapper.pairs("attributes") {
            part.wrapper_attributes.set(name, value);
        }
    }
    print(part)
}

pub fn password_input(options: &mut Options) -> Option<String> {
    let name = options.words("name")?;
    let mut part = question!(Input::password(name, ""), options).with_password_toggle();
    if let Some(mut within) = options.within("label") {
        part = part.label_part(label_part(&mut within));
    }
    part.value = options.words("value");
    part.autocomplete = options.words("autocomplete").or(part.autocomplete);
    print(part)
}

pub fn textarea(options: &mut Options) -> Option<String> {
    let mut part = labelled_question!(Textarea, options);
    part.value = options.words("value").unwrap_or_default();
    part.rows = options.number("rows").unwrap_or(part.rows);
    part.autocomplete = options.words("autocomplete");
    part.spellcheck = options.maybe_flag("spellcheck");
    part.disabled = options.flag("disabled");
    print(part)
}

pub fn character_count(options: &mut Options) -> Option<String> {
    let mut part = labelled_question!(Textarea, options);
    part.value = options.words("value").unwrap_or_default();
    part.rows = options.number("rows").unwrap_or(part.rows);
    part.spellcheck = options.maybe_flag("spellcheck");
    let (characters, words) = (options.number("maxlength"), options.number("maxwords"));
    match (characters, words) {
        (Some(limit), None) => print(part.at_most_characters(limit.into())),
        (None, Some(limit)) => print(part.at_most_words(limit.into())),
        _ => None,
    }
}

pub fn select(options: &mut Options) -> Option<String> {
    let mut part = labelled_question!(Select, options);
    part.chosen = options.words("value");
    part.disabled = options.flag("disabled");
    for mut item in options.list("items").unwrap_or_default() {
        let value = item.take("value").map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        let mut option =
            SelectOption { value, text: item.words("text").unwrap_or_default(), ..SelectOption::default() };
        option.selected = item.maybe_flag("selected");
        option.disabled = item.flag("disabled");
        for (name, value) in item.pairs("attributes") {
            option.attributes.set(name, value);
        }
        part = part.option_part(option);
    }
    print(part)
}

pub fn file_upload(options: &mut Options) -> Option<String> {
    let mut part = labelled_question!(FileUpload, options);
    part.multiple = options.flag("multiple");
    part.disabled = options.flag("disabled");
    part.drop_zone = options.flag("javascript");
    // A file input takes no value; the published template ignores this option.
    options.take("value");
    print(part)
}

fn choice(options: &mut Options) -> Choice {
    let mut choice =
        Choice::new(options.words("value").unwrap_or_default(), options.content().unwrap_or_default());
    if let Some(mut label) = options.within("label") {
        choice.label = dress!(choice.label, label);
    }
    choice.hint =
        options.within("hint").map(|mut hint| hint_part(&mut hint)).filter(|hint| !hint.content.is_empty());
    choice.picked = options.maybe_flag("checked");
    choice.disabled = options.flag("disabled");
    choice.divider = options.words("divider");
    choice.id = options.words("id");
    choice.name = options.words("name");
    choice.excludes_others = options.words("behaviour").as_deref() == Some("exclusive");
    choice.conditional =
        options.within("conditional").and_then(|mut within| within.words("html")).map(Html::written);
    for (name, value) in options.pairs("attributes") {
        choice.attributes.set(name, value);
    }
    choice
}

fn choices(family: &'static str, kind: &'static str, options: &mut Options) -> Option<String> {
    let name = options.words("name")?;
    let mut part = question!(Choices::of(family, kind, name), options);
    if let Some(mut within) = options.within("fieldset") {
        let fieldset = fieldset_part(&mut within);
        if !fieldset.described_by.is_empty() {
            part.described_by = fieldset.described_by.clone();
        }
        part = part.fieldset(fieldset);
    }
    part.chosen.extend(options.words("value"));
    for value in options.take("values").and_then(|values| values.as_array().cloned()).unwrap_or_default() {
        part = part.chosen(value.as_str()?);
    }
    for (number, mut item) in options.places("items") {
        let mut choice = choice(&mut item);
        if choice.id.is_none() && number > 1 {
            choice.id = Some(format!("{}-{number}", part.id));
        }
        part = part.choice_part(choice);
    }
    print(part)
}

pub fn radios(options: &mut Options) -> Option<String> {
    choices("radios", "radio", options)
}

pub fn checkboxes(options: &mut Options) -> Option<String> {
    choices("checkboxes", "checkbox", options)
}

fn date_part(options: &mut Options, mut part: DatePart) -> DatePart {
    part.name = options.words("name").unwrap_or(part.name);
    part.label = options.words("label").unwrap_or_else(|| capitalised(&part.name));
    part.width = if part.name == "year" || part.width == 4 { 4 } else { 2 };
    part.id = options.words("id");
    part.value = options.words("value");
    part.faulty = options.maybe_flag("error");
    part.autocomplete = options.words("autocomplete");
    part.input_mode = options.words("inputmode");
    part.pattern = options.words("pattern");
    dress!(part, options)
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub fn date_input(options: &mut Options) -> Option<String> {
    let mut part = question!(DateInput::default(), options);
    part.name_prefix = options.words("namePrefix");
    if let Some(mut within) = options.within("fieldset") {
        let fieldset = fieldset_part(&mut within).role("group");
        part.described_by = fieldset.described_by.clone();
        part.fieldset = Some(fieldset);
    }
    part.parts = DateInput::day_month_year("Day");
    let usual = part.parts.clone();
    part.parts.clear();
    for (usual, key) in usual.into_iter().zip(["day", "month", "year"]) {
        match options.take(key) {
            Some(serde_json::Value::Bool(false)) => {}
            Some(own) => part.parts.push(date_part(&mut options.inside(&own, key), usual)),
            None => part.parts.push(usual),
        }
    }
    let mut typed = options.pairs("values");
    let items = options.list("items").unwrap_or_default();
    if !items.is_empty() {
        let usual = std::mem::take(&mut part.parts);
        typed.extend(usual.into_iter().filter_map(|part| Some((part.name, part.value?))));
        part.parts = items.into_iter().map(|mut item| date_part(&mut item, DatePart::default())).collect();
    }
    for date_part in &mut part.parts {
        let prefixed = part.name_prefix.as_ref().map(|prefix| format!("{prefix}-{}", date_part.name));
        let found = typed.iter().find(|(name, _)| *name == date_part.name || Some(name) == prefixed.as_ref());
        date_part.value = date_part.value.take().or_else(|| found.map(|(_, value)| value.clone()));
    }
    print(part)
}
