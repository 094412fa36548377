//! The small world of a worked example: one record of a standard's kind, the child, and other records of the same
//! person.

use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Cell, Column, FieldType, Kind, Moment, Records, Source, Subject};

use super::list;
use super::table::{OWN_COLUMNS, Row};
use crate::picture::Picture;
use crate::standard::Standard;

const UNREADABLE: &str = "?";
const PERSON: &str = "001";

/// The picture that a row describes.
pub(super) fn of(standard: &Standard, catalogue: &Catalogue, row: &Row) -> Result<Picture, String> {
    let as_at =
        row.cell("as at").and_then(Day::parse).ok_or("`as at` is not a day; write it as 2024-05-31")?;
    let mut records = Records::default();
    let own = |column: &str| if OWN_COLUMNS.contains(&column) { None } else { Some(column.to_owned()) };
    let own_cells = cells_where(row, |column| own(column).filter(|name| !name.contains('.')));
    let kind = catalogue.kind(&standard.record).ok_or("its kind of record is unknown")?;
    add(&mut records, kind, &own_cells)?;
    for kind in &catalogue.kinds {
        let prefix = format!("{}.", kind.name);
        let cells = cells_where(row, |column| column.strip_prefix(&prefix).map(str::to_owned));
        let is_the_child = kind.name == "child" && kind_is_about_a_child(catalogue, standard);
        if is_the_child && kind.name != standard.record {
            add(&mut records, kind, &cells)?;
        } else if !cells.is_empty() {
            add_side_by_side(&mut records, kind, &cells)?;
        }
    }
    Ok(Picture::of(records, as_at))
}

fn kind_is_about_a_child(catalogue: &Catalogue, standard: &Standard) -> bool {
    catalogue.kind(&standard.record).is_some_and(|kind| kind.subject == Subject::Child)
}

fn cells_where(row: &Row, field: impl Fn(&str) -> Option<String>) -> Vec<(String, String)> {
    row.cells.iter().filter_map(|(column, cell)| Some((field(column)?, cell.clone()))).collect()
}

/// Several records, whose cells stand in lists side by side.
fn add_side_by_side(records: &mut Records, kind: &Kind, cells: &[(String, String)]) -> Result<(), String> {
    let count = cells.iter().map(|(_, cell)| list(cell).len()).max().unwrap_or(0);
    table(records, kind);
    for place in 0..count {
        let of_place = |(field, cell): &(String, String)| {
            (field.clone(), list(cell).get(place).copied().unwrap_or_default().to_owned())
        };
        add(records, kind, &cells.iter().map(of_place).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn table<'r>(records: &'r mut Records, kind: &Kind) -> &'r mut vocabulary::records::Table {
    let fields: Vec<_> = kind.fields.iter().map(|field| (field.name.as_str(), field.field_type)).collect();
    records.table_mut(&kind.name, &fields)
}

/// Adds a record; fields that are not named are blank.
fn add(records: &mut Records, kind: &Kind, cells: &[(String, String)]) -> Result<(), String> {
    let (subject, source_list) = (records.words.add(PERSON), records.words.add("example"));
    let mut read = Vec::new();
    for field in &kind.fields {
        let cell = cells.iter().find(|(name, _)| *name == field.name).map_or("", |(_, cell)| cell);
        let word = (!cell.is_empty()).then(|| records.words.add(cell));
        let unfit = || format!("{cell:?} is not a {} for `{}`", name_of(field.field_type), field.name);
        read.push((cell.to_owned(), word, fits(cell, field.field_type).then_some(()).ok_or_else(unfit)));
    }
    let table = table(records, kind);
    let row = u32::try_from(table.len()).unwrap_or(u32::MAX);
    table.subject.push(subject);
    table.source.push(Source { list: source_list, row });
    for ((_, column), (cell, word, fit)) in table.columns.iter_mut().zip(read) {
        fit?;
        match (cell.as_str(), column) {
            ("", column) => column.push_blank(),
            (UNREADABLE, column) => column.push_unreadable(),
            (text, Column::Days(cells)) => cells.push(Day::parse(text).map_or(Cell::Unreadable, Cell::Value)),
            (text, Column::Moments(cells)) => cells.push(moment(text).map_or(Cell::Unreadable, Cell::Value)),
            (text, Column::Numbers(cells)) => cells.push(text.parse().map_or(Cell::Unreadable, Cell::Value)),
            (_, Column::Words(cells)) => cells.push(word.map_or(Cell::Blank, Cell::Value)),
        }
    }
    Ok(())
}

fn fits(cell: &str, field_type: FieldType) -> bool {
    cell.is_empty()
        || cell == UNREADABLE
        || match field_type {
            FieldType::Day => Day::parse(cell).is_some(),
            FieldType::Moment => moment(cell).is_some(),
            FieldType::Number => cell.parse::<f64>().is_ok(),
            FieldType::Flag => matches!(cell, "yes" | "no" | "unknown"),
            FieldType::Code | FieldType::Text => true,
        }
}

fn name_of(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Day => "day such as 2024-05-31",
        FieldType::Moment => "moment such as 2024-05-31 14:30",
        FieldType::Number => "number",
        FieldType::Flag => "flag, yes or no,",
        FieldType::Code | FieldType::Text => "text",
    }
}

/// A moment as people write it: a day, and hours and minutes after a space or a `T`.
fn moment(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let (hours, minutes) = time.trim().split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let in_a_day = (0..24).contains(&hours) && (0..60).contains(&minutes);
    let day = Day::parse(day).filter(|_| in_a_day)?;
    Some(Moment(i64::from(day.0) * 24 * 60 + hours * 60 + minutes))
}
