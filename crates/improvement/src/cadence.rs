//! Whether a body meets as often as the notice says: each gap between meetings, judged by the rule of its first day,
//! or by a longer one that was agreed before the gap had broken it.
//!
//! "At least every 4 weeks" is a maximum gap of 28 days: the 29th day without a meeting is a breach, reported on that
//! day. "Every 4 weeks" names no maximum: a longer gap is said to be longer, and is not a breach. A variation counts
//! only from the day it was agreed.

mod sentence;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use vocabulary::id::VariationId;
use vocabulary::interval::Interval;
use vocabulary::working_days::{BankHolidays, days_between};

use crate::occurrence::{EventState, RuleSource, later};
use crate::timing::AnchorKind;

/// A rule about how often a body meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CadenceRule {
    /// First day on which it holds; none for the first rule.
    pub effective_from: Option<Date>,
    /// The interval.
    pub every: Interval,
    /// Whether it is a maximum gap rather than a nominal interval.
    pub at_most: bool,
    /// Where it comes from.
    pub source: RuleSource,
}

/// A change of cadence that has been agreed by those whom the notice names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CadenceVariation {
    /// The variation.
    pub id: VariationId,
    /// The day it was agreed.
    pub agreed_on: Date,
    /// The day from which it was meant to hold; it never holds before the day it was agreed.
    pub effective_from: Date,
    /// The new interval.
    pub every: Interval,
    /// Whether that is a maximum gap.
    pub at_most: bool,
}

/// A meeting of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: String,
    /// Its day.
    pub on: Date,
    /// Whether it took place.
    pub state: EventState,
    /// Whether enough members were there; none when it is not recorded.
    pub quorate: Option<bool>,
}

/// The day from which the first gap runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CadenceStart {
    /// The day.
    pub on: Date,
    /// Which anchor it is.
    pub anchor: AnchorKind,
    /// Whether that it runs from there is our reading.
    pub inferred: bool,
}

/// Whether a meeting without a quorum ends a gap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InquorateMeetings {
    /// It counts, and is flagged.
    #[default]
    Count,
    /// It is shown, and the gap goes on.
    DoNotCount,
}

/// Everything the cadence of one body follows from.
#[derive(Clone, Debug)]
pub struct CadenceFacts<'a> {
    /// The rules, the notice's first.
    pub rules: &'a [CadenceRule],
    /// Agreed variations.
    pub variations: &'a [CadenceVariation],
    /// From when the first gap runs, if known.
    pub start: Option<CadenceStart>,
    /// The meetings, in any order.
    pub meetings: &'a [Meeting],
    /// Whether inquorate meetings count.
    pub inquorate: InquorateMeetings,
    /// The last day on which the rule holds.
    pub ended_on: Option<Date>,
    /// The bank holidays, for intervals in working days.
    pub calendar: &'a BankHolidays,
}

/// What a gap starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapStart {
    /// The start of the clock, before any meeting.
    Anchor(CadenceStart),
    /// A meeting that was held.
    Held {
        /// Its id.
        id: String,
    },
    /// A meeting that is planned.
    Planned {
        /// Its id.
        id: String,
    },
}

/// What a gap ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapEnd {
    /// A meeting that was held.
    Held {
        /// Its id.
        id: String,
    },
    /// Nothing yet: the gap is open on the day of the question.
    Open,
    /// A meeting that is planned: the gap is a forecast.
    Planned {
        /// Its id.
        id: String,
    },
}

/// What a gap is, by its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapVerdict {
    /// Not longer than the rule says.
    Within,
    /// Longer than the maximum the notice sets.
    Breach,
    /// Longer than the interval the notice names, which is not a maximum.
    LongerThanNamed,
    /// The planned date would make it longer than the maximum.
    WouldBreach,
    /// The planned date would make it longer than the interval named.
    WouldBeLonger,
}

/// The days between two meetings, or from the last one until now or the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its first day.
    pub from: Date,
    /// What it starts with.
    pub start: GapStart,
    /// Its last day so far.
    pub to: Date,
    /// What it ends with.
    pub end: GapEnd,
    /// Its length in calendar days.
    pub days: u32,
    /// The last day on which a meeting would have kept to the rule.
    pub limit_on: Date,
    /// Days past that day.
    pub days_over: u32,
    /// The verdict.
    pub verdict: GapVerdict,
    /// The interval that decides.
    pub every: Interval,
    /// Whether that is a maximum.
    pub at_most: bool,
    /// Where the deciding rule comes from.
    pub rule: RuleSource,
    /// Inquorate meetings in the gap or at its end, by id.
    pub inquorate: Vec<String>,
    /// The gap and its verdict, in words.
    pub sentence: String,
}

