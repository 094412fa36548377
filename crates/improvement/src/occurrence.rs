//! The due instances of a duty, computed from its rule, its anchors and the events of its bodies.
//!
//! Decision record `docs/decisions/0003-timing.md`. What holds throughout: a missing anchor gives no date, never a
//! guess; a month stays a month; an instance is judged by the rule in force on the day its period starts, so that
//! editing a rule never rewrites the past; and what is overdue stays overdue until a revised date is agreed.

mod due;
mod key;
mod once;
mod series;
mod settle;
#[cfg(test)]
mod tests;
mod tied;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocabulary::date::PartialDate;
use vocabulary::id::VariationId;
use vocabulary::interval::Interval;
use vocabulary::party::Party;
use vocabulary::working_days::BankHolidays;

use crate::reading::Modality;
use crate::timing::{AnchorKind, Timing, TimingKind};
use crate::words;

pub(crate) use due::{counted_in_working_days, later};
pub use key::OccurrenceKey;

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleSource {
    /// The notice, as read and confirmed.
    AsRead,
    /// A later edit of the register.
    Edited,
    /// A variation agreed by those whom the notice names.
    Variation(VariationId),
    /// A local interval where the notice leaves it open; shown as local, not as the notice's.
    LocalSetting,
}

/// One version of a duty's timing and the day from which it holds.
///
/// A correction of a misreading has no day and holds from the beginning; of several such, the last given holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// First day on which it holds. For an agreed variation, never before the day it was agreed.
    pub effective_from: Option<Date>,
    /// The timing.
    pub timing: Timing,
    /// Where it comes from.
    pub source: RuleSource,
}

/// A known anchor of the instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The day or month, as known.
    pub on: PartialDate,
    /// Where it is known from, in words.
    pub source: String,
    /// Whether it is an assumption that a person has yet to confirm.
    pub inferred: bool,
}

/// What kind of event it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A meeting of the board.
    Meeting,
    /// A review by the Department or the adviser.
    Review,
    /// An inspectors' visit.
    Visit,
    /// A report that was issued.
    Report,
    /// Any other, by its name: `survey`, `audit round`, `request`.
    Named(String),
}

/// Whether an event has taken place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventState {
    /// It has a date.
    Planned,
    /// It took place.
    Held,
    /// It will not take place; nothing falls due with it.
    Cancelled,
}

/// A dated event that duties are tied to or performed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id; one occurrence an id.
    pub id: String,
    /// What it is.
    pub kind: EventKind,
    /// When, to the precision known.
    pub on: PartialDate,
    /// Whether it took place.
    pub state: EventState,
}

/// An interval set locally for a duty whose notice leaves it open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalInterval {
    /// The day it was set; the first period starts on it.
    pub from: Date,
    /// The interval.
    pub every: Interval,
    /// Whether it is a maximum gap.
    pub at_most: bool,
    /// Who set it, in words.
    pub set_by: String,
}

/// A revised date for one occurrence, agreed by those whom the notice names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The agreed variation.
    pub id: VariationId,
    /// The occurrence it revises.
    pub key: OccurrenceKey,
    /// The day it was agreed; until then the old date counts.
    pub agreed_on: Date,
    /// The new date, a day or a month.
    pub due: PartialDate,
}

/// What a person has recorded about one occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It was done.
    Met {
        /// The day it was done.
        on: Date,
        /// The evidence or act that shows it, by id.
        by: String,
    },
    /// An agreed variation waives it.
    Waived {
        /// The agreed variation.
        variation: VariationId,
        /// The day it was agreed.
        agreed_on: Date,
    },
}

/// The days on which the duty is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InForce {
    /// First day.
    pub from: Option<Date>,
    /// Last day; what falls due later falls away.
    pub to: Option<Date>,
}

/// Everything the due instances of one duty follow from.
#[derive(Clone, Debug)]
pub struct DutyFacts<'a> {
    /// How strongly it binds: a missed aim is not a breach.
    pub modality: Modality,
    /// Every version of its timing.
    pub rules: &'a [Rule],
    /// When it is in force.
    pub in_force: InForce,
    /// The instrument's anchors.
    pub anchors: &'a BTreeMap<AnchorKind, Anchor>,
    /// Events of the bodies concerned, in any order.
    pub events: &'a [Event],
    /// The kind of event that *is* the doing of a recurring duty (a meeting for "meet at least every 4 weeks").
    pub performed_by: Option<EventKind>,
    /// The kind of event the duty is tied to, where a person has settled it; otherwise taken from the words.
    pub tied_to: Option<EventKind>,
    /// Local settings for an interval the notice leaves open.
    pub local_intervals: &'a [LocalInterval],
    /// Agreed revised dates.
    pub revisions: &'a [Revision],
    /// What is recorded about its occurrences.
    pub marks: &'a BTreeMap<OccurrenceKey, Vec<Mark>>,
    /// The bank holidays to count working days by.
    pub calendar: &'a BankHolidays,
}

