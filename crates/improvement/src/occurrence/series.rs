//! Duties that recur at an interval: a maximum gap from one doing to the next, or a nominal series from its start.

use std::ops::ControlFlow;

use jiff::civil::Date;
use vocabulary::date::PartialDate;
use vocabulary::interval::Interval;

use super::{
    Draft, Drafted, Due, DutyFacts, EventKind, EventState, Horizon, LocalInterval, Mark, OccurrenceKey,
    Precision, Reign, RuleSource, UndatedReason, due, tied,
};
use crate::timing::{AnchorKind, Timing, TimingKind};
use crate::words;

/// A day on which a period starts, and how it is known.
struct Start {
    on: Date,
    precision: Precision,
    /// `11 August 2016, the day of issue`.
    words: String,
    inferred: bool,
}

/// The interval that holds for a period, and who set it.
#[derive(Clone, Copy)]
struct Ruling<'a> {
    every: Interval,
    at_most: bool,
    source: RuleSource,
    local: Option<&'a LocalInterval>,
    /// Whether missing it breaches the notice, if the duty is a *must*.
    binding: bool,
}

impl Ruling<'_> {
    fn is_same_as(&self, other: &Self) -> bool {
        (self.every, self.at_most, self.source) == (other.every, other.at_most, other.source)
    }
}

struct Walk<'a> {
    duty: &'a DutyFacts<'a>,
    as_at: Date,
    horizon: Horizon,
    /// What was done, by day: events of the performing kind.
    done: Vec<(Date, String)>,
    /// The start of the present period.
    start: Start,
    number: u32,
    /// The nominal series in progress: its rule, its start, and how many intervals have passed since.
    series: Option<(Ruling<'a>, Date, u16)>,
    drafts: Vec<Draft>,
}

pub(super) fn draft<'a>(
    duty: &'a DutyFacts<'a>,
    reigns: &[Reign<'a>],
    as_at: Date,
    horizon: Horizon,
) -> Drafted {
    let Some(first) = reigns.iter().find(|reign| is_interval(duty, &reign.rule.timing)) else {
        return Drafted::default();
    };
    let done = performed(duty, as_at);
    let start = match start(duty, first, &done) {
        Ok(start) => start,
        Err(reason) => return Drafted { drafts: vec![], undated: Some(reason) },
    };
    let mut walk = Walk { duty, as_at, horizon, done, start, number: 0, series: None, drafts: vec![] };
    let undated = walk.run(reigns);
    Drafted { drafts: walk.drafts, undated }
}

fn is_interval(duty: &DutyFacts<'_>, timing: &Timing) -> bool {
    timing.kind == TimingKind::Recurring && tied::kind_of(duty, timing).is_none()
}

/// An interval that a series can be counted by.
fn own_interval(timing: &Timing) -> Option<Interval> {
    timing.every.filter(|every| every.amount > 0)
}

/// The days on which the duty was done, in order, one a day.
fn performed(duty: &DutyFacts<'_>, as_at: Date) -> Vec<(Date, String)> {
    let mut done: Vec<(Date, String)> = duty
        .events
        .iter()
        .filter(|event| duty.performed_by.as_ref() == Some(&event.kind) && event.state == EventState::Held)
        .filter_map(|event| Some((event.on.last_day()?, event.id.clone())))
        .filter(|(on, _)| *on <= as_at)
        .collect();
    done.sort();
    done.dedup_by_key(|(on, _)| *on);
    done
}

/// Where the first period starts.
fn start(duty: &DutyFacts<'_>, first: &Reign<'_>, done: &[(Date, String)]) -> Result<Start, UndatedReason> {
    let timing = &first.rule.timing;
    let mut start = if own_interval(timing).is_some() {
        first_start(duty, timing, done)?
    } else {
        // An interval set later by a rule or a local setting starts its own first period; see `Walk::run`.
        set_on(first_setting(duty, first)?)
    };
    let in_force = duty.in_force.from.filter(|_| timing.at_most);
    for (bound, words) in
        [(in_force, "the day the duty came into force"), (first.from, "the day of the change")]
    {
        if let Some(day) = bound.filter(|day| start.on < *day) {
            let words = format!("{}, {words}", PartialDate::Day(day).in_words());
            start = Start { on: day, precision: Precision::Day, words, inferred: start.inferred };
        }
    }
    Ok(start)
}

/// The start of a period on the day its interval was set.
fn set_on(day: Date) -> Start {
    let words = format!("{}, the day this interval was set", PartialDate::Day(day).in_words());
    Start { on: day, precision: Precision::Day, words, inferred: false }
}

/// The day from which an interval left open by the notice is first set.
fn first_setting(duty: &DutyFacts<'_>, open: &Reign<'_>) -> Result<Date, UndatedReason> {
    let local = duty.local_intervals.iter().filter(|local| local.every.amount > 0).map(|local| local.from);
    local
        .chain(open.until)
        .min()
        .ok_or_else(|| UndatedReason::IntervalNotSet { by: open.rule.timing.set_by.clone() })
}

