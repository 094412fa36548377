//! A series over time with its mean, limits, target and signals.

use askama::Template;

use super::super::Html;
use super::super::content::parts;
use super::drawing::{Anchor, Breadth, Drawing, Ink, LINE, lines, width_of};
use super::scale::{Axis, Scale};

/// What a point says; the shape it is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointMark {
    /// What always varies: a dot.
    Common,
    /// Part of a signal of improvement: a filled diamond.
    Improving,
    /// Part of a signal of concern: an open square.
    Concerning,
    /// Part of a signal where neither way is better: an open circle.
    Neither,
}

/// A figure of a period.
#[derive(Clone, Debug)]
pub struct RunPoint {
    label: String,
    value: Option<f64>,
    mark: PointMark,
}

/// Points with one mean and one pair of limits.
#[derive(Clone, Debug)]
pub struct RunSegment {
    first: usize,
    last: usize,
    mean: f64,
    limits: Option<(f64, f64)>,
    trial: bool,
    begins: Option<String>,
}

/// A series over time.
#[derive(Clone, Debug, Template)]
#[template(path = "components/chart.html")]
pub struct RunChart {
    id: String,
    title: String,
    description: String,
    axis: Axis,
    points: Vec<RunPoint>,
    segments: Vec<RunSegment>,
    target: Option<f64>,
    notes: Vec<(usize, String)>,
}

impl RunPoint {
    /// A figure, or none, of a period written short: `May 26`.
    pub fn new(label: impl std::fmt::Display, value: Option<f64>) -> Self {
        Self { label: label.to_string(), value, mark: PointMark::Common }
    }

    /// Part of a signal.
    pub fn marked(mut self, mark: PointMark) -> Self {
        self.mark = mark;
        self
    }
}

impl RunSegment {
    /// The points from one place to another (both counted from 0) with their mean.
    pub fn new(first: usize, last: usize, mean: f64) -> Self {
        Self { first, last, mean, limits: None, trial: false, begins: None }
    }

    /// With limits.
    pub fn limits(mut self, lower: f64, upper: f64) -> Self {
        self.limits = Some((lower, upper));
        self
    }

    /// The limits are of few points.
    pub fn trial(mut self) -> Self {
        self.trial = true;
        self
    }

    /// Why new limits begin here; written on the chart.
    pub fn begins_because(mut self, cause: impl std::fmt::Display) -> Self {
        self.begins = Some(cause.to_string());
        self
    }
}

impl RunChart {
    /// A series under its title. The id must be the only one on the page; the description is the chart in words.
    pub fn new(
        id: impl std::fmt::Display,
        title: impl std::fmt::Display,
        description: impl std::fmt::Display,
        axis: Axis,
    ) -> Self {
        Self {
            id: id.to_string(),
            title: title.to_string(),
            description: description.to_string(),
            axis,
            points: Vec::new(),
            segments: Vec::new(),
            target: None,
            notes: Vec::new(),
        }
    }

    /// Adds the points, the oldest first.
    pub fn points(mut self, points: impl IntoIterator<Item = RunPoint>) -> Self {
        self.points.extend(points);
        self
    }

    /// Adds a mean with its limits.
    pub fn segment(mut self, segment: RunSegment) -> Self {
        if let Some(cause) = &segment.begins {
            self.notes.push((segment.first, format!("New limits: {cause}")));
        }
        self.segments.push(segment);
        self
    }

    /// The target.
    pub fn target(mut self, target: f64) -> Self {
        self.target = Some(target);
        self
    }

    /// Something that happened at a point, such as a new target; written under the chart with its number.
    pub fn note(mut self, point: usize, words: impl std::fmt::Display) -> Self {
        self.notes.push((point, words.to_string()));
        self
    }

    /// The drawing on its own, for a document.
    pub fn standalone(&self, breadth: Breadth) -> Html {
        Html::of(&self.drawing(breadth).standalone())
    }

    fn drawing(&self, breadth: Breadth) -> Drawing {
        let mut drawing = Drawing::new(&self.id, breadth, &self.title, &self.description);
        let ground = Ground::of(self, breadth);
        ground.scales(self, &mut drawing);
        ground.reference_lines(self, &mut drawing);
        ground.series(self, &mut drawing);
        drawing.height = self.key(&mut drawing, &ground) + 4.0;
        drawing
    }

