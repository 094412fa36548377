//! What a warehouse reads: the same values, under the names, types and meanings of the dictionary.

use std::collections::BTreeSet;
use std::fs::File;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row as ReadRow};
use vocabulary::day::Day;

use crate::declared::{Class, Row};
use crate::{
    DICTIONARY, DateRow, EventRow, FigureRow, GroupRow, IndicatorRow, OutcomeRow, dictionary,
    dictionary_as_markdown, write,
};

fn opened(name: &str, bytes: &[u8]) -> SerializedFileReader<File> {
    let folder = std::env::temp_dir().join(format!("headway-star-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let file = File::open(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    SerializedFileReader::new(file).expect("a Parquet file")
}

fn rows(reader: &SerializedFileReader<File>) -> Vec<Vec<(String, Field)>> {
    let row = |row: Result<ReadRow, _>| {
        let row = row.expect("a row");
        row.get_column_iter().map(|(name, field)| (name.clone(), field.clone())).collect()
    };
    reader.get_row_iter(None).expect("rows").map(row).collect()
}

fn outcome(child: &str, due_on: Option<Day>, reason: Option<&str>) -> OutcomeRow {
    OutcomeRow {
        child_id: child.into(),
        standard_key: 3,
        group_key: None,
        status: "missed".into(),
        reason: reason.map(str::to_owned),
        event_on: Some(Day(-1)),
        due_on,
        met_on: None,
        ended_on: None,
    }
}

#[test]
fn what_is_written_reads_back_the_same_with_empty_cells_empty() {
    let written = [outcome("aa", Some(Day(20_000)), None), outcome("bb", None, Some("no day of birth"))];
    let reader = opened("outcome", &write(written, &[]).unwrap());
    let read = rows(&reader);
    let text = |text: &str| Field::Str(text.to_owned());
    let values: Vec<Vec<Field>> =
        read.iter().map(|row| row.iter().map(|(_, field)| field.clone()).collect()).collect();
    let first = [
        text("aa"),
        Field::Long(3),
        Field::Null,
        text("missed"),
        Field::Null,
        Field::Date(-1),
        Field::Date(20_000),
        Field::Null,
        Field::Null,
    ];
    assert_eq!(values[0], first);
    assert_eq!((&values[1][4], &values[1][6]), (&text("no day of birth"), &Field::Null));
}

#[test]
fn numbers_and_flags_keep_their_values_over_several_row_groups() {
    let row = |number: i64| IndicatorRow {
        measure_key: number,
        period_key: 1,
        group_key: 0,
        numerator: 1,
        denominator: 3,
        cannot_tell: 0,
        value: (number % 2 == 0).then_some(100.0 / 3.0),
        chart_mean: None,
        chart_lower_limit: None,
        chart_upper_limit: None,
        chart_signal: None,
    };
    let many = 100_001;
    let reader = opened("indicator", &write((0..many).map(row), &[]).unwrap());
    assert_eq!(reader.num_row_groups(), 2);
    let read = rows(&reader);
    assert_eq!(read.len(), 100_001);
    assert_eq!(read[100_000][0].1, Field::Long(100_000));
    assert_eq!((&read[2][6].1, &read[3][6].1), (&Field::Double(100.0 / 3.0), &Field::Null));
}

#[test]
fn a_table_without_rows_is_a_file_with_its_columns() {
    let reader = opened("date", &write(Vec::<DateRow>::new(), &[]).unwrap());
    assert_eq!(rows(&reader).len(), 0);
    let columns = reader.metadata().file_metadata().schema_descr().num_columns();
    assert_eq!(columns, DateRow::TABLE.columns.len());
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    let bytes = || write([outcome("aa", None, None)], &[("as_at".into(), "2026-05-31".into())]).unwrap();
    assert_eq!(bytes(), bytes());
}

/// Every column of a written file is in the dictionary with its class, and the reverse; the file says both itself.
fn is_as_declared<R: Row>(row: R) {
    let reader = opened(R::TABLE.name, &write([row], &[("council".into(), "Northmoor".into())]).unwrap());
    let metadata = reader.metadata().file_metadata();
    let in_file: Vec<String> =
        metadata.schema_descr().columns().iter().map(|column| column.name().to_owned()).collect();
    let declared: Vec<_> = dictionary().into_iter().filter(|row| row.table == R::TABLE.name).collect();
    let names: Vec<&str> = declared.iter().map(|row| row.column.as_str()).collect();
    assert_eq!(in_file, names, "{}", R::TABLE.name);
    let said = metadata.key_value_metadata().expect("metadata");
    let value = |key: String| said.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone());
    for row in &declared {
        let expected = format!("{}: {}", row.class, row.meaning);
        assert_eq!(value(format!("headway:column:{}", row.column)), Some(expected));
    }
    assert_eq!(value("headway:class".into()).as_deref(), Some(R::TABLE.class().name()));
    assert_eq!(value("headway:council".into()).as_deref(), Some("Northmoor"));
}

#[test]
fn files_hold_the_columns_of_the_dictionary_and_no_other() {
    is_as_declared(outcome("aa", None, None));
    is_as_declared(GroupRow { group_key: 0, group_kind: "council".into(), group_name: "Northmoor".into() });
    is_as_declared(DateRow {
        date_key: 20_260_531,
        date: Day(20_604),
        year: 2026,
        quarter: 2,
        month: 5,
        month_name: "May 2026".into(),
        financial_year: "2026-27".into(),
        is_month_end: true,
        is_working_day: Some(false),
    });
}

#[test]
fn every_column_says_what_it_means_and_stands_once_in_its_table() {
    let mut seen = BTreeSet::new();
    for row in dictionary() {
        assert!(seen.insert((row.table.clone(), row.column.clone())), "{} {}", row.table, row.column);
        assert!(row.meaning.len() > 4 && row.meaning.ends_with('.'), "{} {}", row.table, row.column);
    }
    assert_eq!(seen.len(), DICTIONARY.iter().map(|table| table.columns.len()).sum::<usize>());
}

#[test]
fn only_the_tables_of_children_hold_children() {
    let with_children: Vec<&str> =
        DICTIONARY.iter().filter(|table| table.class() == Class::C3).map(|table| table.name).collect();
    assert_eq!(with_children, [OutcomeRow::TABLE.name, EventRow::TABLE.name]);
    assert_eq!(FigureRow::TABLE.class(), Class::C2);
}

#[test]
fn the_documented_dictionary_is_the_one_that_writes() {
    let documented = include_str!("../../../docs/data-dictionary.md");
    assert_eq!(documented, dictionary_as_markdown(), "run `cargo xtask docs`");
}
