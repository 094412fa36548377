//! The register of the four seed notices is measured against the one people drew up, beside the project in `../shared`.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::reading::{Reading, SuggestedObligation, notice};

const DOCUMENTS: [(&str, &str); 4] = [
    ("wandsworth-2016", "000"),
    ("sutton-2012", "001"),
    ("waltham-forest-2011", "002"),
    ("walsall-2012", "004"),
];

struct Golden {
    document: String,
    sentence: String,
    bearers: Vec<String>,
    modality: String,
    kind: String,
    timing: String,
    lines: (usize, usize),
}

#[derive(Default, Clone, Copy)]
struct Score {
    golden: usize,
    hit: usize,
    suggested: usize,
    split: usize,
    rows: usize,
    paired: usize,
    modality: usize,
    bearer: usize,
    matched: usize,
    timed: usize,
    timing: usize,
    valued: usize,
    value: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.golden += other.golden;
        self.hit += other.hit;
        self.suggested += other.suggested;
        self.split += other.split;
        self.rows += other.rows;
        self.paired += other.paired;
        self.modality += other.modality;
        self.bearer += other.bearer;
        self.matched += other.matched;
        self.timed += other.timed;
        self.timing += other.timing;
        self.valued += other.valued;
        self.value += other.value;
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name:22} sentences {}/{} of {} suggested, split {}/{}, rows matched {}/{}, modality {}, bearer {}, timing {}/{}, values {}/{}",
            self.hit,
            self.golden,
            self.suggested,
            self.split,
            self.hit,
            self.matched,
            self.rows,
            self.modality,
            self.bearer,
            self.timing,
            self.timed,
            self.value,
            self.valued
        )
    }
}

fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "../shared must be there in CI");
    println!("skipped: ../shared is not there, so there is nothing to measure against");
    None
}

/// The reference without the letters that mark splits.
fn sentence_of(reference: &str) -> String {
    let plain = reference.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let cut = plain.len() < reference.len()
        && (plain.ends_with('/')
            || plain.ends_with(|letter: char| letter.is_ascii_digit()) && plain.contains("/s"));
    if cut { plain.trim_end_matches('/').to_owned() } else { reference.to_owned() }
}

fn golden(folder: &std::path::Path) -> Vec<Golden> {
    let table = std::fs::read_to_string(folder.join("golden/seed-obligations.tsv"))
        .expect("the golden register is readable");
    let rows = table
        .lines()
        .skip(1)
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells[4] != "finding");
    rows.map(|cells| {
        let (first, last) = cells[12].split_once('-').unwrap_or((cells[12], cells[12]));
        Golden {
            document: cells[0].to_owned(),
            sentence: sentence_of(cells[1]),
            bearers: cells[3].split(';').map(|bearer| bearer.trim().to_owned()).collect(),
            modality: cells[4].to_owned(),
            kind: cells[7].to_owned(),
            timing: cells[8].to_owned(),
            lines: (first.parse().expect("a line"), last.parse().expect("a line")),
        }
    })
    .collect()
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_string(&value).expect("a word").trim_matches('"').to_owned()
}

/// Whether the text of the golden row itself gives the time.
fn is_explicit(timing: &str) -> bool {
    !timing.is_empty() && !["implied", "not stated", "no deadline"].iter().any(|mark| timing.contains(mark))
}

/// The value in the golden row as we write it: `P4W` for weeks and months, or a date.
fn value_of(timing: &str) -> Option<String> {
    let plain: String = timing.to_lowercase();
    let words: Vec<&str> = plain.split([' ', '(']).collect();
    if timing.starts_with("framework")
        || timing.starts_with('2') && timing.len() < 10 && !timing.contains('-')
    {
        return None;
    }
    if timing.starts_with("20") {
        return Some(timing.to_owned());
    }
    if timing.starts_with("before moving") || timing.starts_with("each board meeting") {
        return None;
    }
    if words.contains(&"monthly") {
        return Some("P1M".to_owned());
    }
    words.windows(2).find_map(|pair| {
        let amount: u16 = pair[0].parse().ok()?;
        let letter = pair[1].chars().next().filter(|letter| matches!(letter, 'w' | 'm'))?;
        Some(format!("P{amount}{}", letter.to_ascii_uppercase()))
    })
}

fn values(row: &SuggestedObligation) -> Vec<String> {
    let lengths = [row.timing.every, row.timing.offset];
    lengths
        .iter()
        .flatten()
        .map(ToString::to_string)
        .chain(row.timing.dates.iter().map(ToString::to_string))
        .collect()
}

fn score(reading: &Reading, golden: &[&Golden]) -> Score {
    let mut score = Score { rows: golden.len(), ..Score::default() };
    let mut expected: Vec<(String, Vec<&Golden>)> = Vec::new();
    for row in golden {
        match expected.last_mut().filter(|(name, _)| *name == row.sentence) {
            Some((_, rows)) => rows.push(row),
            None => expected.push((row.sentence.clone(), vec![row])),
        }
    }
    let mut given: Vec<(String, Vec<&SuggestedObligation>)> = Vec::new();
    for row in &reading.obligations {
        let name = sentence_of(&row.reference);
        match given.last_mut().filter(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row),
            None => given.push((name, vec![row])),
        }
    }
    score.golden = expected.len();
    score.suggested = given.len();
    for (name, rows) in expected {
        let on_line = |row: &SuggestedObligation| {
            rows.iter().any(|golden| (golden.lines.0..=golden.lines.1).contains(&row.line))
        };
        let ordinal = name.rsplit_once("/s").map(|(_, ordinal)| ordinal.to_owned());
        let candidates: Vec<usize> =
            (0..given.len()).filter(|at| given[*at].1.iter().any(|row| on_line(row))).collect();
        let same = candidates.iter().copied().find(|at| {
            ordinal.is_some() && given[*at].0.rsplit_once("/s").map(|(_, found)| found.to_owned()) == ordinal
        });
        let Some(at) = same.or_else(|| candidates.first().copied()) else { continue };
        let (_, mut free) = given.remove(at);
        score.hit += 1;
        score.split += usize::from(free.len() == rows.len());
        rows.iter().for_each(|row| pair(row, &mut free, &mut score));
    }
    score
}