/// How far recurring duties are shown. What is still outstanding is always shown, however old, and so is every one-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// Settled occurrences due before this day are left out.
    pub from: Option<Date>,
    /// Occurrences of a series due after this day are left out, but never the next one.
    pub to: Date,
}

impl Horizon {
    /// Twelve months to either side of the day of the question.
    pub fn around(as_at: Date) -> Self {
        let from = as_at.checked_sub(12.months()).ok();
        Self { from, to: as_at.checked_add(12.months()).unwrap_or(Date::MAX) }
    }

    /// The whole past, and twelve months ahead.
    pub fn all_until_a_year_after(as_at: Date) -> Self {
        Self { from: None, ..Self::around(as_at) }
    }
}

/// How exactly a due date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month: due on the last day it can mean.
    Month,
}

/// The days between which an occurrence is to be done. At least one side is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// First day, where the notice sets one ("after six months").
    pub earliest: Option<Date>,
    /// Last day; absent when the notice sets only a first day, and then nothing is ever overdue.
    pub latest: Option<Date>,
    /// How exactly it is known.
    pub precision: Precision,
}

impl Due {
    /// The day by which lists are sorted: the last, else the first.
    pub fn sort_day(&self) -> Date {
        self.latest.or(self.earliest).unwrap_or(Date::MAX)
    }
}

/// The state of one occurrence on the day of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its time has not come.
    Upcoming,
    /// Known to the month only, and this is the month.
    DueThisMonth,
    /// Due within 30 days.
    DueSoon,
    /// It may be done now, and the notice gives no last day.
    Open,
    /// A duty whose last day has passed.
    Overdue,
    /// Done in time.
    Met,
    /// Done, after its last day.
    MetLate,
    /// Given up by an agreed variation.
    Waived,
    /// An aim or expectation whose last day has passed: not a breach.
    MissedAim,
    /// A power or option whose time has passed: nothing was missed.
    NotUsed,
}

impl State {
    /// Whether nothing more is awaited.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Met | Self::MetLate | Self::Waived | Self::NotUsed)
    }
}

/// One due instance of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Stable while the day of the question moves.
    pub key: OccurrenceKey,
    /// When it is due, after any agreed revision.
    pub due: Due,
    /// The dates it had before agreed revisions, oldest first.
    pub was_due: Vec<Due>,
    /// Its state.
    pub state: State,
    /// Where the date comes from: `6 weeks after 11 August 2016, the day of issue.`
    pub why: String,
    /// The rule it is judged by.
    pub rule: RuleSource,
    /// Whether the date rests on an assumption that a person has yet to confirm.
    pub inferred: bool,
    /// The day it was done.
    pub met_on: Option<Date>,
    /// What shows that it was done: the mark's id or the event's.
    pub met_by: Option<String>,
    /// Days past the last day: until done, until waived, or until the day of the question.
    pub days_late: Option<u32>,
    /// Whether the notice is breached: a duty was missed or done late, by the notice's own rule.
    pub breach: bool,
}

/// Why a duty has no date, or no next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UndatedReason {
    /// The day its clock runs from is not known.
    AnchorMissing(AnchorKind),
    /// The notice gives a length of time but not its start.
    AnchorNotNamed,
    /// The notice leaves the interval open and nobody has set it.
    IntervalNotSet {
        /// Who must set it, where the notice says.
        by: Option<Party>,
    },
    /// It applies all the time.
    Continuous,
    /// It applies only when a condition comes true.
    Conditional {
        /// The condition, in the notice's words.
        text: String,
    },
    /// The notice gives no time.
    NoTimeGiven,
    /// A printed date or an anchor lacks its year, or its month.
    PartialDate(PartialDate),
    /// No event of this kind lies ahead.
    EventNotScheduled(EventKind),
}

/// A duty, or the rest of it, without a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undated {
    /// Why.
    pub reason: UndatedReason,
    /// Why, in a sentence for people.
    pub sentence: String,
}

/// The due instances of one duty on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// By due date, then key.
    pub occurrences: Vec<Occurrence>,
    /// Why there is no date, or no next one.
    pub undated: Option<Undated>,
}

