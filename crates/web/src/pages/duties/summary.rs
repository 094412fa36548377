//! The duties in a few figures, for the home page.

use improvement::occurrence::State;
use improvement::register::{ObligationState, VariationState};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;

use super::standing::{DueItem, Standing, live, occurrences, sort_day};

/// What stands out in the register.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct DutiesSummary {
    /// Due dates of live duties that passed with nothing recorded.
    pub overdue: usize,
    /// Due dates of live duties within the next 30 days.
    pub due_30_days: usize,
    /// Live duties without a date because something must be entered first.
    pub undated: usize,
    /// Suggested rows that wait for a person.
    pub waiting_confirmation: usize,
    /// Questions without a decision.
    pub questions_open: usize,
    /// Requests for variations that wait for an answer.
    pub variations_waiting: usize,
    /// What is overdue or due next, soonest first; at most [`DutiesSummary::SHOWN`].
    pub next: Vec<DueItem>,
}

impl DutiesSummary {
    /// How many due dates `next` holds at most.
    pub const SHOWN: usize = 10;
}

/// The duties of a programme in a few figures.
pub fn summary(programme: &Programme, today: Date) -> DutiesSummary {
    let last = today.checked_add(30.days()).unwrap_or(Date::MAX);
    let mut summary = DutiesSummary {
        undated: live(programme).filter(|row| Standing::of(programme, row) == Standing::DateMissing).count(),
        waiting_confirmation: suggested(programme),
        questions_open: programme.questions.iter().filter(|question| question.decision.is_none()).count(),
        variations_waiting: programme.variations.iter().filter(|v| v.state == VariationState::Asked).count(),
        ..DutiesSummary::default()
    };
    let mut next = Vec::new();
    for row in live(programme) {
        for occurrence in occurrences(programme, row) {
            let Some(day) = sort_day(occurrence) else { continue };
            let ahead = matches!(occurrence.state, State::Upcoming | State::DueSoon | State::DueThisMonth);
            summary.overdue += usize::from(occurrence.state == State::Overdue);
            summary.due_30_days += usize::from(ahead && day >= today && day <= last);
            if ahead || occurrence.state == State::Overdue {
                next.push((day, DueItem::of(programme, row, occurrence)));
            }
        }
    }
    next.sort_by_key(|(day, _)| *day);
    next.truncate(DutiesSummary::SHOWN);
    summary.next = next.into_iter().map(|(_, item)| item).collect();
    summary
}

fn suggested(programme: &Programme) -> usize {
    programme.obligations.iter().filter(|row| row.state == ObligationState::Suggested).count()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn what_is_overdue_comes_first_and_an_undated_duty_is_counted_apart() {
        let programme = sample::programme();
        let summary = summary(&programme, programme.as_at);
        assert_eq!(summary.overdue, 1);
        assert_eq!(summary.undated, 1);
        assert_eq!(summary.waiting_confirmation, 1);
        assert_eq!(summary.variations_waiting, 1);
        assert_eq!(summary.next[0].reference, "2");
        assert_eq!(summary.next[0].state, "Overdue");
    }
}