/// How often a body has met, up to a day, and what its planned dates would mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cadence {
    /// Gaps that are closed, in order, then the open one.
    pub gaps: Vec<Gap>,
    /// Gaps that the planned meetings would leave, in order.
    pub planned: Vec<Gap>,
    /// Meetings planned for a past day of which nothing is recorded, by id; they count for nothing.
    pub unrecorded: Vec<String>,
    /// The last day for the next meeting, when a clock runs.
    pub next_due: Option<Date>,
    /// The rule that decides on it.
    pub next_rule: Option<RuleSource>,
    /// How the body stands, in words.
    pub sentence: String,
}

impl Cadence {
    /// Gaps that broke a maximum.
    pub fn breaches(&self) -> impl Iterator<Item = &Gap> {
        self.gaps.iter().filter(|gap| gap.verdict == GapVerdict::Breach)
    }

    /// Planned gaps that would be too long.
    pub fn warnings(&self) -> impl Iterator<Item = &Gap> {
        self.planned.iter().filter(|gap| gap.verdict != GapVerdict::Within)
    }
}

/// A point from which or to which a gap is measured.
struct Point<'a> {
    on: Date,
    start: GapStart,
    meeting: Option<&'a Meeting>,
}

/// How often a body has met, as known on a day.
pub fn cadence(facts: &CadenceFacts<'_>, as_at: Date) -> Cadence {
    let rules = rules_known(facts, as_at);
    let last_day = facts.ended_on.map_or(as_at, |ended| ended.min(as_at));
    let mut meetings: Vec<&Meeting> =
        facts.meetings.iter().filter(|meeting| meeting.state != EventState::Cancelled).collect();
    meetings.sort_by(|one, other| (one.on, &one.id).cmp(&(other.on, &other.id)));
    let held: Vec<&Meeting> = meetings.iter().copied().filter(|m| is_held(m, last_day)).collect();
    let ahead: Vec<&Meeting> = meetings.iter().copied().filter(|m| is_ahead(facts, m, as_at)).collect();
    let unrecorded = meetings.iter().filter(|m| m.state == EventState::Planned && m.on < as_at);
    let mut result = Cadence { unrecorded: unrecorded.map(|m| m.id.clone()).collect(), ..Cadence::default() };
    let Some(last) = closed_gaps(facts, &rules, &held, &mut result.gaps) else {
        result.sentence = sentence::not_started(facts.rules.is_empty());
        return result;
    };
    let after: Vec<String> = not_counted_after(facts, &held, last.on);
    let open = measure(facts, &rules, &last, last_day, GapEnd::Open, after.clone());
    let Some(open) = open else {
        result.sentence = sentence::not_started(true);
        return result;
    };
    if facts.ended_on.is_none_or(|ended| ended >= as_at) {
        result.next_due = Some(open.limit_on);
        result.next_rule = Some(open.rule);
    }
    result.gaps.push(open);
    planned_gaps(facts, &rules, last, &ahead, after, &mut result.planned);
    result.sentence = sentence::overall(&result, facts.ended_on.filter(|ended| *ended < as_at));
    result
}

/// Closes a gap with each meeting that counts; gives the point from which the open gap runs.
fn closed_gaps<'a>(
    facts: &CadenceFacts<'a>,
    rules: &[CadenceRule],
    held: &[&'a Meeting],
    gaps: &mut Vec<Gap>,
) -> Option<Point<'a>> {
    let mut last: Option<Point<'a>> =
        facts.start.map(|start| Point { on: start.on, start: GapStart::Anchor(start), meeting: None });
    let mut inquorate: Vec<String> = Vec::new();
    for meeting in held {
        if last.as_ref().is_some_and(|last| meeting.on < last.on) {
            continue;
        }
        if meeting.quorate == Some(false) {
            inquorate.push(meeting.id.clone());
            if facts.inquorate == InquorateMeetings::DoNotCount {
                continue;
            }
        }
        if let Some(last) = last.as_ref().filter(|last| last.on < meeting.on) {
            let end = GapEnd::Held { id: meeting.id.clone() };
            gaps.extend(measure(facts, rules, last, meeting.on, end, std::mem::take(&mut inquorate)));
        }
        let start = GapStart::Held { id: meeting.id.clone() };
        last = Some(Point { on: meeting.on, start, meeting: Some(*meeting) });
    }
    last
}

