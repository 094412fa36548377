//! The year a set of files is of: as asked, as a census says itself, or the year that most of its days lie in.

use vocabulary::day::Day;
use vocabulary::records::Cell;

use crate::Question;
use crate::layout::{Collection, Holds};
use crate::source::{Gathered, Note};

/// Years in which a day of a return may lie.
const FIRST: i16 = 1920;
const LAST: i16 = 2100;

/// For files without a single day that can be read.
const USUAL: i16 = 2026;

/// The year of the files, and a note when it was told from their days or differs from what they say.
pub fn of(gathered: &mut Gathered, question: &Question<'_>) -> i16 {
    if let Some(year) = question.year {
        if gathered.stated_year.is_some_and(|stated| stated != year) {
            gathered.note(Note::YearsDiffer, 0, None, None, None);
        }
        return year;
    }
    let as_at = question.as_at.map(|day| day.date().year());
    if let Some(year) = gathered.stated_year.or(as_at.filter(|_| !question.collection.is_of_a_year())) {
        return year;
    }
    if question.collection.is_of_a_year() {
        gathered.note(Note::YearFromData, 0, None, None, None);
    }
    let known = question.as_at.or(question.not_after).map(|day| day.date().year());
    fullest_year(gathered).or(known).unwrap_or(USUAL)
}

/// The year with most days, so that a slip in one cell changes nothing.
fn fullest_year(gathered: &Gathered) -> Option<i16> {
    let starts = starts_of_years(gathered.layout.collection);
    let mut counts = vec![0_u32; starts.len()];
    for table in gathered.tables.iter().flatten() {
        for (column, typed) in table.layout.columns.iter().zip(&table.columns) {
            let (Holds::Day, Some(typed)) = (column.holds, typed) else { continue };
            if column.kind == "child" || column.field.is_empty() {
                continue;
            }
            for row in 0..table.len() {
                if let Cell::Value(day) = typed.cells.day(row) {
                    counts[starts.partition_point(|start| *start <= day).saturating_sub(1)] += 1;
                }
            }
        }
    }
    let (place, count) = counts.iter().enumerate().max_by_key(|&(place, count)| (*count, place))?;
    (*count > 0).then(|| FIRST + i16::try_from(place).unwrap_or_default())
}

/// The first day of each year: 1 January for Annex A, 1 April of the year before for the others.
fn starts_of_years(collection: Collection) -> Vec<Day> {
    let (month, earlier) = if collection.is_of_a_year() { (4, 1) } else { (1, 0) };
    (FIRST..=LAST).filter_map(|year| Day::new(year - earlier, month, 1)).collect()
}
