//! Reads a file of bank holidays: four lines of heading, then `[[holiday]]` entries in date order.
//!
//! The format is a small part of TOML, so that any TOML reader reads it too.

use jiff::civil::Date;

use super::{BankHoliday, BankHolidayError, BankHolidays, HolidayKind, is_weekend};

/// Holidays on weekdays that the law gives every year.
const A_YEAR: usize = 8;

#[derive(Default)]
struct Heading {
    calendar: Option<String>,
    version: Option<Date>,
    first_year: Option<i16>,
    last_year: Option<i16>,
}

#[derive(Default)]
struct Entry {
    line: usize,
    on: Option<Date>,
    name: Option<String>,
    kind: Option<HolidayKind>,
}

pub(super) fn parse(text: &str) -> Result<BankHolidays, BankHolidayError> {
    let mut heading = Heading::default();
    let mut entries: Vec<Entry> = Vec::new();
    let mut last_line = 0;
    for (index, written) in text.lines().enumerate() {
        let line = index + 1;
        last_line = line;
        let written = written.trim();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        if written == "[[holiday]]" {
            entries.push(Entry { line, ..Entry::default() });
            continue;
        }
        let Some((key, value)) = written.split_once('=') else {
            return refuse(line, "neither `[[holiday]]` nor `key = value`");
        };
        let (key, value) = (key.trim(), value.trim());
        match entries.last_mut() {
            Some(entry) => entry.set(line, key, value)?,
            None => heading.set(line, key, value)?,
        }
    }
    assemble(heading, entries, last_line + 1)
}

impl Heading {
    fn set(&mut self, line: usize, key: &str, value: &str) -> Result<(), BankHolidayError> {
        match key {
            "calendar" => once(&mut self.calendar, quoted(line, value)?, line, key),
            "version" => {
                let version = quoted(line, value)?;
                once(&mut self.version, date(line, &version)?, line, key)
            }
            "first_year" => once(&mut self.first_year, year(line, value)?, line, key),
            "last_year" => once(&mut self.last_year, year(line, value)?, line, key),
            _ => refuse(line, &format!("`{key}` is not a key of the heading")),
        }
    }
}

impl Entry {
    fn set(&mut self, line: usize, key: &str, value: &str) -> Result<(), BankHolidayError> {
        match key {
            "date" => once(&mut self.on, date(line, value)?, line, key),
            "name" => once(&mut self.name, quoted(line, value)?, line, key),
            "kind" => {
                let written = quoted(line, value)?;
                once(&mut self.kind, kind(line, &written)?, line, key)
            }
            _ => refuse(line, &format!("`{key}` is not a key of a holiday")),
        }
    }

    fn complete(self) -> Result<(usize, BankHoliday), BankHolidayError> {
        let line = self.line;
        let on = needed(self.on, line, "date")?;
        let name = needed(self.name, line, "name")?;
        let kind = needed(self.kind, line, "kind")?;
        if is_weekend(on) {
            return refuse(line, &format!("{on} falls on a weekend; list its substitute day instead"));
        }
        Ok((line, BankHoliday { on, name, kind }))
    }
}

fn assemble(heading: Heading, entries: Vec<Entry>, end: usize) -> Result<BankHolidays, BankHolidayError> {
    let calendar = needed(heading.calendar, end, "calendar")?;
    let version = needed(heading.version, end, "version")?;
    let first_year = needed(heading.first_year, end, "first_year")?;
    let last_year = needed(heading.last_year, end, "last_year")?;
    if last_year < first_year {
        return refuse(end, "`last_year` comes before `first_year`");
    }
    let mut holidays: Vec<BankHoliday> = Vec::with_capacity(entries.len());
    for entry in entries {
        let (line, holiday) = entry.complete()?;
        if !(first_year..=last_year).contains(&holiday.on.year()) {
            return refuse(line, &format!("{} lies outside the covered years", holiday.on));
        }
        if let Some(previous) = holidays.last().filter(|previous| previous.on >= holiday.on) {
            return refuse(line, &format!("{} does not come after {}", holiday.on, previous.on));
        }
        holidays.push(holiday);
    }
    for covered in first_year..=last_year {
        let listed = holidays.iter().filter(|holiday| holiday.on.year() == covered).count();
        if listed < A_YEAR {
            return refuse(
                end,
                &format!("{covered} has {listed} holidays; a covered year has at least {A_YEAR}"),
            );
        }
    }
    Ok(BankHolidays { calendar, version, first_year, last_year, holidays })
}

fn once<T>(place: &mut Option<T>, value: T, line: usize, key: &str) -> Result<(), BankHolidayError> {
    if place.replace(value).is_some() { refuse(line, &format!("`{key}` is given twice")) } else { Ok(()) }
}

fn needed<T>(value: Option<T>, line: usize, key: &str) -> Result<T, BankHolidayError> {
    value.map_or_else(|| refuse(line, &format!("`{key}` is missing")), Ok)
}

fn quoted(line: usize, value: &str) -> Result<String, BankHolidayError> {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.is_empty() && !inner.contains(['"', '\\']) => Ok(inner.to_owned()),
        _ => refuse(line, "expected words between double quotes"),
    }
}

fn date(line: usize, value: &str) -> Result<Date, BankHolidayError> {
    let printed = value.len() == 10;
    match value.parse::<Date>() {
        Ok(on) if printed => Ok(on),
        _ => refuse(line, "expected a date such as 2026-12-25"),
    }
}

fn year(line: usize, value: &str) -> Result<i16, BankHolidayError> {
    match value.parse() {
        Ok(year) if (1752..=9998).contains(&year) => Ok(year),
        _ => refuse(line, "expected a year such as 2026"),
    }
}

fn kind(line: usize, value: &str) -> Result<HolidayKind, BankHolidayError> {
    let kinds = [HolidayKind::Regular, HolidayKind::Substitute, HolidayKind::Moved, HolidayKind::OneOff];
    let found = kinds.into_iter().find(|kind| kind.as_str() == value);
    found.map_or_else(|| refuse(line, "the kinds are regular, substitute, moved and one-off"), Ok)
}

fn refuse<T>(line: usize, reason: &str) -> Result<T, BankHolidayError> {
    Err(BankHolidayError { line, reason: reason.to_owned() })
}
