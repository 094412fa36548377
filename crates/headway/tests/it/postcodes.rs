//! `headway postcodes`: from a file of made-up postcodes to a table, and what is said on the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use vocabulary::places::{PlaceTable, Postcode};

/// Six postcodes of areas that exist nowhere (QX, QZ), in real districts of 30 November 2025.
const DIRECTORY: &str = "\u{feff}\"pcd7\",\"east1m\",\"north1m\",\"lad25cd\"\n\
    \"QX1 1AA\",\"400000\",\"300000\",\"E07000008\"\n\
    \"QX1 1AB\",400100.0,300000.0,\"E06000061\"\n\
    \"QZ991ZZ\",,,\"L99999999\"\n\
    \"QZ9 9ZX\",146000,370000,\"N09000003\"\n\
    \"QX1 1AC\",,,\"\"\n\
    \"QX1 1AD\",400200,300000,\"E08000019\"\n";

struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let name = format!("postcodes-{test}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn build(&self, csv: &str, as_at: &str, more: &[&str]) -> Output {
        fs::write(self.0.join("postcodes.csv"), csv).expect("a file for the test");
        let arguments =
            ["postcodes", "build", "--from", "postcodes.csv", "--out", "postcodes.table", "--as-at", as_at];
        self.headway(&[&arguments[..], more].concat())
    }

    fn headway(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headway"));
        command.current_dir(&self.0).args(arguments).output().expect("headway runs")
    }

    fn table(&self) -> PathBuf {
        self.0.join("postcodes.table")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left_for_the_next_clean = fs::remove_dir_all(&self.0);
    }
}

fn printed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    // The columns are aligned for people; the tests read words.
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

fn refused(output: &Output, words: &[&str]) {
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(message.contains(word), "“{word}” is missing from: {message}");
    }
}

#[test]
fn the_offices_own_columns_become_a_table_that_says_what_it_covers() {
    let folder = Folder::new("build");
    let answer = printed(&folder.build(DIRECTORY, "2025-11-30", &[]));
    let expected = [
        "as at 2025-11-30\n",
        "postcodes 5\n",
        "without a place on the grid 2\n",
        "in England 3\n",
        "in Northern Ireland 1\n",
        "English authorities covered 3 of 153\n",
        "no postcode in City of London (E09000001)\n",
        "left out, without a district 1\n",
        "1 postcode put into the authority that took over E08000019\n",
    ];
    for line in expected {
        assert!(answer.contains(line), "“{line}” is missing from: {answer}");
    }
    let checked = printed(&folder.headway(&["postcodes", "check", "--table", "postcodes.table"]));
    assert!(answer.starts_with(&checked), "{checked}");

    let bytes = fs::read(folder.table()).expect("the table");
    let table = PlaceTable::parse(&bytes).expect("a table");
    let place = table.find(Postcode::parse("qx11ab").expect("a postcode")).expect("in the table");
    assert_eq!(place.authority.as_str(), "E06000061");
    assert_eq!(place.grid.map(|point| point.easting), Some(400_100));
}

#[test]
fn a_district_that_is_not_known_stops_the_build_with_its_number_of_postcodes() {
    let folder = Folder::new("unknown");
    let rows = "postcode,easting,northing,district\n\
        QX1 1AA,1,1,E06000999\nQX1 1AB,1,1,E06000999\nQX1 1AC,1,1,E06000001\n";
    let output = folder.build(rows, "2025-11-30", &[]);
    refused(&output, &["2 postcodes in E06000999", "on 2025-11-30", "What to do:", "--leave-out-unknown"]);
    assert!(!folder.table().exists(), "nothing is written");

    let answer = printed(&folder.build(rows, "2025-11-30", &["--leave-out-unknown"]));
    assert!(answer.contains("postcodes 1\n"), "{answer}");
    assert!(answer.contains("2 postcodes left out in E06000999\n"), "{answer}");
}

#[test]
fn a_district_that_had_not_begun_points_at_the_day() {
    let folder = Folder::new("early");
    let rows = "postcode,easting,northing,district\nQX1 1AA,1,1,E06000063\n";
    refused(&folder.build(rows, "2023-03-31", &[]), &["1 postcode in E06000063", "give that day"]);
    let answer = printed(&folder.build(rows, "2023-04-01", &[]));
    assert!(answer.contains("English authorities covered 1 of 153\n"), "{answer}");
}

#[test]
fn a_file_whose_columns_are_not_what_they_seem_is_refused_without_its_contents() {
    let folder = Folder::new("columns");
    let without = "postcode,easting,district\nQX1 1AA,1,E06000001\n";
    refused(&folder.build(without, "2025-11-30", &[]), &["no column for the northing", "osnrth1m"]);
    let swapped = "district,easting,northing,postcode\nQX1 1AA,1,1,E06000001\n";
    let output = folder.build(swapped, "2025-11-30", &[]);
    refused(&output, &["1 of the 1 rows", "first in line 2"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("QX1"));
}

#[test]
fn a_damaged_table_is_refused_and_an_older_one_stands_until_a_new_one_is_whole() {
    let folder = Folder::new("damaged");
    printed(&folder.build(DIRECTORY, "2025-11-30", &[]));
    let before = fs::read(folder.table()).expect("the table");
    refused(
        &folder.build("postcode,easting,northing,district\n", "2025-11-30", &[]),
        &["nothing is written"],
    );
    assert_eq!(fs::read(folder.table()).expect("the table"), before);

    fs::write(folder.table(), &before[..before.len() - 1]).expect("a table cut short");
    refused(
        &folder.headway(&["postcodes", "check", "--table", "postcodes.table"]),
        &["build or copy it again"],
    );
}