fn pair(golden: &Golden, free: &mut Vec<&SuggestedObligation>, score: &mut Score) {
    let agrees = |row: &SuggestedObligation| {
        let modality = word(row.modality) == golden.modality;
        let bearer =
            row.bearers.iter().any(|bearer| golden.bearers.iter().any(|name| name == bearer.as_str()));
        let value = value_of(&golden.timing).is_none_or(|value| values(row).contains(&value));
        (modality, bearer, word(row.timing.kind) == golden.kind, value)
    };
    let mut best: Option<(usize, (bool, bool, bool, bool))> = None;
    for (at, row) in free.iter().enumerate() {
        let found = agrees(row);
        if best.is_none_or(|(_, known)| found > known) {
            best = Some((at, found));
        }
    }
    let Some((at, (modality, bearer, timing, value))) = best else { return };
    free.remove(at);
    score.paired += 1;
    score.modality += usize::from(modality);
    score.bearer += usize::from(bearer);
    score.matched += usize::from(modality && bearer);
    if is_explicit(&golden.timing) {
        score.timed += 1;
        score.timing += usize::from(timing);
        if value_of(&golden.timing).is_some() {
            score.valued += 1;
            score.value += usize::from(value);
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(whole.max(1)).unwrap_or(u32::MAX))
}

fn readings(folder: &std::path::Path) -> BTreeMap<&'static str, Reading> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder.join("seeds")).expect("the seeds are there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some((document, _)) = DOCUMENTS.iter().find(|(_, number)| name.starts_with(number)) {
            let text = std::fs::read_to_string(entry.path()).expect("a seed is readable");
            found.insert(*document, notice::read(&text, notice::kind_of(&text)));
        }
    }
    found
}

#[test]
fn the_seeds_give_the_register_people_drew_up() {
    let Some(folder) = shared() else { return };
    let golden = golden(&folder);
    let readings = readings(&folder);
    let mut total = Score::default();
    for (document, _) in DOCUMENTS {
        let rows: Vec<&Golden> = golden.iter().filter(|row| row.document == document).collect();
        let found = score(&readings[document], &rows);
        println!("{}", found.line(document));
        total.add(found);
    }
    println!("{}", total.line("all"));
    assert!(share(total.hit, total.golden) >= 0.98, "sentence recall");
    assert!(share(total.hit, total.suggested) >= 0.98, "sentence precision");
    assert!(share(total.modality, total.paired) >= 0.97, "modality");
    assert!(share(total.bearer, total.paired) >= 0.96, "bearer");
    assert!(share(total.timing, total.timed) >= 0.96, "kind of explicit timing");
    assert!(share(total.value, total.valued) >= 0.95, "values of explicit timing");
    assert!(share(total.matched, total.rows) >= 0.93, "rows matched");
    assert!(share(total.split, total.hit) >= 0.88, "splits");
}

#[test]
fn no_calendar_date_is_invented_for_a_seed() {
    let Some(folder) = shared() else { return };
    let readings = readings(&folder);
    for (document, issued) in [
        ("wandsworth-2016", Some("2016-08-11")),
        ("sutton-2012", None),
        ("waltham-forest-2011", None),
        ("walsall-2012", None),
    ] {
        let found = readings[document].document.issued_on.map(|date| date.to_string());
        assert_eq!(found.as_deref(), issued, "{document}");
    }
}

#[test]
fn each_seed_raises_the_questions_its_words_leave_open() {
    let Some(folder) = shared() else { return };
    let readings = readings(&folder);
    let expected: [(&str, &[&str]); 4] = [
        (
            "wandsworth-2016",
            &["outside-consent", "nominal-interval", "interval-not-set", "incorporated-document"],
        ),
        (
            "sutton-2012",
            &[
                "anchor-missing",
                "several-anchors",
                "outside-consent",
                "nominal-interval",
                "revised-timescales",
                "undefined-body",
                "several-names",
                "no-bearer",
                "set-by-another-body",
                "target-after-last-review",
                "interval-not-set",
                "incorporated-document",
            ],
        ),
        (
            "waltham-forest-2011",
            &[
                "anchor-missing",
                "several-anchors",
                "anchor-inferred",
                "no-bearer",
                "interval-not-set",
                "incorporated-document",
            ],
        ),
        (
            "walsall-2012",
            &[
                "anchor-missing",
                "several-anchors",
                "outside-consent",
                "nominal-interval",
                "amendment",
                "several-names",
                "partial-date",
                "conflicting-dates",
                "set-by-another-body",
                "interval-not-set",
                "incorporated-document",
            ],
        ),
    ];
    for (document, kinds) in expected {
        for kind in kinds {
            assert!(
                readings[document].questions.iter().any(|question| question.kind == *kind),
                "{document}: {kind}"
            );
        }
    }
}