/// An occurrence before it is known whether it was done.
struct Draft {
    key: OccurrenceKey,
    due: Due,
    why: String,
    rule: RuleSource,
    inferred: bool,
    /// Whether missing it breaches the notice, if the duty is a *must*.
    binding: bool,
    /// The event that did it.
    met: Option<(Date, String)>,
    replacements: Vec<Replacement>,
}

/// A new date for a draft, agreed on a day.
struct Replacement {
    agreed_on: Date,
    due: Due,
    why: String,
    rule: RuleSource,
}

/// What one rule gives: drafts, and why there is no (further) date.
#[derive(Default)]
struct Drafted {
    drafts: Vec<Draft>,
    undated: Option<UndatedReason>,
}

/// A rule and the days on which a period may start under it.
struct Reign<'a> {
    rule: &'a Rule,
    from: Option<Date>,
    until: Option<Date>,
}

impl Reign<'_> {
    fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// The due instances of a duty as known on a day.
///
/// Marks, revisions and events dated after `as_at` are not yet known on it and change nothing.
pub fn schedule(duty: &DutyFacts<'_>, as_at: Date, horizon: Horizon) -> Schedule {
    let reigns = reigns(duty.rules);
    let mut drafted = once::draft(duty, &reigns, as_at);
    for reign in &reigns {
        if let Some(kind) = tied::kind_of(duty, &reign.rule.timing) {
            let more = tied::draft(duty, reign, &kind, as_at);
            drafted.drafts.extend(more.drafts);
            if reign.holds_on(as_at) {
                drafted.undated = more.undated;
            }
        }
    }
    let series = series::draft(duty, &reigns, as_at, horizon);
    drafted.drafts.extend(series.drafts);
    drafted.undated = drafted.undated.or(series.undated);
    let undated = drafted.undated.or_else(|| timeless(&reigns, as_at, drafted.drafts.is_empty()));
    Schedule {
        occurrences: settled(duty, drafted.drafts, as_at, horizon),
        undated: undated.map(|reason| Undated { sentence: words::undated_in_words(&reason), reason }),
    }
}

fn settled(duty: &DutyFacts<'_>, drafts: Vec<Draft>, as_at: Date, horizon: Horizon) -> Vec<Occurrence> {
    let mut occurrences: Vec<Occurrence> = drafts
        .into_iter()
        .map(|draft| settle::settle(duty, draft, as_at))
        .filter(|occurrence| {
            let falls_away = duty.in_force.to.is_some_and(|to| to < occurrence.due.sort_day());
            !falls_away || occurrence.met_on.is_some()
        })
        .filter(|occurrence| within(horizon, occurrence))
        .collect();
    occurrences.sort_by(|one, other| (one.due.sort_day(), &one.key).cmp(&(other.due.sort_day(), &other.key)));
    occurrences
}

fn within(horizon: Horizon, occurrence: &Occurrence) -> bool {
    let is_one_off = matches!(occurrence.key, OccurrenceKey::Once | OccurrenceKey::Date(_));
    let recent = horizon.from.is_none_or(|from| from <= occurrence.due.sort_day());
    is_one_off || recent || !occurrence.state.is_settled()
}

/// The rules in the order in which they came to hold, each until the next.
fn reigns(rules: &[Rule]) -> Vec<Reign<'_>> {
    let mut ordered: Vec<&Rule> = rules.iter().collect();
    ordered.sort_by_key(|rule| rule.effective_from);
    let mut reigns: Vec<Reign<'_>> = Vec::with_capacity(ordered.len());
    for rule in ordered {
        match reigns.last_mut() {
            Some(last) if last.rule.effective_from == rule.effective_from => last.rule = rule,
            Some(last) => {
                last.until = rule.effective_from;
                reigns.push(Reign { rule, from: rule.effective_from, until: None });
            }
            // The first rule also covers the days before it: there is no other to judge them by.
            None => reigns.push(Reign { rule, from: None, until: None }),
        }
    }
    reigns
}

/// The reason that lies in the kind of timing alone.
fn timeless(reigns: &[Reign<'_>], as_at: Date, nothing_dated: bool) -> Option<UndatedReason> {
    let Some(reign) = reigns.iter().find(|reign| reign.holds_on(as_at)) else {
        return Some(UndatedReason::NoTimeGiven);
    };
    let timing = &reign.rule.timing;
    match timing.kind {
        TimingKind::Continuous => Some(UndatedReason::Continuous),
        TimingKind::None if nothing_dated => Some(UndatedReason::NoTimeGiven),
        TimingKind::Conditional if nothing_dated => {
            Some(UndatedReason::Conditional { text: timing.text.trim().to_owned() })
        }
        _ => None,
    }
}
