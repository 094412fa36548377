//! A measure's children by age, legal status, category, need and placement: folds over the same outcomes as the measure.

use std::collections::BTreeMap;

use practice::control_chart::{Measure as ChartMeasure, Unit};
use practice::indicator::{Group, Part, behind};
use practice::outcome::Outcome;
use service::Figures;

use super::measure::{ValueRow, in_words};

/// Ages in whole years, from and to, as the national returns band them.
const BANDS: [(i32, i32, &str); 5] = [
    (i32::MIN, 0, "Under 1"),
    (1, 4, "1 to 4"),
    (5, 9, "5 to 9"),
    (10, 15, "10 to 15"),
    (16, i32::MAX, "16 and over"),
];

/// Fields that children are told apart by, and what a table by it is called.
const FIELDS: [(&str, &str); 4] = [
    ("legal_status", "By legal status"),
    ("latest_category", "By category of abuse"),
    ("primary_need", "By primary need"),
    ("placement_type", "By type of placement"),
];

/// The newest value over twelve months, or the newest position, by each such field of the records that are judged.
pub fn by_field(figures: &Figures, place: u16, asked: &ChartMeasure) -> Vec<(String, Vec<ValueRow>)> {
    let Some(value) = figures.newest_year(place, Group::Council) else { return Vec::new() };
    let standard = figures.library.measures[usize::from(place)].standard;
    let record = &figures.library.standards[usize::from(standard)].record;
    let Some(sheet) = figures.history.picture.sheet(record) else { return Vec::new() };
    let counted = behind(&figures.library, &figures.outcomes, value);
    let words = &figures.history.picture.words;
    let tables = FIELDS.iter().filter_map(|(field, name)| {
        let column = sheet.table.column(field)?;
        let mut tallies: BTreeMap<String, [u32; 3]> = BTreeMap::new();
        for (outcome, part) in &counted {
            let row = figures.outcomes.outcomes[*outcome].row as usize;
            let code = column.word(row).value().map(|code| words.text(code));
            let name =
                code.map_or_else(|| "Not given".to_owned(), |code| service::code_in_words(field, code));
            tallies.entry(name).or_default()[place_of(*part)] += 1;
        }
        let told = tallies.keys().any(|name| name != "Not given");
        let rows = tallies.iter().map(|(name, tally)| row(name, *tally, asked));
        told.then(|| ((*name).to_owned(), rows.collect()))
    });
    tables.collect()
}

fn place_of(part: Part) -> usize {
    match part {
        Part::Shown => 0,
        Part::Counted => 1,
        Part::CannotTell => 2,
    }
}

/// The newest value over twelve months, or the newest position, by age at the event; empty when no age is known.
pub fn by_age(figures: &Figures, place: u16, asked: &ChartMeasure) -> Vec<ValueRow> {
    let Some(value) = figures.newest_year(place, Group::Council) else { return Vec::new() };
    let mut tallies = [[0_u32; 3]; BANDS.len() + 1];
    for (outcome, part) in behind(&figures.library, &figures.outcomes, value) {
        let band = band_of(figures, &figures.outcomes.outcomes[outcome]).unwrap_or(BANDS.len());
        tallies[band][place_of(part)] += 1;
    }
    if tallies[..BANDS.len()].iter().flatten().all(|count| *count == 0) {
        return Vec::new();
    }
    let names = BANDS.iter().map(|(.., name)| *name).chain(["Not known"]);
    let rows = names.zip(tallies).filter(|(_, tally)| tally.iter().any(|count| *count > 0));
    rows.map(|(name, tally)| row(name, tally, asked)).collect()
}

fn row(name: &str, [shown, counted, cannot_tell]: [u32; 3], asked: &ChartMeasure) -> ValueRow {
    let denominator = shown + counted;
    let value = match asked.unit {
        Unit::Percent if denominator == 0 => None,
        Unit::Percent => Some(f64::from(shown) * 100.0 / f64::from(denominator)),
        Unit::Days | Unit::Number => Some(f64::from(shown)),
    };
    let words = in_words(value, asked);
    ValueRow { name: name.to_owned(), numerator: shown, denominator, cannot_tell, value, words }
}

fn band_of(figures: &Figures, outcome: &Outcome) -> Option<usize> {
    let age = figures.age_on(outcome.subject, outcome.event_on.unwrap_or(figures.as_at))?;
    BANDS.iter().position(|(from, to, _)| (*from..=*to).contains(&age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_one_band_and_nothing_is_made_of_nothing() {
        for age in -1..=30 {
            let bands = BANDS.iter().filter(|(from, to, _)| (*from..=*to).contains(&age));
            assert_eq!(bands.count(), 1, "{age}");
        }
        let asked = ChartMeasure {
            sentence: String::new(),
            unit: Unit::Percent,
            polarity: practice::control_chart::Polarity::High,
            target: None,
        };
        assert_eq!(row("Under 1", [0, 0, 2], &asked).words, "None counted");
        assert_eq!(row("Under 1", [1, 3, 2], &asked).words, "25%");
    }
}
