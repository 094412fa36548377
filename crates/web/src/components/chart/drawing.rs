//! What charts are drawn with: lines, marks and words, each in one of a few inks.

use askama::Template;

use super::super::Html;
use super::super::content::{escaped, parts};

/// How broad a chart is drawn. Words keep the same size, so that they can be read on a telephone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    /// For screens from 40em, and paper.
    Wide,
    /// For screens down to 320 pixels.
    Narrow,
}

/// What something is drawn for; its class in the style sheet, and how it looks without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Grid,
    Axis,
    Figures,
    Mean,
    Limit,
    Target,
    Note,
    Bar,
    /// A target across a bar.
    Mark,
    Common,
    Improving,
    Concerning,
    Neither,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture with its name and its alternative in words.
#[derive(Clone, Debug, Template)]
#[template(path = "components/drawing.html")]
pub(super) struct Drawing {
    id: String,
    pub(super) class: &'static str,
    title: String,
    description: String,
    pub(super) width: f64,
    pub(super) height: f64,
    /// How far a mark reaches from its middle.
    mark: f64,
    standalone: bool,
    shapes: Vec<Html>,
}

/// The height of a line of words, and the width of a letter as far as it can be known without the typeface.
pub(super) const LINE: f64 = 20.0;
const LETTER: f64 = 8.6;

/// About how wide some words are.
pub(super) fn width_of(words: &str) -> f64 {
    LETTER * f64::from(u16::try_from(words.chars().count()).unwrap_or(u16::MAX))
}

/// Words in lines of at most this width, cut between words only.
pub(super) fn lines(words: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line) + width_of(word) + LETTER <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

impl Ink {
    fn class(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Axis => "axis",
            Self::Figures => "figures",
            Self::Mean => "mean",
            Self::Limit => "limit",
            Self::Target => "target",
            Self::Note => "note",
            Self::Bar => "bar",
            Self::Mark => "mark",
            Self::Common => "common",
            Self::Improving => "improving",
            Self::Concerning => "concerning",
            Self::Neither => "neither",
        }
    }

    /// Dashes tell the lines apart, and fillings the marks, where there is no colour.
    fn attributes(self) -> &'static str {
        match self {
            Self::Grid => r##"fill="none" stroke="#b1b4b6" stroke-width="1""##,
            Self::Axis => r##"fill="none" stroke="#505a5f" stroke-width="1""##,
            Self::Figures => r#"fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round""#,
            Self::Mean => r##"fill="none" stroke="#505a5f" stroke-width="2""##,
            Self::Limit => r##"fill="none" stroke="#505a5f" stroke-width="1.5" stroke-dasharray="3 4""##,
            Self::Target => r#"fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="12 4""#,
            Self::Note => r##"fill="none" stroke="#505a5f" stroke-width="1.5" stroke-dasharray="1 3""##,
            Self::Bar => r##"fill="#8a9599" stroke="none""##,
            Self::Mark => r#"fill="none" stroke="currentColor" stroke-width="3""#,
            Self::Common | Self::Improving => r#"fill="currentColor" stroke="currentColor" stroke-width="2""#,
            Self::Concerning | Self::Neither => r#"fill="white" stroke="currentColor" stroke-width="2.5""#,
        }
    }
}

impl Drawing {
    /// An empty drawing; the id is that of the chart, which is drawn once in each breadth.
    pub(super) fn new(id: &str, breadth: Breadth, title: &str, description: &str) -> Self {
        let (id, class, width, mark) = match breadth {
            Breadth::Wide => (format!("{id}-wide"), "headway-chart__wide", 720.0, 6.5),
            Breadth::Narrow => (format!("{id}-narrow"), "headway-chart__narrow", 320.0, 5.0),
        };
        Self {
            id,
            class,
            title: title.to_owned(),
            description: description.to_owned(),
            width,
            height: 0.0,
            mark,
            standalone: false,
            shapes: Vec::new(),
        }
    }

    /// The same for a place outside a page, with its size and its namespace.
    pub(super) fn standalone(mut self) -> Self {
        self.standalone = true;
        self
    }

    pub(super) fn line(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        self.path(ink, &format!("M{} {}L{} {}", short(from.0), short(from.1), short(to.0), short(to.1)));
    }

    /// A line through points; two points or more.
    pub(super) fn line_through(&mut self, ink: Ink, points: &[(f64, f64)]) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{} {}", short(*x), short(*y))).collect();
        self.path(ink, &format!("M{}", points.join("L")));
    }

    pub(super) fn rectangle(&mut self, ink: Ink, corner: (f64, f64), size: (f64, f64)) {
        let ((x, y), (width, height)) = (corner, size);
        let (x, y, width, height) = (short(x), short(y), short(width), short(height));
        self.add(format!(r#"<rect {} x="{x}" y="{y}" width="{width}" height="{height}"/>"#, dressed(ink)));
    }

    /// A mark: each kind has a shape of its own.
    pub(super) fn mark(&mut self, ink: Ink, at: (f64, f64)) {
        let ((x, y), size) = (at, self.mark);
        match ink {
            Ink::Improving => {
                let corners = [(x, y - size), (x + size, y), (x, y + size), (x - size, y), (x, y - size)];
                self.line_through(ink, &corners);
            }
            Ink::Concerning => {
                let half = 0.78 * size;
                self.rectangle(ink, (x - half, y - half), (2.0 * half, 2.0 * half));
            }
            Ink::Neither => self.circle(ink, at, 0.85 * size),
            _ => self.circle(ink, at, 0.4 * size),
        }
    }

    fn circle(&mut self, ink: Ink, (x, y): (f64, f64), radius: f64) {
        self.add(format!(
            r#"<circle {} cx="{}" cy="{}" r="{}"/>"#,
            dressed(ink),
            short(x),
            short(y),
            short(radius)
        ));
    }

    pub(super) fn text(&mut self, anchor: Anchor, at: (f64, f64), words: &str) {
        self.words("headway-chart__words", "", anchor, at, words);
    }

    pub(super) fn bold_text(&mut self, anchor: Anchor, at: (f64, f64), words: &str) {
        self.words(
            "headway-chart__words headway-chart__words--bold",
            r#" font-weight="bold""#,
            anchor,
            at,
            words,
        );
    }

    fn words(&mut self, class: &str, weight: &str, anchor: Anchor, (x, y): (f64, f64), words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.add(format!(
            r#"<text class="{class}" fill="currentColor" text-anchor="{anchor}"{weight} x="{}" y="{}">{}</text>"#,
            short(x),
            short(y),
            escaped(words)
        ));
    }

    fn path(&mut self, ink: Ink, path: &str) {
        self.add(format!(r#"<path {} d="{path}"/>"#, dressed(ink)));
    }

    fn add(&mut self, shape: String) {
        self.shapes.push(Html::written(shape));
    }
}

fn dressed(ink: Ink) -> String {
    format!(r#"class="headway-chart__{}" {}"#, ink.class(), ink.attributes())
}

/// A length to a tenth, as a tenth of a pixel is not seen.
pub(super) fn short(length: f64) -> String {
    let tenths = (length * 10.0).round() / 10.0;
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}

parts!(Drawing);
