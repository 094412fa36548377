//! What the headline measures would be with a staged load, beside what they are: only those that differ.

use practice::control_chart::{Unit, amount};
use practice::indicator::{Group, IndicatorValue};
use serde::Serialize;
use service::{Action, Figures, Knowledge, Refusal};
use store::{Snapshot, SnapshotState};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;

use crate::components::{Cell, Heading, Table};
use crate::pages::duties::cells::link;
use crate::viewer::Viewer;

/// A headline measure that a staged load would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeasureChange {
    /// Its code.
    pub code: String,
    /// What it measures.
    pub title: String,
    /// As figures stand.
    pub now: String,
    /// As they would be.
    pub then: String,
}

/// The headline measures that differ with a staged load; none when it is not staged or the viewer reads no figures.
pub async fn of_staged(viewer: &Viewer, snapshot: &Snapshot) -> Result<Option<Vec<MeasureChange>>, Refusal> {
    if snapshot.state != SnapshotState::Staged || !viewer.may(Action::ViewFigures) {
        return Ok(None);
    }
    let now = viewer.service.figures(&viewer.scope, Knowledge::default()).await?;
    let asked = Knowledge { with_staged: Some(snapshot.id), ..Knowledge::default() };
    let then = viewer.service.figures(&viewer.scope, asked).await?;
    Ok(then.map(|then| differing(now.as_deref(), &then)))
}

fn differing(now: Option<&Figures>, then: &Figures) -> Vec<MeasureChange> {
    let headline = then.library.sets.iter().flat_map(|set| &set.entries).filter(|entry| entry.headline);
    let mut places: Vec<(u16, &str)> = headline.map(|entry| (entry.measure, entry.title.as_str())).collect();
    let mut seen = std::collections::BTreeSet::new();
    places.retain(|(place, _)| seen.insert(*place));
    places
        .into_iter()
        .filter_map(|(place, title)| {
            let told = |figures: &Figures| value_in_words(figures, place);
            let (now, then_told) = (now.map_or_else(nothing, told), told(then));
            (now != then_told).then(|| MeasureChange {
                code: then.library.measures[usize::from(place)].code.clone(),
                title: title.to_owned(),
                now,
                then: then_told,
            })
        })
        .collect()
}

fn nothing() -> String {
    "Nothing counted".to_owned()
}

fn value_in_words(figures: &Figures, place: u16) -> String {
    let is_count = figures.library.measures[usize::from(place)].is_count;
    figures.newest_year(place, Group::Council).map_or_else(nothing, |value| in_words(value, is_count))
}

fn in_words(value: &IndicatorValue, is_count: bool) -> String {
    let until = day_in_words(value.period.end.date());
    match value.value {
        None => nothing(),
        Some(number) if is_count => format!("{} to {until}", amount(number, Unit::Number)),
        Some(number) => format!(
            "{}, {} of {}, to {until}",
            amount(number, Unit::Percent),
            value.numerator,
            value.denominator
        ),
    }
}

/// The measures as a table.
pub fn table(changes: &[MeasureChange]) -> Table {
    let rows = changes.iter().map(|change| {
        vec![
            Cell::new(link(&change.title, &format!("/measures/{}", change.code))),
            Cell::new(&change.now),
            Cell::new(&change.then),
        ]
    });
    Table::new("What the headline measures would be, where they differ")
        .headings([Heading::new("Measure"), Heading::new("As figures stand"), Heading::new("With this load")])
        .rows(rows)
        .first_cell_is_heading()
        .stacks()
}

#[cfg(test)]
mod tests {
    use practice::indicator::{Period, PeriodKind};
    use vocabulary::day::Day;

    use super::*;

    #[test]
    fn a_value_says_its_counts_and_its_last_day() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let period =
            Period { kind: PeriodKind::RollingYear, start: day("2025-11-01"), end: day("2026-10-31") };
        let value = IndicatorValue {
            measure: 0,
            period,
            group: Group::Council,
            numerator: 9,
            denominator: 12,
            cannot_tell: 0,
            value: Some(75.0),
        };
        assert_eq!(in_words(&value, false), "75%, 9 of 12, to 31 October 2026");
        assert_eq!(in_words(&value, true), "75 to 31 October 2026");
        assert_eq!(in_words(&IndicatorValue { value: None, ..value }, false), "Nothing counted");
    }
}