/// Inquorate meetings since the last one that counted.
fn not_counted_after(facts: &CadenceFacts<'_>, held: &[&Meeting], since: Date) -> Vec<String> {
    if facts.inquorate == InquorateMeetings::Count {
        return Vec::new();
    }
    let later = held.iter().filter(|meeting| meeting.on > since && meeting.quorate == Some(false));
    later.map(|meeting| meeting.id.clone()).collect()
}

fn planned_gaps<'a>(
    facts: &CadenceFacts<'a>,
    rules: &[CadenceRule],
    mut last: Point<'a>,
    ahead: &[&'a Meeting],
    mut inquorate: Vec<String>,
    gaps: &mut Vec<Gap>,
) {
    for meeting in ahead.iter().filter(|meeting| meeting.on > last.on).copied().collect::<Vec<_>>() {
        if meeting.on <= last.on {
            continue;
        }
        let end = GapEnd::Planned { id: meeting.id.clone() };
        gaps.extend(measure(facts, rules, &last, meeting.on, end, std::mem::take(&mut inquorate)));
        let start = GapStart::Planned { id: meeting.id.clone() };
        last = Point { on: meeting.on, start, meeting: Some(meeting) };
    }
}

/// The rule of a gap's first day and the last day it allows, or a longer one that came to hold before that day was past.
fn governing<'a>(
    facts: &CadenceFacts<'_>,
    rules: &'a [CadenceRule],
    from: Date,
) -> Option<(&'a CadenceRule, Date)> {
    let first = rules.iter().rev().find(|rule| rule.effective_from.is_none_or(|day| day <= from));
    let first = first.or(rules.first())?;
    let mut governing = (first, later(from, first.every, facts.calendar)?);
    for rule in rules {
        let in_time = rule.effective_from.is_some_and(|day| from < day && day <= governing.1);
        let limit = later(from, rule.every, facts.calendar).filter(|limit| in_time && *limit > governing.1);
        governing = limit.map_or(governing, |limit| (rule, limit));
    }
    Some(governing)
}

/// Measures one gap.
fn measure(
    facts: &CadenceFacts<'_>,
    rules: &[CadenceRule],
    from: &Point<'_>,
    to: Date,
    end: GapEnd,
    inquorate: Vec<String>,
) -> Option<Gap> {
    let (rule, limit_on) = governing(facts, rules, from.on)?;
    let days_over = whole_days(limit_on, to);
    let forecast = matches!(end, GapEnd::Planned { .. });
    let verdict = match (days_over > 0, rule.at_most, forecast) {
        (false, _, _) => GapVerdict::Within,
        (true, true, false) => GapVerdict::Breach,
        (true, false, false) => GapVerdict::LongerThanNamed,
        (true, true, true) => GapVerdict::WouldBreach,
        (true, false, true) => GapVerdict::WouldBeLonger,
    };
    let mut gap = Gap {
        from: from.on,
        start: from.start.clone(),
        to: to.max(from.on),
        end,
        days: whole_days(from.on, to),
        limit_on,
        days_over,
        verdict,
        every: rule.every,
        at_most: rule.at_most,
        rule: rule.source,
        inquorate,
        sentence: String::new(),
    };
    let starts_inquorate = from.meeting.is_some_and(|meeting| meeting.quorate == Some(false));
    gap.sentence = sentence::of_gap(&gap, starts_inquorate, facts);
    Some(gap)
}

/// The rules in the order in which they came to hold, variations among them from the day they were agreed.
fn rules_known(facts: &CadenceFacts<'_>, as_at: Date) -> Vec<CadenceRule> {
    let mut rules = facts.rules.to_vec();
    for variation in facts.variations.iter().filter(|variation| variation.agreed_on <= as_at) {
        rules.push(CadenceRule {
            effective_from: Some(variation.effective_from.max(variation.agreed_on)),
            every: variation.every,
            at_most: variation.at_most,
            source: RuleSource::Variation(variation.id),
        });
    }
    rules.retain(|rule| rule.every.amount > 0);
    rules.sort_by_key(|rule| rule.effective_from);
    rules
}

fn is_held(meeting: &Meeting, last_day: Date) -> bool {
    meeting.state == EventState::Held && meeting.on <= last_day
}

fn is_ahead(facts: &CadenceFacts<'_>, meeting: &Meeting, as_at: Date) -> bool {
    let not_ended = facts.ended_on.is_none_or(|ended| meeting.on <= ended);
    let to_come = match meeting.state {
        EventState::Planned => meeting.on >= as_at,
        EventState::Held => meeting.on > as_at,
        EventState::Cancelled => false,
    };
    not_ended && to_come
}

fn whole_days(from: Date, to: Date) -> u32 {
    u32::try_from(days_between(from, to)).unwrap_or(0)
}
