//! An independent slow oracle (plain Python in `tests/oracle`, no shared code) recomputes timeliness standards straight
//! from a synthetic workbook; `headway assess` must say the same of every event.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::headway;

/// The standards that are compared: law, the Department's measures and positions.
const COMPARED: [&str; 12] = [
    "adopter-stage1-2m",
    "adopter-stage2-4m",
    "adoption-a1",
    "adoption-a2",
    "assessment-45wd",
    "assessment-45wd-dfe",
    "cp-plan-2y",
    "pathway-review-6m",
    "rereferral-12m",
    "rha-5plus-12m",
    "rha-under5-6m",
    "s47-icpc-15wd",
];

/// An event by its code, list and row, with what is said of it: status, due day, day met.
type Said = BTreeMap<(String, String, u32), (String, String, String)>;

#[test]
fn a_slow_second_reckoning_in_another_language_says_the_same_of_every_event() {
    for (seed, dirty) in [("7", "0"), ("8", "0.004")] {
        let folder = Folder::new(seed);
        let (extracts, data, outcomes) =
            (folder.0.join("extracts"), folder.0.join("data"), folder.0.join("outcomes.csv"));
        run(headway()
            .args(["synth", "--children", "1500", "--months", "1", "--seed", seed, "--dirty", dirty])
            .arg("--out")
            .arg(&extracts));
        run(headway()
            .args([
                "user",
                "add",
                "--council",
                "Northmoor Council",
                "--email",
                "a@northmoor.example",
                "--name",
                "A",
            ])
            .arg("--data")
            .arg(&data));
        let month = extracts.join("2026-10");
        run(headway().args(["load", "--as-at", "2026-10-31"]).arg("--data").arg(&data).arg(&month));
        run(headway()
            .args(["assess", "--as-at", "2026-10-31", "--format", "json"])
            .arg("--data")
            .arg(&data)
            .arg("--outcomes")
            .arg(&outcomes));
        let ours = said(&std::fs::read_to_string(&outcomes).expect("outcomes were written"));
        let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/outcomes.py");
        let theirs = run(Command::new("python3").arg(oracle).arg(&month).args(["--as-at", "2026-10-31"]));
        compare(&ours, &said(&theirs), seed);
    }
}

fn compare(ours: &Said, theirs: &Said, seed: &str) {
    let told = COMPARED.iter().filter(|code| theirs.keys().any(|(other, ..)| other == *code)).count();
    assert!(told >= 10, "seed {seed}: the oracle has events of {told} standards only");
    for code in COMPARED {
        let theirs: Vec<_> = theirs.iter().filter(|((other, ..), _)| other == code).collect();
        for (event, (status, due, met)) in &theirs {
            let Some((our_status, our_due, our_met)) = ours.get(*event) else {
                panic!("seed {seed}: {event:?} is missing: the oracle says {status}")
            };
            assert_eq!(our_status, status, "seed {seed}: {event:?}, due {due}, met {met}");
            // What cannot be told has no days to agree on.
            if status != "cannot tell" {
                assert_eq!((our_due, our_met), (due, met), "seed {seed}: {event:?}");
            }
        }
        // The oracle leaves out what its population leaves out; nothing else may be ours alone.
        let extra =
            ours.iter().filter(|((other, ..), (status, ..))| other == code && status != "not applicable");
        for (event, said) in extra {
            assert!(
                theirs.iter().any(|(known, _)| *known == event),
                "seed {seed}: only ours: {event:?} {said:?}"
            );
        }
    }
}

/// Rows of `code,child,event_on,due_on,met_on,status,list,row`.
fn said(csv: &str) -> Said {
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("code,child,event_on,due_on,met_on,status,list,row"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let &[code, _, _, due, met, status, list, row] = cells.as_slice() else {
                panic!("eight cells: {line}")
            };
            let row = row.parse().expect("a row's number");
            let said = (status.replace('_', " "), due.to_owned(), met.to_owned());
            ((code.to_owned(), list.to_owned(), row), said)
        })
        .collect()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A folder of one run, gone when it is.
struct Folder(PathBuf);

impl Folder {
    fn new(seed: &str) -> Self {
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("oracle-{seed}-{}", std::process::id()));
        let _left_from_before = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _left_for_the_next_clean = std::fs::remove_dir_all(&self.0);
    }
}
