//! Reading extracts in the limited process: it gives what reading here gives, it fills in places from the postcode table,
//! and what is hostile leaves nothing behind.

use std::path::PathBuf;

use extracts::{Collection, NamedFile, Question};
use jiff::civil::{Date, date};
use service::{ExtractQuestion, ExtractReader, GivenFile};
use store::CouncilPlaces;
use synthesis::files::Files;
use synthesis::order::Order;
use testkit::TemporaryFolder;
use vocabulary::day::Day;
use vocabulary::id::{CouncilId, UserId};
use vocabulary::places::{GridReference, PlaceTableBuilder, Postcode, england};
use vocabulary::records::{Cell, Records};

use crate::headway;

const AS_AT: Date = date(2026, 3, 31);

fn reader(postcodes: Option<PathBuf>) -> ExtractReader {
    ExtractReader::of_program(env!("CARGO_BIN_EXE_headway").into(), postcodes)
}

fn given(name: &str, text: &str) -> GivenFile {
    GivenFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

#[test]
fn reading_in_the_limited_process_gives_what_reading_here_gives() {
    let until = "2026-03".parse().expect("a month");
    let order = Order { children: 300, months: 1, until, seed: 3, dirty: 0.01 };
    let files: Vec<GivenFile> = Files::plan(&order)
        .expect("a plan")
        .map(|file| file.expect("a file"))
        .map(|file| GivenFile { name: file.path, bytes: file.bytes })
        .collect();
    let mut compared = 0;
    for (name, collection) in Collection::ALL.map(|collection| (collection.name(), collection)) {
        let of_it = |file: &&GivenFile| {
            let folder = file.name.split('/').next().unwrap_or_default();
            let of_the_month = folder == "2026-03" && !file.name.contains("/registers/");
            folder.ends_with(name) || (name == "annex-a" && of_the_month)
        };
        let files: Vec<GivenFile> = files.iter().filter(of_it).cloned().collect();
        if files.is_empty() {
            continue;
        }
        let named: Vec<NamedFile<'_>> =
            files.iter().map(|file| NamedFile { name: &file.name, bytes: &file.bytes }).collect();
        let question = Question { as_at: Some(Day::of(AS_AT)), ..Question::about(collection) };
        let here = extracts::read(&named, &question).expect("a reading");
        let there = reader(None).read(&files, AS_AT, &ExtractQuestion::default()).expect("extracts");
        let [there] = there.as_slice() else { panic!("{} extracts in the files of {name}", there.len()) };
        assert_eq!((there.collection.as_str(), there.year), (name, here.year));
        assert!(there.records.to_bytes() == here.records.to_bytes(), "the records of {name} differ");
        let counts = |rows: usize, records: usize| (rows, records);
        let lists: Vec<_> =
            here.lists.iter().map(|list| counts(list.rows as usize, list.records as usize)).collect();
        assert_eq!(there.lists.iter().map(|list| counts(list.rows, list.records)).collect::<Vec<_>>(), lists);
        let found: usize = there.findings.iter().map(|finding| finding.rows).sum();
        assert_eq!((found, there.rules_run), (here.findings.len(), here.rules_run), "{name}");
        assert_eq!(there.files.len(), files.len());
        compared += 1;
    }
    assert!(compared >= 1, "no extract was compared");
}

/// A council with a first administrator, on disk.
fn installation(folder: &TemporaryFolder) -> PathBuf {
    let data = folder.path().join("data");
    let founded = headway()
        .args(["user", "add", "--council", "Northmoor Council", "--name", "A"])
        .args(["--email", "a@northmoor.example", "--data"])
        .arg(&data)
        .output()
        .expect("headway runs");
    assert!(founded.status.success(), "{}", String::from_utf8_lossy(&founded.stderr));
    data
}

#[test]
fn a_hostile_file_is_refused_in_words_and_nothing_is_loaded() {
    let folder = TemporaryFolder::new();
    let data = installation(&folder);
    let deep = format!("<Message>{}{}</Message>", "<a>".repeat(5_000), "</a>".repeat(5_000));
    let hostile: [(&str, Vec<u8>); 3] = [
        ("census.xml", b"<!DOCTYPE Message [<!ENTITY a \"aaaa\">]><Message>&a;</Message>".to_vec()),
        ("deep.xml", deep.into_bytes()),
        ("annex-a.xlsx", testkit::hostile::word_bomb(300)),
    ];
    for (name, bytes) in hostile {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("a file for the test");
        let output = headway()
            .args(["load", "--as-at", "2026-03-31", "--data"])
            .arg(&data)
            .arg(&file)
            .output()
            .expect("headway runs");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {message}");
        assert!(message.contains("could be harmful") && message.contains("What to do:"), "{name}: {message}");
    }
    let assessed = headway().args(["assess", "--as-at", "2026-12-31", "--data"]).arg(&data).output();
    let message = String::from_utf8_lossy(&assessed.expect("headway runs").stderr).into_owned();
    assert!(message.contains("has no load"), "{message}");
}

const HEADER: &str =
    "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,F,03/02/2012,WBRI,,0,\n102,M,04/05/2011,BAFR,,,\n";
/// Postcodes of areas that exist nowhere (QX): one child near home, one far away.
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
                        101,01/05/2025,S,V2,N1,U4,PR1,,,,QX1 1AA,QX1 1AB,\n\
                        102,01/05/2025,S,C2,N1,K2,PR4,,,,QX1 1AA,QX1 1AC,\n";

/// What episodes say of places: nothing for a field that is not there.
fn told(records: &Records) -> Vec<Vec<String>> {
    let episodes = records.table("care_episode").expect("episodes");
    let field = |field: &str, row: usize| match episodes.column(field).map(|column| column.word(row)) {
        Some(Cell::Value(word)) => records.words.text(word).to_owned(),
        Some(_) => "?".to_owned(),
        None => String::new(),
    };
    let fields = ["distance_band", "out_of_area", "location"];
    (0..episodes.len()).map(|row| fields.map(|name| field(name, row)).to_vec()).collect()
}

#[test]
fn two_placements_get_their_band_and_area_from_a_table_and_without_one_neither_can_be_told() {
    let folder = TemporaryFolder::new();
    let path = folder.path().join("postcodes.table");
    let files = [given("header.csv", HEADER), given("episodes.csv", EPISODES)];
    let read = |question: &ExtractQuestion| {
        let extracts = reader(Some(path.clone())).read(&files, AS_AT, question).expect("an extract");
        let codes: Vec<String> = extracts[0].findings.iter().map(|finding| finding.code.clone()).collect();
        (told(&extracts[0].records), codes)
    };
    let places = |adjoining: Option<&[&str]>| ExtractQuestion {
        places: Some(CouncilPlaces {
            id: CouncilId(1),
            council: CouncilId(1),
            authority: "E06000001".into(),
            adjoining: adjoining.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect()),
            version: 1,
            stamp: improvement::register::Stamp {
                by: UserId(1),
                role: String::new(),
                at: jiff::Timestamp::UNIX_EPOCH,
            },
        }),
        ..ExtractQuestion::default()
    };

    let (without, codes) = read(&places(Some(&[])));
    assert_eq!(without, [["", "", ""], ["", "", ""]]);
    assert!(codes.contains(&"F18".to_owned()), "{codes:?}");

    let mut builder = PlaceTableBuilder::new(england(), Day::parse("2025-11-30").expect("a day"));
    for (text, northing, district) in [
        ("QX1 1AA", 300_000, "E06000001"),
        ("QX1 1AB", 301_000, "E06000001"),
        ("QX1 1AC", 350_000, "E06000002"),
    ] {
        let postcode = Postcode::parse(text).expect("a postcode");
        builder.add(postcode, GridReference::new(400_000, northing), district);
    }
    std::fs::write(&path, builder.build().expect("a table").bytes).expect("a file for the test");
    let (apart, _) = read(&places(Some(&[])));
    assert_eq!(apart, [["under 5", "in", "inside"], ["over 20", "out", "distant"]]);
    let (beside, _) = read(&places(Some(&["E06000002"])));
    assert_eq!(beside[1], ["over 20", "out", "adjoining"]);
    let (unsaid, codes) = read(&places(None));
    assert_eq!(unsaid[1], ["over 20", "out", ""]);
    assert!(codes.contains(&"F24".to_owned()), "{codes:?}");
    let (unset, _) = read(&ExtractQuestion::default());
    assert_eq!(unset[1], ["over 20", "", ""]);
}
