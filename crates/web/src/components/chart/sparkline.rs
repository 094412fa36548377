//! A small line beside a figure in a table: how it went, without scales.

use askama::Template;

use super::super::content::parts;
use super::drawing::short;

/// A series in the height of a line of words.
#[derive(Clone, Debug, Template)]
#[template(path = "components/sparkline.html")]
pub struct Sparkline {
    description: String,
    line: String,
    latest: Option<(String, String)>,
    target: Option<String>,
}

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 28.0;
/// Room for the mark of the latest figure.
const EDGE: f64 = 4.0;

impl Sparkline {
    /// The figures, the oldest first, and what they say in words.
    pub fn new(
        description: impl std::fmt::Display,
        values: impl IntoIterator<Item = Option<f64>>,
        target: Option<f64>,
    ) -> Self {
        let values: Vec<Option<f64>> = values.into_iter().collect();
        let known = || values.iter().copied().flatten().chain(target);
        let (lowest, highest) =
            (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
        let up = |value: f64| {
            let part = if highest > lowest { (value - lowest) / (highest - lowest) } else { 0.5 };
            short(HEIGHT - EDGE - part * (HEIGHT - 2.0 * EDGE))
        };
        let gaps = f64::from(u16::try_from(values.len().saturating_sub(1)).unwrap_or(u16::MAX).max(1));
        let across = |place: usize| {
            short(EDGE + f64::from(u16::try_from(place).unwrap_or(u16::MAX)) / gaps * (WIDTH - 2.0 * EDGE))
        };
        let mut line = String::new();
        for (place, value) in values.iter().enumerate() {
            let Some(value) = value else { continue };
            // A period without a figure breaks the line.
            let goes_on = place > 0 && values[place - 1].is_some();
            line += &format!("{}{} {}", if goes_on { "L" } else { "M" }, across(place), up(*value));
        }
        let latest =
            values.iter().enumerate().rev().find_map(|(place, value)| Some((across(place), up((*value)?))));
        Self { description: description.to_string(), line, latest, target: target.map(up) }
    }
}

parts!(Sparkline);
