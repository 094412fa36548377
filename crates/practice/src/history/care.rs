//! Periods of care and placements out of episodes of care.
//!
//! A period is a chain of episodes from one whose start reason is S to an ending other than X1 (reference ssda903.md,
//! section 1). A placement begins where the start reason is S, P, T, B or U; temporary placements (T0 to T4) do not
//! break one, which is how the sources read count spells (section 6) and *unverified* as the Department's method.

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Cell, Column, FieldType, Word, Words};

use super::draft::{Draft, Made};
use super::value::Value;
use crate::picture::Sheet;

/// The codes that decide, as far as any episode has them.
struct Codes {
    started: Option<Word>,
    new_placement: Vec<Word>,
    continues: Option<Word>,
    temporary: Vec<Word>,
}

/// An episode: its row, and what decides about it.
#[derive(Clone, Copy, Debug)]
struct Episode {
    row: usize,
    started_on: Day,
    ended_on: Cell<Day>,
    starts_period: bool,
    starts_placement: bool,
    /// It ended and another follows the same day.
    continues: bool,
    temporary: bool,
}

/// A spell of some episodes in a row; its first day is unknown when the first of them was not its beginning.
#[derive(Debug)]
struct Spell {
    episodes: Vec<Episode>,
    begins: bool,
}

/// Adds placements, and the periods of care that no source lists.
pub(super) fn add_sheets(sheets: &mut Vec<Sheet>, words: &Words, catalogue: &Catalogue) {
    let Some(episodes) = sheets.iter().find(|sheet| sheet.table.kind == "care_episode").cloned() else {
        return;
    };
    let codes = Codes::of(words);
    let periods: Vec<Spell> = episodes
        .subjects
        .iter()
        .flat_map(|(_, rows)| periods(read(&episodes, rows.start as usize..rows.end as usize, &codes)))
        .collect();
    if sheets.iter().all(|sheet| sheet.table.kind != "placement") {
        sheets.push(placement_sheet(&episodes, &periods));
    }
    add_periods(sheets, &episodes, &periods, catalogue);
}

impl Codes {
    fn of(words: &Words) -> Self {
        let all = |codes: &[&str]| codes.iter().filter_map(|code| words.find(code)).collect();
        Self {
            started: words.find("S"),
            new_placement: all(&["S", "P", "T", "B", "U"]),
            continues: words.find("X1"),
            temporary: all(&["T0", "T1", "T2", "T3", "T4"]),
        }
    }
}

/// A subject's episodes whose first day could be read.
fn read(sheet: &Sheet, rows: std::ops::Range<usize>, codes: &Codes) -> Vec<Episode> {
    let day = |field: &str, row| sheet.table.column(field).map_or(Cell::Unreadable, |column| column.day(row));
    let word = |field: &str, row| sheet.table.column(field).and_then(|column| column.word(row).value());
    let episode = |row: usize| {
        let (reason, end, kind) =
            (word("start_reason", row), word("end_reason", row), word("placement_type", row));
        Some(Episode {
            row,
            started_on: day("started_on", row).value()?,
            ended_on: day("ended_on", row),
            starts_period: reason.is_some() && reason == codes.started,
            starts_placement: reason.is_some_and(|reason| codes.new_placement.contains(&reason)),
            continues: end.is_some() && end == codes.continues,
            temporary: kind.is_some_and(|kind| codes.temporary.contains(&kind)),
        })
    };
    rows.filter_map(episode).collect()
}

fn periods(episodes: Vec<Episode>) -> Vec<Spell> {
    let mut periods: Vec<Spell> = Vec::new();
    for episode in episodes {
        let last = periods.last().and_then(|period| period.episodes.last());
        let goes_on = last.is_some_and(|last| last.continues || last.ended_on == Cell::Blank);
        match periods.last_mut() {
            Some(period) if goes_on && !episode.starts_period => period.episodes.push(episode),
            _ => periods.push(Spell { begins: episode.starts_period, episodes: vec![episode] }),
        }
    }
    periods
}

/// The placements of a period.
fn placements(period: &Spell, sheet: &Sheet) -> Vec<Spell> {
    let mut spells: Vec<Spell> = Vec::new();
    for &episode in &period.episodes {
        match spells.last_mut() {
            Some(spell) if !begins_placement(spell, episode, sheet) => spell.episodes.push(episode),
            _ => spells.push(Spell { begins: episode.starts_placement, episodes: vec![episode] }),
        }
    }
    spells
}

fn begins_placement(spell: &Spell, episode: Episode, sheet: &Sheet) -> bool {
    let Some(last) = spell.episodes.last() else { return true };
    let lasting = spell.episodes.iter().rfind(|episode| !episode.temporary);
    match lasting {
        // A child goes back to where he or she was before the temporary placement.
        Some(lasting) if last.temporary && !episode.temporary => {
            !same_placement(sheet, lasting.row, episode.row)
        }
        Some(_) if episode.temporary => false,
        _ => episode.starts_placement,
    }
}

fn same_placement(sheet: &Sheet, one: usize, other: usize) -> bool {
    ["placement_type", "placement_provider"].into_iter().all(|field| {
        let column = sheet.table.column(field);
        column.is_none_or(|column| column.word(one) == column.word(other))
    })
}

impl Spell {
    fn first(&self) -> Episode {
        self.episodes[0]
    }

    fn last(&self) -> Episode {
        self.episodes[self.episodes.len() - 1]
    }

