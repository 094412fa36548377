//! The numbering part: what label Word prints before each paragraph of a list (ECMA-376 part 1, section 17.9).

use std::collections::{HashMap, HashSet};

use super::super::labels::{letters, ordinal, roman};
use super::super::refusal::DocumentRefusal;
use super::super::xml::{Element, Step, Steps};

const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    all_decimal: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new(), all_decimal: false, style: None }
    }
}

/// A list as the text uses it: one of the shared definitions, perhaps with levels or starts of its own.
#[derive(Clone, Debug, Default)]
struct List {
    definition: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document and how far each has counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, HashMap<usize, Level>>,
    lists: HashMap<u32, List>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    started: HashSet<(u32, usize)>,
}

/// Where in the part the steps stand.
#[derive(Default)]
struct Place {
    definition: Option<u32>,
    list: Option<u32>,
    level: usize,
    overriding: Option<usize>,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, DocumentRefusal> {
        let mut steps = Steps::new("numbering.xml", xml);
        let mut numbering = Self::default();
        let mut place = Place::default();
        while let Some(step) = steps.next()? {
            match step {
                Step::Open(element) => numbering.open(&mut place, &element),
                Step::Close(name) => match name.as_str() {
                    "abstractNum" => place.definition = None,
                    "num" => place.list = None,
                    "lvlOverride" => place.overriding = None,
                    _ => {}
                },
                Step::Text(_) => {}
            }
        }
        Ok(numbering)
    }

    fn open(&mut self, place: &mut Place, element: &Element) {
        match element.name.as_str() {
            "abstractNum" => place.definition = element.number("abstractNumId"),
            "num" => {
                place.list = element.number("numId");
                if let Some(list) = place.list {
                    self.lists.insert(list, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(definition)) = (self.open_list(place), element.number("val")) {
                    list.definition = definition;
                }
            }
            "lvlOverride" => place.overriding = level_of(element),
            "startOverride" => {
                let (level, start) = (place.overriding, element.number("val"));
                if let (Some(list), Some(level), Some(start)) = (self.open_list(place), level, start) {
                    list.starts.insert(level, start);
                }
            }
            "lvl" => {
                place.level = level_of(element).unwrap_or(LEVELS);
                if let Some(levels) = self.open_levels(place) {
                    levels.insert(place.level, Level::default());
                }
            }
            _ => self.level_property(place, element),
        }
    }

    fn level_property(&mut self, place: &Place, element: &Element) {
        let index = place.level;
        let Some(level) = self.open_levels(place).and_then(|levels| levels.get_mut(&index)) else { return };
        let value = element.attribute("val");
        match element.name.as_str() {
            "start" => level.start = element.number("val").unwrap_or(1),
            "numFmt" => level.format = value.unwrap_or("decimal").to_owned(),
            "lvlText" => level.text = value.unwrap_or("").to_owned(),
            "isLgl" => level.all_decimal = element.switched_on(),
            "pStyle" => level.style = value.map(str::to_owned),
            _ => {}
        }
    }

    fn open_list(&mut self, place: &Place) -> Option<&mut List> {
        self.lists.get_mut(&place.list?)
    }

    fn open_levels(&mut self, place: &Place) -> Option<&mut HashMap<usize, Level>> {
        if place.level > LEVELS {
            return None;
        }
        match (place.definition, place.list) {
            (Some(definition), _) => Some(self.definitions.entry(definition).or_default()),
            (None, Some(list)) => self.lists.get_mut(&list).map(|list| &mut list.levels),
            (None, None) => None,
        }
    }

    fn level(&self, list: u32, index: usize) -> Option<&Level> {
        let list = self.lists.get(&list)?;
        list.levels.get(&index).or_else(|| self.definitions.get(&list.definition)?.get(&index))
    }

    /// The level of a list that is tied to a paragraph style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<u32> {
        (0..LEVELS as u32).find(|index| {
            self.level(list, *index as usize).is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts one more paragraph at a level of a list and gives its printed label; none for an unknown list.
    pub(super) fn next_label(&mut self, list: u32, level: u32) -> Option<String> {
        let index = (level as usize).min(LEVELS - 1);
        let definition = self.lists.get(&list)?.definition;
        let start = self.level(list, index)?.start;
        let restart = self.lists.get(&list).and_then(|list| list.starts.get(&index)).copied();
        let counters = self.counters.entry(definition).or_default();
        if let Some(restart) = restart.filter(|_| self.started.insert((list, index))) {
            counters[index] = restart.checked_sub(1);
        }
        counters[index] = Some(match counters[index] {
            Some(count) => count.saturating_add(1),
            None => restart.unwrap_or(start),
        });
        for deeper in &mut counters[index + 1..] {
            *deeper = None;
        }
        Some(self.printed(list, definition, index))
    }

    fn printed(&self, list: u32, definition: u32, index: usize) -> String {
        let Some(level) = self.level(list, index) else { return String::new() };
        match level.format.as_str() {
            "bullet" => return bullet(&level.text).to_owned(),
            "none" => return level.text.replace(|letter: char| letter == '%' || letter.is_ascii_digit(), ""),
            _ => {}
        }
        let mut label = String::new();
        let mut letters = level.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let named = letters
                .peek()
                .and_then(|digit| digit.to_digit(10))
                .filter(|digit| letter == '%' && *digit > 0);
            match named {
                Some(digit) => {
                    letters.next();
                    label.push_str(&self.count(list, definition, digit as usize - 1, level.all_decimal));
                }
                None => label.push(letter),
            }
        }
        label.trim().to_owned()
    }

    fn count(&self, list: u32, definition: u32, index: usize, decimal: bool) -> String {
        let Some(level) = self.level(list, index) else { return String::new() };
        let counted =
            self.counters.get(&definition).and_then(|counters| counters.get(index).copied().flatten());
        let number = counted.unwrap_or(level.start);
        if decimal { number.to_string() } else { formatted(number, &level.format) }
    }
}

fn level_of(element: &Element) -> Option<usize> {
    element.number("ilvl").map(|level| level as usize).filter(|level| *level < LEVELS)
}

fn formatted(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_ascii_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_ascii_uppercase(),
        "decimalZero" => format!("{number:02}"),
        "ordinal" => ordinal(number),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

/// Dashes stay; every other glyph, most of them from symbol fonts, reads as a bullet.
fn bullet(text: &str) -> &'static str {
    match text.trim() {
        "-" | "–" | "—" | "\u{2010}" | "\u{2011}" => "–",
        _ => "•",
    }
}
