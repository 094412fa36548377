//! When a duty falls due: the normalised form of the timing expressions of notices.
//!
//! Source of the kinds: `docs/decisions/0003-timing.md`; the words that give them are in `reading::notice`.

use serde::{Deserialize, Serialize};
use vocabulary::date::PartialDate;
use vocabulary::interval::Interval;
use vocabulary::party::Party;

/// The kinds of clock a duty can run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimingKind {
    /// The document gives no time.
    #[default]
    None,
    /// For as long as the document is in force, or until an event.
    Continuous,
    /// Again and again: at a maximum gap, a nominal interval, an interval not yet set, or with each event.
    Recurring,
    /// Only when a condition comes true.
    Conditional,
    /// Once, counted from an anchor.
    OneOffRelative,
    /// Once, on printed dates.
    OneOffAbsolute,
}

/// The dated event a clock runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorKind {
    /// The day the document was issued.
    Issued,
    /// The date written on the document.
    Dated,
    /// The day the addressee received it.
    Received,
    /// The day it commenced or started.
    Commenced,
    /// The day the report it rests on was published.
    Published,
    /// The day of the judgement.
    Judged,
    /// An inspectors' visit.
    Visit,
    /// A meeting of the board.
    Meeting,
    /// A review by the Department.
    Review,
    /// The end of the document's life.
    Ended,
}

/// Which side of the computed day a relative deadline lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// "within", "by": the day is the latest.
    Within,
    /// "after six months": the day is the earliest.
    After,
    /// "prior to", "before": any day before the event.
    Before,
}

/// When a duty is due, as printed and as normalised. A calendar date stands here only if the document prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// The kind of clock.
    pub kind: TimingKind,
    /// The words of the document that give the time; empty when it gives none.
    pub text: String,
    /// The event the clock runs from, for relative and recurring kinds.
    pub anchor: Option<AnchorKind>,
    /// Whether the anchor is our inference and needs a person's confirmation.
    #[serde(default)]
    pub anchor_inferred: bool,
    /// Printed dates, to the printed precision.
    pub dates: Vec<PartialDate>,
    /// The distance from the anchor, for the relative kind.
    #[serde(default)]
    pub offset: Option<Interval>,
    /// Which side of `offset` or of the event is meant.
    #[serde(default)]
    pub bound: Option<Bound>,
    /// The interval of a recurring duty; absent when the document leaves it open.
    pub every: Option<Interval>,
    /// Whether `every` is a maximum gap ("at least every") rather than a nominal interval ("every ... initially").
    pub at_most: bool,
    /// The event each occurrence belongs to ("each board meeting", "when requested").
    #[serde(default)]
    pub event: Option<String>,
    /// What ends a continuous duty, in the document's words.
    #[serde(default)]
    pub until: Option<String>,
    /// The party who must set an interval the document leaves open.
    #[serde(default)]
    pub set_by: Option<Party>,
}