    /// What the lines and marks mean and what happened when; gives the height it ends at.
    fn key(&self, drawing: &mut Drawing, ground: &Ground) -> f64 {
        let (left, right) = (8.0, drawing.width - 8.0);
        let (mut x, mut y) = (left, ground.bottom + 2.0 * LINE + 10.0);
        for (ink, words) in self.entries() {
            let width = 38.0 + width_of(&words) + 16.0;
            if x > left && x + width - 16.0 > right {
                (x, y) = (left, y + LINE + 2.0);
            }
            sample(drawing, ink, (x, y - 5.0));
            drawing.text(Anchor::Start, (x + 38.0, y), &words);
            x += width;
        }
        for (number, (_, words)) in self.ordered_notes().into_iter().enumerate() {
            for line in lines(&format!("{}. {words}", number + 1), right - left) {
                y += LINE + 2.0;
                drawing.text(Anchor::Start, (left, y), &line);
            }
        }
        y + 4.0
    }

    /// What is drawn, in words.
    fn entries(&self) -> Vec<(Ink, String)> {
        let mut entries: Vec<(Ink, String)> = Vec::new();
        if let Some(segment) = self.segments.last() {
            let since = self.points.get(segment.first).filter(|_| self.segments.len() > 1);
            let since = since.map_or_else(String::new, |point| format!(" since {}", point.label));
            entries.push((Ink::Mean, format!("Mean{since} {}", self.axis.written(segment.mean))));
            entries.extend(
                segment.limits.map(|limits| (Ink::Limit, self.limits_in_words(limits, segment.trial))),
            );
        }
        entries
            .extend(self.target.map(|target| (Ink::Target, format!("Target {}", self.axis.written(target)))));
        for (mark, words) in [
            (PointMark::Improving, "Signal of improvement"),
            (PointMark::Concerning, "Signal of concern"),
            (PointMark::Neither, "Signal of change"),
        ] {
            if self.points.iter().any(|point| point.mark == mark && point.value.is_some()) {
                entries.push((mark.ink(), words.to_owned()));
            }
        }
        entries
    }

    fn limits_in_words(&self, (lower, upper): (f64, f64), trial: bool) -> String {
        let [lower, upper] = [lower, upper].map(|limit| self.axis.written(self.axis.within(limit)));
        let name = if trial { "Trial limits" } else { "Limits" };
        format!("{name} {lower} to {upper}")
    }

    fn ordered_notes(&self) -> Vec<&(usize, String)> {
        let mut notes: Vec<_> = self.notes.iter().filter(|(point, _)| *point < self.points.len()).collect();
        notes.sort_by_key(|(point, _)| *point);
        notes
    }
}

impl PointMark {
    fn ink(self) -> Ink {
        match self {
            Self::Common => Ink::Common,
            Self::Improving => Ink::Improving,
            Self::Concerning => Ink::Concerning,
            Self::Neither => Ink::Neither,
        }
    }
}

/// A line or mark of the key.
fn sample(drawing: &mut Drawing, ink: Ink, (x, y): (f64, f64)) {
    match ink {
        Ink::Improving | Ink::Concerning | Ink::Neither => drawing.mark(ink, (x + 16.0, y)),
        _ => drawing.line(ink, (x, y), (x + 32.0, y)),
    }
}

/// Where the series is drawn.
struct Ground {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    scale: Scale,
    step: f64,
}

impl Ground {
    fn of(chart: &RunChart, breadth: Breadth) -> Self {
        let (width, height) = if breadth == Breadth::Wide { (720.0, 280.0) } else { (320.0, 210.0) };
        let above = if chart.axis == Axis::Days { LINE } else { 0.0 };
        let (top, bottom) = (above + if chart.notes.is_empty() { 12.0 } else { 28.0 }, height);
        let limits = chart.segments.iter().filter_map(|segment| segment.limits);
        let limits = limits.flat_map(|(lower, upper)| [lower, upper].map(|limit| chart.axis.within(limit)));
        let values = chart.points.iter().filter_map(|point| point.value);
        let means = chart.segments.iter().map(|segment| segment.mean);
        let scale =
            Scale::holding(values.chain(limits).chain(means).chain(chart.target), chart.axis, (bottom, top));
        let ticks = scale.ticks().into_iter().map(|tick| width_of(&chart.axis.tick(tick)));
        let left = 14.0 + ticks.fold(0.0, f64::max);
        let right = width - 12.0;
        let gaps = u16::try_from(chart.points.len().saturating_sub(1)).unwrap_or(u16::MAX).max(1);
        Self { left, right, top, bottom, scale, step: (right - left - 16.0) / f64::from(gaps) }
    }

