//! A reading as people and programs are shown it: counts of each list, then what was found, rule by rule.

use std::fmt::Write;

use extracts::{Finding, Reading};
use serde::ser::{Serialize, SerializeMap, Serializer};
use service::Shape;

/// The whole reading for programs or for people.
pub fn in_shape(reading: &Reading, shape: Shape) -> String {
    if shape == Shape::Json { as_json(reading) } else { as_text(reading) }
}

/// The whole reading as one JSON object (the stable contract of `headway check`).
fn as_json(reading: &Reading) -> String {
    let object = Object(reading);
    serde_json::to_string(&object).expect("its keys are texts, so it has a JSON form") + "\n"
}

struct Object<'r>(&'r Reading);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let reading = self.0;
        let found = by_rule(reading);
        let mut object = serializer.serialize_map(Some(6))?;
        object.serialize_entry("collection", reading.collection.name())?;
        object.serialize_entry("year", &reading.year)?;
        object.serialize_entry("rules_run", &reading.rules_run)?;
        object.serialize_entry(
            "rows",
            &InOrder(reading.lists.iter().map(|list| (&list.name, list.rows)).collect()),
        )?;
        let lists = found.iter().map(|rule| {
            (rule.code, InOrder(rule.lists.iter().map(|list| (&list.name, &list.rows)).collect()))
        });
        object.serialize_entry("findings", &InOrder(lists.collect()))?;
        let messages = found.iter().map(|rule| (rule.code, rule.message));
        object.serialize_entry("messages", &InOrder(messages.collect()))?;
        object.end()
    }
}

/// An object whose keys stay in order.
struct InOrder<K, V>(Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for InOrder<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// What a rule found.
struct Found<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'static str,
    lists: Vec<InList<'r>>,
}

/// What it found in a list, or in a file that is none.
struct InList<'r> {
    name: String,
    rows: Vec<u32>,
    findings: Vec<&'r Finding>,
}

/// The findings by rule and list, in the order in which they were found.
fn by_rule(reading: &Reading) -> Vec<Found<'_>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    for finding in &reading.findings {
        if found.last().is_none_or(|rule| rule.code != finding.code) {
            let severity = finding.severity.name();
            found.push(Found { code: finding.code, severity, message: finding.message, lists: Vec::new() });
        }
        let Some(rule) = found.last_mut() else { continue };
        let name = finding.list.unwrap_or_else(|| reading.file(finding));
        if rule.lists.last().is_none_or(|list| list.name != name) {
            let known = rule.lists.iter().position(|list| list.name == name);
            let list = known.map_or_else(
                || InList { name: name.to_owned(), rows: Vec::new(), findings: Vec::new() },
                |place| rule.lists.remove(place),
            );
            rule.lists.push(list);
        }
        let Some(list) = rule.lists.last_mut() else { continue };
        list.rows.extend(finding.row);
        list.findings.push(finding);
    }
    for list in found.iter_mut().flat_map(|rule| &mut rule.lists) {
        list.rows.sort_unstable();
        list.rows.dedup();
    }
    found
}

/// How many findings of a rule are spelled out for people; a program takes them all.
const MOST_SHOWN: usize = 10;

/// The reading in words.
fn as_text(reading: &Reading) -> String {
    let mut page = String::new();
    let collection = reading.collection.in_plain_words();
    line(&mut page, &format!("{}, {}", vocabulary::words::sentence_case(collection), reading.year));
    line(&mut page, &format!("{} files, {} rules run", reading.files.len(), reading.rules_run));
    line(&mut page, "Rows are data rows of the file, counted from 0; headings are not counted.");
    lists(&mut page, reading);
    findings(&mut page, reading);
    cannot_tell(&mut page, reading);
    page
}

fn lists(page: &mut String, reading: &Reading) {
    line(page, &format!("\nLists ({})\n", reading.lists.len()));
    for list in &reading.lists {
        let name = format!("{}, {}", list.name, list.title);
        let counts =
            format!("{} rows: {} records, {} in findings only", list.rows, list.records, list.findings_only);
        line(page, &format!("  {name:<60} {counts}"));
    }
}

fn findings(page: &mut String, reading: &Reading) {
    line(page, &format!("\nFindings ({})", reading.findings.len()));
    for rule in by_rule(reading) {
        line(page, &format!("\n  {} ({})  {}", rule.code, rule.severity, rule.message));
        for list in &rule.lists {
            let what = match list.rows.len() {
                0 => list.name.clone(),
                1 => format!("{}: 1 row", list.name),
                rows => format!("{}: {rows} rows", list.name),
            };
            line(page, &format!("    {what}"));
            for finding in list.findings.iter().take(MOST_SHOWN) {
                place(page, reading, finding);
            }
            if list.findings.len() > MOST_SHOWN {
                line(page, &format!("      and {} more", list.findings.len() - MOST_SHOWN));
            }
        }
    }
}

fn place(page: &mut String, reading: &Reading, finding: &Finding) {
    let mut words = vec![reading.file(finding).to_owned()];
    words.extend(finding.row.map(|row| format!("row {row}")));
    words.extend(reading.column(finding).map(str::to_owned));
    let mut words = words.join(", ");
    if let Some(value) = reading.value(finding) {
        let _never_fails = write!(words, ": “{value}”");
    }
    line(page, &format!("      {words}"));
}

fn cannot_tell(page: &mut String, reading: &Reading) {
    let unsure: Vec<_> = reading.runs.iter().filter(|run| !run.cannot_tell.is_empty()).collect();
    line(page, &format!("\nCan't tell ({})", unsure.len()));
    for run in unsure {
        for (why, rows) in &run.cannot_tell {
            line(page, &format!("  {}  {}: {rows} rows, because {why}", run.code, run.list));
        }
    }
}

fn line(page: &mut String, text: &str) {
    page.push_str(text.trim_end());
    page.push('\n');
}
