//! Bars side by side: teams, services or reasons at one time.

use askama::Template;

use super::super::Html;
use super::super::content::parts;
use super::drawing::{Anchor, Breadth, Drawing, Ink, LINE, lines, width_of};
use super::scale::Axis;

const THICKNESS: f64 = 16.0;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    label: String,
    value: Option<f64>,
    written: String,
}

impl Bar {
    /// A bar with its figure as it is written, such as `82% (41 of 50)`.
    pub fn new(label: impl std::fmt::Display, value: f64, written: impl std::fmt::Display) -> Self {
        Self { label: label.to_string(), value: Some(value), written: written.to_string() }
    }

    /// No bar, and why: the figure is suppressed, or there is none.
    pub fn without(label: impl std::fmt::Display, reason: impl std::fmt::Display) -> Self {
        Self { label: label.to_string(), value: None, written: reason.to_string() }
    }
}

/// Bars from nothing to the right, each under its label.
#[derive(Clone, Debug, Template)]
#[template(path = "components/chart.html")]
pub struct BarChart {
    id: String,
    title: String,
    description: String,
    axis: Axis,
    bars: Vec<Bar>,
    target: Option<f64>,
}

impl BarChart {
    /// Bars under a title. The id must be the only one on the page; the description is the chart in words.
    pub fn new(
        id: impl std::fmt::Display,
        title: impl std::fmt::Display,
        description: impl std::fmt::Display,
        axis: Axis,
    ) -> Self {
        let (title, description) = (title.to_string(), description.to_string());
        Self { id: id.to_string(), title, description, axis, bars: Vec::new(), target: None }
    }

    /// Adds bars, in the order in which they are shown.
    pub fn bars(mut self, bars: impl IntoIterator<Item = Bar>) -> Self {
        self.bars.extend(bars);
        self
    }

    /// The target, as a line through the bars.
    pub fn target(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// The drawing on its own, for a document.
    pub fn standalone(&self, breadth: Breadth) -> Html {
        Html::of(&self.drawing(breadth).standalone())
    }

    fn drawing(&self, breadth: Breadth) -> Drawing {
        let mut drawing = Drawing::new(&self.id, breadth, &self.title, &self.description);
        let width = drawing.width;
        // Bars begin at nothing, so that their lengths compare.
        let length = |value: f64| value.clamp(0.0, self.highest()) / self.highest() * width;
        let mut y = 0.0;
        for bar in &self.bars {
            y = bar.words(&mut drawing, y) + 8.0;
            drawing.rectangle(Ink::Bar, (0.0, y), (bar.value.map_or(0.0, length).max(1.0), THICKNESS));
            if let (Some(target), Some(_)) = (self.target, bar.value) {
                drawing.line(Ink::Mark, (length(target), y - 2.0), (length(target), y + THICKNESS + 2.0));
            }
            y += THICKNESS + 8.0;
        }
        if let Some(target) = self.target {
            y += LINE;
            drawing.line(Ink::Mark, (8.0, y - 14.0), (8.0, y + 2.0));
            drawing.text(Anchor::Start, (18.0, y), &format!("Target {}", self.axis.written(target)));
        }
        drawing.height = y + 6.0;
        drawing
    }

    fn highest(&self) -> f64 {
        let values = self.bars.iter().filter_map(|bar| bar.value).chain(self.target);
        let highest = values.fold(0.0, f64::max);
        match self.axis {
            Axis::Percent => 100.0,
            Axis::Days | Axis::Number if highest > 0.0 => highest,
            Axis::Days | Axis::Number => 1.0,
        }
    }
}

impl Bar {
    /// Writes the label and, at the right, the figure; gives the height they end at.
    fn words(&self, drawing: &mut Drawing, above: f64) -> f64 {
        let beside = drawing.width - width_of(&self.written) - 16.0;
        let fits = beside > drawing.width / 3.0;
        let label = lines(&self.label, if fits { beside } else { drawing.width });
        let mut y = above;
        for line in &label {
            y += LINE;
            drawing.text(Anchor::Start, (0.0, y), line);
        }
        if !fits || label.is_empty() {
            y += LINE;
        }
        drawing.bold_text(Anchor::End, (drawing.width, y), &self.written);
        y
    }
}

parts!(BarChart);