    /// The first day, unless the spell began before the first episode that any source shows.
    fn started_on(&self) -> Value {
        if self.begins { Value::Day(self.first().started_on) } else { Value::Unreadable }
    }

    /// The last episode that isn't a temporary placement.
    fn lasting(&self) -> Episode {
        self.episodes.iter().rfind(|episode| !episode.temporary).copied().unwrap_or(self.last())
    }

    fn made(&self, sheet: &Sheet) -> Made {
        let rows = || self.episodes.iter().map(|episode| episode.row);
        let first = self.first().row;
        Made {
            subject: sheet.table.subject[first],
            source: sheet.table.source[first],
            shown_first_on: rows()
                .map(|row| sheet.shown_first_on[row])
                .min()
                .unwrap_or(sheet.shown_first_on[first]),
            shown_last_on: rows()
                .map(|row| sheet.shown_last_on[row])
                .max()
                .unwrap_or(sheet.shown_last_on[first]),
        }
    }
}

fn value(sheet: &Sheet, field: &str, row: usize) -> Value {
    sheet.table.column(field).map_or(Value::Unreadable, |column| Value::of(column, row, |word| word))
}

fn placement_sheet(episodes: &Sheet, periods: &[Spell]) -> Sheet {
    let mut draft = Draft::new("placement")
        .with_column("started_on", FieldType::Day)
        .with_column("ended_on", FieldType::Day)
        .with_column("placement_type", FieldType::Code)
        .with_column("placement_provider", FieldType::Code);
    for placement in periods.iter().flat_map(|period| placements(period, episodes)) {
        let lasting = placement.lasting().row;
        let values = [
            ("started_on", placement.started_on()),
            ("ended_on", Value::from(placement.last().ended_on)),
            ("placement_type", value(episodes, "placement_type", lasting)),
            ("placement_provider", value(episodes, "placement_provider", lasting)),
        ];
        draft.push(placement.made(episodes), &values);
    }
    draft.sheet(false)
}

/// What an episode says of its period, under the same name in both kinds.
const AS_IN_LAST_EPISODE: [&str; 6] =
    ["need", "legal_status", "out_of_area", "distance_band", "placement_authority", "location"];

fn add_periods(sheets: &mut Vec<Sheet>, episodes: &Sheet, periods: &[Spell], catalogue: &Catalogue) {
    let listed = sheets.iter().find(|sheet| sheet.table.kind == "looked_after_period").cloned();
    let mut draft = Draft::taken_from(sheets, "looked_after_period");
    let kind = catalogue.kind("looked_after_period");
    for field in kind.iter().flat_map(|kind| &kind.fields) {
        if is_made(&field.name) {
            draft = draft.with_column(&field.name, field.field_type);
        }
    }
    for period in periods {
        let made = period.made(episodes);
        if !listed.as_ref().is_some_and(|listed| lists(listed, made.subject, period)) {
            draft.push(made, &values_of(period, episodes));
        }
    }
    sheets.push(draft.sheet(listed.is_some_and(|sheet| sheet.only_latest)));
}

fn is_made(field: &str) -> bool {
    let own = ["started_on", "ended_on", "end_reason", "legal_status_on"];
    let of_placement = ["placement_on", "placement_type", "placement_provider"];
    own.contains(&field) || of_placement.contains(&field) || AS_IN_LAST_EPISODE.contains(&field)
}

fn values_of(period: &Spell, episodes: &Sheet) -> Vec<(&'static str, Value)> {
    let last = period.last();
    let ended = last.ended_on != Cell::Blank && !last.continues;
    let placement = placements(period, episodes).pop();
    let lasting = placement.as_ref().map_or(last.row, |placement| placement.lasting().row);
    let mut values = vec![
        ("started_on", period.started_on()),
        // After X1 another episode follows; when no source shows it, the end can't be told.
        ("ended_on", if last.continues { Value::Unreadable } else { Value::from(last.ended_on) }),
        ("end_reason", if ended { value(episodes, "end_reason", last.row) } else { Value::Blank }),
        ("legal_status_on", legal_status_on(period, episodes)),
        ("placement_on", placement.as_ref().map_or(Value::Unreadable, Spell::started_on)),
        ("placement_type", value(episodes, "placement_type", lasting)),
        ("placement_provider", value(episodes, "placement_provider", lasting)),
    ];
    values.extend(AS_IN_LAST_EPISODE.map(|field| (field, value(episodes, field, last.row))));
    values
}

/// The day on which the last legal status began.
fn legal_status_on(period: &Spell, episodes: &Sheet) -> Value {
    let Some(column) = episodes.table.column("legal_status") else { return Value::Unreadable };
    let status = column.word(period.last().row);
    let since = period.episodes.iter().rev().take_while(|episode| column.word(episode.row) == status).last();
    match since {
        Some(episode) if episode.row != period.first().row => Value::Day(episode.started_on),
        _ => period.started_on(),
    }
}

/// Whether a source lists a period of the subject that overlaps this one.
fn lists(listed: &Sheet, subject: Word, period: &Spell) -> bool {
    let day = |field: &str, row| listed.table.column(field).map(|column: &Column| column.day(row));
    let last_day = period.last().ended_on.value().unwrap_or(Day(i32::MAX));
    let first_day = period.first().started_on;
    listed.rows_of(subject).any(|row| {
        let Some(Cell::Value(started_on)) = day("started_on", row) else { return true };
        let ended_on = day("ended_on", row).and_then(Cell::value).unwrap_or(Day(i32::MAX));
        started_on <= last_day && first_day <= ended_on
    })
}
