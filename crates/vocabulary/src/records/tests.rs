//! Columns, cells and bytes, in every state that a cell can have.

use super::*;
use crate::day::Day;

#[test]
fn every_kind_says_what_tells_two_of_its_records_apart() {
    let one_a_subject = ["child", "care_leaver", "unaccompanied_child", "previous_permanence"];
    for kind in &Catalogue::national().kinds {
        let keyed = kind.fields.iter().any(|field| field.key);
        assert_eq!(keyed, !one_a_subject.contains(&kind.name.as_str()), "{}", kind.name);
    }
}

#[test]
fn a_cell_that_could_not_be_read_is_not_blank() {
    let mut column = Column::of(FieldType::Day);
    column.push_blank();
    column.push_unreadable();
    let Column::Days(cells) = &mut column else { panic!("a column of days") };
    cells.push(Cell::Value(Day(20_000)));
    assert_eq!(column.day(0), Cell::Blank);
    assert_eq!(column.day(1), Cell::Unreadable);
    assert_eq!(column.day(2), Cell::Value(Day(20_000)));
}

#[test]
fn a_text_is_kept_once() {
    let mut words = Words::default();
    let first = words.add("00123");
    assert_eq!(words.add("123"), Word(1));
    assert_eq!(words.add("00123"), first);
    assert_eq!(words.text(first), "00123");
    assert_eq!(words.find("0123"), None);
}

/// A small world: two children, two kinds, every type of cell in every state.
fn small_world() -> Records {
    let mut records = Records::default();
    let (ann, ben) = (records.words.add("00123"), records.words.add("Ben 7"));
    let (list, code) = (records.words.add("List 4"), records.words.add("N1"));
    let fields = [
        ("started_on", FieldType::Day),
        ("need", FieldType::Code),
        ("score", FieldType::Number),
        ("returned_at", FieldType::Moment),
    ];
    let table = records.table_mut("assessment", &fields);
    for (row, subject) in [ann, ben, ann].into_iter().enumerate() {
        table.subject.push(subject);
        table.source.push(Source { list, row: u32::try_from(row).unwrap() });
        for (_, column) in &mut table.columns {
            match (row, column) {
                (0, column) => column.push_blank(),
                (1, column) => column.push_unreadable(),
                (_, Column::Days(cells)) => cells.push(Cell::Value(Day(20_000))),
                (_, Column::Words(cells)) => cells.push(Cell::Value(code)),
                (_, Column::Numbers(cells)) => cells.push(Cell::Value(17.5)),
                (_, Column::Moments(cells)) => cells.push(Cell::Value(Moment(1_000_000))),
            }
        }
    }
    records
}

#[test]
fn records_are_read_back_as_they_were_written() {
    let records = small_world();
    let again = Records::from_bytes(&records.to_bytes()).expect("whole");
    assert_eq!(format!("{:?}", again.tables), format!("{:?}", records.tables));
    assert_eq!(again.words.text(Word(0)), "00123");
}

#[test]
fn records_that_were_cut_or_changed_are_refused_or_read_but_never_panic() {
    let bytes = small_world().to_bytes();
    for length in 0..bytes.len() {
        assert_eq!(Records::from_bytes(&bytes[..length]).err(), Some(Damaged), "cut at {length}");
    }
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 0x80;
        let _refused_or_read = Records::from_bytes(&changed);
    }
}

#[test]
fn a_renamed_child_leaves_no_trace_of_the_old_name() {
    let mut records = small_world();
    records.rename_subjects(|_, name| format!("child {}", name.len()));
    let bytes = records.compacted().to_bytes();
    assert!(!bytes.windows(5).any(|window| window == b"00123"));
    let again = Records::from_bytes(&bytes).expect("whole");
    let table = again.table("assessment").expect("there");
    assert_eq!(again.words.text(table.subject[2]), "child 5");
    assert_eq!(again.words.text(table.column("need").unwrap().word(2).value().unwrap()), "N1");
}