fn first_start(
    duty: &DutyFacts<'_>,
    timing: &Timing,
    done: &[(Date, String)],
) -> Result<Start, UndatedReason> {
    if let Some(start) = timing.anchor.and_then(|kind| from_anchor(duty, kind, timing.anchor_inferred)) {
        return start;
    }
    if timing.anchor.is_none() {
        // The notice names no start. Its commencement or its issue is the natural one, and is shown as our reading.
        let implied = [AnchorKind::Commenced, AnchorKind::Issued];
        if let Some(start) = implied.into_iter().find_map(|kind| from_anchor(duty, kind, true)) {
            return start;
        }
    }
    // Without its named start a nominal series has no dates; a gap between two doings needs no start to be too long.
    let of_events =
        matches!(timing.anchor, Some(AnchorKind::Meeting | AnchorKind::Review | AnchorKind::Visit));
    let counts_from_first = timing.anchor.is_none() || timing.at_most || of_events;
    if let Some((on, _)) = done.first().filter(|_| counts_from_first) {
        let first = duty.performed_by.as_ref().map_or("time", words::event_in_words);
        let words = format!("{}, the first {first}", PartialDate::Day(*on).in_words());
        return Ok(Start { on: *on, precision: Precision::Day, words, inferred: false });
    }
    Err(timing.anchor.map_or(UndatedReason::AnchorNotNamed, UndatedReason::AnchorMissing))
}

fn from_anchor(
    duty: &DutyFacts<'_>,
    kind: AnchorKind,
    inferred: bool,
) -> Option<Result<Start, UndatedReason>> {
    let anchor = duty.anchors.get(&kind)?;
    Some(due::usable(anchor.on).map(|(_, last, precision)| Start {
        on: last,
        precision,
        words: format!("{}, {}", anchor.on.in_words(), words::anchor_apposition(kind)),
        inferred: inferred || anchor.inferred,
    }))
}

