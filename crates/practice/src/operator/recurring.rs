//! Recurring clocks: each runs from the event before it, not from the day that one was due.

use vocabulary::day::Day;

use super::{Judge, Question, Verdict};
use crate::date::{BoundDate, DateOf};
use crate::events::{BoundEvents, Event, Gathered};
use crate::field::Row;
use crate::limit::Span;
use crate::outcome::Status;
use crate::picture::Sheet;
use crate::reason::{Told, Why};

/// A chain of events with a longest gap, from a start until an end.
pub(crate) struct Chain<'p> {
    sheet: &'p Sheet,
    from: BoundDate<'p>,
    until: Option<BoundDate<'p>>,
    events: BoundEvents<'p>,
    /// The longest gap before the first event, the second and so on; the last repeats.
    spans: Vec<Span>,
    /// Whether the start is itself one of the events, which is not counted again.
    starts_with_event: bool,
    as_at: Day,
}

/// A gap: its start, its place in the chain and what is known of events that may lie in it.
#[derive(Clone, Copy)]
struct Gap<'p> {
    from: Event,
    place: usize,
    unclear: Option<Why<'p>>,
}

impl<'p> Chain<'p> {
    pub(crate) fn bind(
        from: &'p DateOf,
        until: Option<&'p DateOf>,
        events: BoundEvents<'p>,
        spans: Vec<Span>,
        question: Question<'p>,
    ) -> Self {
        let (sheet, picture) = (question.sheet, question.picture);
        let bind = |date: &'p DateOf| date.bind(&sheet.table, picture);
        let starts_with_event =
            matches!(from, DateOf::Other(other) if events.are(&other.record, &other.field));
        let (from, until) = (bind(from), until.map(bind));
        Self { sheet, from, until, events, spans, starts_with_event, as_at: picture.as_at }
    }

    fn gaps(&self, row: Row, start: Day, verdicts: &mut Vec<Verdict<'p>>) -> Result<(), Why<'p>> {
        if self.spans.iter().any(|span| span.limit.is_none()) {
            return Err(Why::LimitNotSet);
        }
        let ended = match self.until.as_ref().map_or(Told::Blank, |until| until.day(row)) {
            Told::Unclear(why) => return Err(why),
            Told::Known(ended) if ended <= self.as_at => Some(ended),
            Told::Known(_) | Told::Blank => None,
        };
        let first = if self.starts_with_event { start.plus_days(1) } else { start };
        let Gathered { events, unclear } = self.events.gather(row, first, ended.unwrap_or(self.as_at))?;
        let mut gap = Gap {
            from: Event { day: start, shown_last_on: self.sheet.shown_last_on[row.row] },
            place: 0,
            unclear,
        };
        for event in events {
            // What came before the first event that is known, an extract of latest events does not say.
            if gap.place > 0 || !self.events.only_latest() {
                verdicts.push(self.closed(gap, event.day));
            }
            gap = Gap { from: event, place: gap.place + 1, unclear };
        }
        let done = gap.place > 0 && ended.is_some_and(|ended| ended <= gap.from.day);
        if !done {
            verdicts.push(self.open(gap, ended));
        }
        Ok(())
    }

    fn closed(&self, gap: Gap<'p>, next: Day) -> Verdict<'p> {
        let span = self.span(gap.place);
        let due = match span.due(gap.from.day) {
            Ok(due) => due,
            Err(why) => return Verdict::cannot_tell(Some(gap.from.day), why),
        };
        if span.in_time(next, due) {
            return Verdict { status: Status::Met, met_on: Some(next), ..running(gap, due) };
        }
        self.over(gap, Verdict { met_on: Some(next), ..running(gap, due) })
    }

    fn open(&self, gap: Gap<'p>, ended: Option<Day>) -> Verdict<'p> {
        let due = match self.span(gap.place).due(gap.from.day) {
            Ok(due) => due,
            Err(why) => return Verdict::cannot_tell(Some(gap.from.day), why),
        };
        let verdict = Verdict { ended_on: ended, ..running(gap, due) };
        match ended {
            Some(ended) if ended < due => {
                Verdict { status: Status::NotApplicable, why: Some(Why::EndedFirst), ..verdict }
            }
            None if self.as_at <= due => verdict,
            _ => self.over(gap, verdict),
        }
    }

    /// A gap over its limit is missed, unless an event in it may have gone unseen.
    fn over(&self, gap: Gap<'p>, verdict: Verdict<'p>) -> Verdict<'p> {
        let unseen = match gap.unclear {
            Some(why) => Some(why),
            None if self.events.only_latest() && !self.shown_past_its_due_day(gap) => Some(Why::OnlyLatest),
            None => None,
        };
        match unseen {
            Some(why) => Verdict { status: Status::CannotTell, met_on: None, why: Some(why), ..verdict },
            None => Verdict { status: Status::Missed, ..verdict },
        }
    }

    /// Whether a source still showed the event as the latest when the next was overdue, whichever of the chain it was.
    fn shown_past_its_due_day(&self, gap: Gap<'p>) -> bool {
        let later = self.spans.iter().skip(gap.place.min(self.spans.len().saturating_sub(1)));
        later.map(|span| span.due(gap.from.day)).all(|due| due.is_ok_and(|due| gap.from.shown_last_on > due))
    }

    fn span(&self, place: usize) -> Span {
        let last = self.spans.len() - 1;
        self.spans[place.min(last)]
    }
}

fn running<'p>(gap: Gap<'p>, due: Day) -> Verdict<'p> {
    Verdict { due_on: Some(due), ..Verdict::on(gap.from.day, Status::Due) }
}

impl<'p> Judge<'p> for Chain<'p> {
    fn judge(&self, row: Row, verdicts: &mut Vec<Verdict<'p>>) {
        match self.from.needed(row) {
            Err(why) => verdicts.push(Verdict::cannot_tell(None, why)),
            Ok(start) => {
                if let Err(why) = self.gaps(row, start, verdicts) {
                    verdicts.push(Verdict::cannot_tell(Some(start), why));
                }
            }
        }
    }
}
