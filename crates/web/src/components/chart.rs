//! Charts, drawn as SVG by the server: a series with its limits and signals, bars, and a small line for a table's cell.
//!
//! A chart comes after its sentence and its table and tells nothing that they don't. What a point means is told by its
//! shape, so that a chart printed in black is whole. There is no scripting and no style attribute; the same SVG stands
//! on its own outside a page (`standalone`), with the presentation attributes that the style sheet would otherwise
//! refine. Each chart is drawn twice, wide and narrow, and the style sheet shows the one that fits.

mod bars;
mod drawing;
mod run_chart;
mod scale;
mod sparkline;
#[cfg(test)]
mod tests;

pub use bars::{Bar, BarChart};
pub use drawing::Breadth;
pub use run_chart::{PointMark, RunChart, RunPoint, RunSegment};
pub use scale::Axis;
pub use sparkline::Sparkline;