impl<'a> Walk<'a> {
    /// Walks from period to period, each under the rule in force on the day it starts.
    fn run(&mut self, reigns: &[Reign<'a>]) -> Option<UndatedReason> {
        while let Some(reign) = reigns.iter().find(|reign| reign.holds_on(self.start.on)) {
            if let Some(ruling) = self.ruling(reign) {
                let step = if ruling.at_most { self.gap(reigns, ruling) } else { self.nominal(ruling) };
                if step.is_break() {
                    return None;
                }
            } else if let Some(next) = self.next_setting(reign) {
                self.start = set_on(next);
            } else if is_interval(self.duty, &reign.rule.timing) {
                return Some(UndatedReason::IntervalNotSet { by: reign.rule.timing.set_by.clone() });
            } else {
                return None;
            }
        }
        None
    }

    /// The interval in force on the day the period starts: the notice's, or else a local one.
    fn ruling(&self, reign: &Reign<'a>) -> Option<Ruling<'a>> {
        let timing = &reign.rule.timing;
        if !is_interval(self.duty, timing) {
            return None;
        }
        // A board that meets later than "every four weeks" has overshot the notice's interval, not broken a limit.
        let a_limit = timing.at_most || self.duty.performed_by != Some(EventKind::Meeting);
        if let Some(every) = own_interval(timing) {
            let source = reign.rule.source;
            let binding = a_limit && source != RuleSource::LocalSetting;
            return Some(Ruling { every, at_most: timing.at_most, source, local: None, binding });
        }
        let local = self
            .duty
            .local_intervals
            .iter()
            .filter(|local| local.from <= self.start.on && local.every.amount > 0)
            .max_by_key(|local| local.from)?;
        Some(Ruling {
            every: local.every,
            at_most: local.at_most,
            source: RuleSource::LocalSetting,
            local: Some(local),
            // An interval that the notice has another body set is the notice's own; any other local one is not.
            binding: timing.set_by.is_some(),
        })
    }

    /// The next day on which something sets an interval.
    fn next_setting(&self, reign: &Reign<'_>) -> Option<Date> {
        let locals = self.duty.local_intervals.iter().filter(|local| local.every.amount > 0);
        let local = locals.map(|local| local.from).filter(|from| *from > self.start.on);
        local.filter(|_| is_interval(self.duty, &reign.rule.timing)).chain(reign.until).min()
    }

    /// One gap: from its start to the next time the duty was done, or still open.
    fn gap(&mut self, reigns: &[Reign<'a>], ruling: Ruling<'a>) -> ControlFlow<()> {
        self.series = None;
        let from = self.start.on;
        let key = OccurrenceKey::Gap(from);
        let Some((ruling, latest)) = self.governing(reigns, ruling) else {
            return ControlFlow::Break(());
        };
        let met = self.first_done_after(from, &key);
        let why = format!("At most {} after {}.", ruling.every.in_words(), self.start.words);
        self.push(key, latest, why, ruling, met.clone());
        let Some((on, _)) = met else { return ControlFlow::Break(()) };
        let words = format!("{}, the {}", PartialDate::Day(on).in_words(), self.last_one());
        self.start = Start { on, precision: Precision::Day, words, inferred: false };
        ControlFlow::Continue(())
    }

    /// The rule of the gap's first day, or a longer one that came to hold before the gap had broken it.
    fn governing(&self, reigns: &[Reign<'a>], first: Ruling<'a>) -> Option<(Ruling<'a>, Date)> {
        let limit = |ruling: Ruling<'_>| due::later(self.start.on, ruling.every, self.duty.calendar);
        let mut governing = (first, limit(first)?);
        for reign in reigns {
            let in_time = reign.from.is_some_and(|from| self.start.on < from && from <= governing.1);
            let Some(ruling) = self.ruling(reign).filter(|_| in_time) else { continue };
            let longer = limit(ruling).filter(|limit| *limit > governing.1);
            governing = longer.map_or(governing, |limit| (ruling, limit));
        }
        Some(governing)
    }

    fn last_one(&self) -> String {
        match &self.duty.performed_by {
            Some(kind) => format!("last {}", words::event_in_words(kind)),
            None => "last time it was done".to_owned(),
        }
    }

    fn first_done_after(&self, from: Date, key: &OccurrenceKey) -> Option<(Date, String)> {
        let marks = self.duty.marks.get(key).map_or(&[][..], Vec::as_slice);
        let marked = marks.iter().filter_map(|mark| match mark {
            Mark::Met { on, by } if *on <= self.as_at => Some((*on, by.clone())),
            _ => None,
        });
        let next_event = self.done.iter().cloned();
        marked.chain(next_event).filter(|(on, _)| *on > from).min()
    }

    /// One step of a nominal series.
    fn nominal(&mut self, ruling: Ruling<'a>) -> ControlFlow<()> {
        let previous = self.start.on;
        let (base, passed) = match &self.series {
            Some((known, base, passed)) if known.is_same_as(&ruling) => (*base, *passed),
            Some(_) => {
                let day = PartialDate::Day(previous).in_words();
                self.start.words = format!("{day}, when the one before was due");
                (previous, 0)
            }
            None => (previous, 0),
        };
        let steps = passed.checked_add(1);
        let Some((steps, latest)) =
            steps.and_then(|steps| Some((steps, nominal_day(ruling.every, steps, base, self.duty)?)))
        else {
            return ControlFlow::Break(());
        };
        let next_is_shown = previous > self.as_at;
        let ended = self.duty.in_force.to.is_some_and(|to| to < latest);
        if ended || (latest > self.horizon.to && next_is_shown) {
            return ControlFlow::Break(());
        }
        self.number += 1;
        let key = OccurrenceKey::Number(self.number);
        if self.duty.in_force.from.is_none_or(|from| from <= latest) {
            let every = ruling.every.in_words();
            let every = every.strip_prefix("1 ").unwrap_or(&every);
            let why = format!("Number {} of a series every {every} from {}.", self.number, self.start.words);
            let met = self.take_done_after(previous, &key);
            self.push(key, latest, why, ruling, met);
        }
        self.series = Some((ruling, base, steps));
        self.start.on = latest;
        ControlFlow::Continue(())
    }

    /// The first doing after the previous due day that answers no earlier number; a person's mark goes before it.
    fn take_done_after(&mut self, previous: Date, key: &OccurrenceKey) -> Option<(Date, String)> {
        if self.duty.marks.get(key).is_some_and(|marks| marks.iter().any(|m| matches!(m, Mark::Met { .. }))) {
            return None;
        }
        let place = self.done.iter().position(|(on, _)| *on > previous)?;
        let taken = self.done[place].clone();
        self.done.drain(..=place);
        Some(taken)
    }

    fn push(
        &mut self,
        key: OccurrenceKey,
        latest: Date,
        mut why: String,
        ruling: Ruling<'_>,
        met: Option<(Date, String)>,
    ) {
        if let Some(local) = ruling.local {
            why.push_str(&format!(
                " This interval was set locally by {}; it is not the notice’s.",
                local.set_by
            ));
        } else if ruling.source == RuleSource::LocalSetting {
            why.push_str(" This interval is a local setting; it is not the notice’s.");
        }
        why.push_str(&due::counted_in_working_days(ruling.every, latest, self.duty.calendar));
        if self.start.inferred {
            why.push_str(" The start is our reading and is not yet confirmed.");
        }
        let due = Due { earliest: None, latest: Some(latest), precision: self.start.precision };
        self.drafts.push(Draft {
            key,
            due,
            why,
            rule: ruling.source,
            inferred: self.start.inferred,
            binding: ruling.binding,
            met,
            replacements: vec![],
        });
    }
}

/// The day of a nominal series counted from its start at once, so that months do not drift from the 31st to the 28th.
fn nominal_day(every: Interval, times: u16, base: Date, duty: &DutyFacts<'_>) -> Option<Date> {
    let amount = every.amount.checked_mul(times)?;
    due::later(base, Interval::new(amount, every.unit), duty.calendar)
}