    /// Where a point of the series stands from the left.
    fn across(&self, place: usize) -> f64 {
        self.left + 8.0 + self.step * f64::from(u16::try_from(place).unwrap_or(u16::MAX))
    }

    fn scales(&self, chart: &RunChart, drawing: &mut Drawing) {
        for tick in self.scale.ticks() {
            let y = self.scale.place(tick);
            drawing.line(Ink::Grid, (self.left, y), (self.right, y));
            drawing.text(Anchor::End, (self.left - 6.0, y + 5.0), &chart.axis.tick(tick));
        }
        drawing.line(Ink::Axis, (self.left, self.bottom), (self.right, self.bottom));
        if chart.axis == Axis::Days {
            drawing.text(Anchor::Start, (0.0, 14.0), "Days");
        }
        self.periods(chart, drawing);
    }

    /// As many periods as there is room for, counted back from the latest.
    fn periods(&self, chart: &RunChart, drawing: &mut Drawing) {
        let widest = chart.points.iter().map(|point| width_of(&point.label)).fold(0.0, f64::max) + 10.0;
        let latest = chart.points.len().saturating_sub(1);
        let mut free = self.right + 8.0;
        for (place, point) in chart.points.iter().enumerate().rev() {
            let x = self.across(place);
            let width = width_of(&point.label);
            let (anchor, right) = if place == latest && latest > 0 {
                (Anchor::End, x + 8.0)
            } else {
                (Anchor::Middle, x + width / 2.0)
            };
            let left = right - width;
            if right > free || left < 0.0 {
                continue;
            }
            drawing.line(Ink::Axis, (x, self.bottom), (x, self.bottom + 5.0));
            let at = if anchor == Anchor::End { right } else { x };
            drawing.text(anchor, (at, self.bottom + LINE), &point.label);
            free = left - widest / 3.0;
        }
    }

    fn reference_lines(&self, chart: &RunChart, drawing: &mut Drawing) {
        for segment in &chart.segments {
            // A segment of one point is drawn as wide as one.
            let (from, to) = (self.across(segment.first) - 6.0, self.across(segment.last) + 6.0);
            let mut level = |ink, value| {
                let y = self.scale.place(chart.axis.within(value));
                drawing.line(ink, (from, y), (to, y));
            };
            level(Ink::Mean, segment.mean);
            if let Some((lower, upper)) = segment.limits {
                level(Ink::Limit, lower);
                level(Ink::Limit, upper);
            }
        }
        if let Some(target) = chart.target {
            let y = self.scale.place(target);
            drawing.line(Ink::Target, (self.left, y), (self.right, y));
        }
        for (number, (point, _)) in chart.ordered_notes().into_iter().enumerate() {
            let x = self.across(*point) - if *point == 0 { 0.0 } else { self.step / 2.0 };
            drawing.line(Ink::Note, (x, self.top - 8.0), (x, self.bottom));
            drawing.bold_text(Anchor::Middle, (x, self.top - 12.0), &(number + 1).to_string());
        }
    }

    fn series(&self, chart: &RunChart, drawing: &mut Drawing) {
        let at =
            |(place, point): (usize, &RunPoint)| Some((self.across(place), self.scale.place(point.value?)));
        let places: Vec<Option<(f64, f64)>> = chart.points.iter().enumerate().map(at).collect();
        // A period without a figure breaks the line.
        for run in places.split(Option::is_none) {
            let run: Vec<(f64, f64)> = run.iter().copied().flatten().collect();
            if run.len() > 1 {
                drawing.line_through(Ink::Figures, &run);
            }
        }
        for (point, place) in chart.points.iter().zip(places) {
            if let Some(place) = place {
                drawing.mark(point.mark.ink(), place);
            }
        }
    }
}

parts!(RunChart);
