//! The styles part, as far as it gives paragraphs their numbering.

use std::collections::HashMap;

use super::super::refusal::DocumentRefusal;
use super::super::xml::{Step, Steps};

#[derive(Clone, Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<u32>,
}

/// Paragraph styles by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, DocumentRefusal> {
        let mut steps = Steps::new("styles.xml", xml);
        let mut styles = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        while let Some(step) = steps.next()? {
            match step {
                Step::Open(element) if element.name == "style" => {
                    open = element.attribute("styleId").map(|id| (id.to_owned(), Style::default()));
                }
                Step::Open(element) => {
                    let Some((_, style)) = &mut open else { continue };
                    match element.name.as_str() {
                        "basedOn" => style.based_on = element.attribute("val").map(str::to_owned),
                        "numId" => style.list = element.number("val"),
                        "ilvl" => style.level = element.number("val"),
                        _ => {}
                    }
                }
                Step::Close(name) if name == "style" => styles.extend(open.take()),
                _ => {}
            }
        }
        Ok(Self(styles))
    }

    /// The list a style puts its paragraphs in, with the level where the style names one.
    pub(super) fn list_of(&self, style: &str) -> Option<(u32, Option<u32>)> {
        const LONGEST_CHAIN: usize = 32;
        let mut id = style;
        for _ in 0..LONGEST_CHAIN {
            let style = self.0.get(id)?;
            if let Some(list) = style.list {
                return Some((list, style.level));
            }
            id = style.based_on.as_deref()?;
        }
        None
    }
}
