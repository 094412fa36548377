//! The register as tab-separated rows, one an obligation.

use documents::output::table::neutralised;
use improvement::reading::{Reading, SuggestedObligation};
use serde_json::Value;

use super::shown;

const TITLES: [&str; 12] = [
    "ref",
    "line",
    "modality",
    "bearers",
    "timing_kind",
    "timing",
    "dates",
    "every",
    "theme",
    "confidence",
    "flags",
    "text",
];

/// The heading row and the rows. Tabs and line ends inside a field become spaces.
pub fn table(reading: &Reading) -> String {
    let mut rows = TITLES.join("\t") + "\n";
    for obligation in &reading.obligations {
        let fields = fields(obligation).map(|field| neutralised(shown(&field).trim()));
        rows.push_str(&fields.join("\t"));
        rows.push('\n');
    }
    rows
}

fn fields(obligation: &SuggestedObligation) -> [String; 12] {
    let timing = &obligation.timing;
    [
        obligation.reference.clone(),
        obligation.line.to_string(),
        name_of(obligation.modality),
        joined(&obligation.bearers),
        name_of(timing.kind),
        timing.text.clone(),
        joined(&timing.dates),
        timing.every.map(|every| every.to_string()).unwrap_or_default(),
        obligation.theme.clone(),
        format!("{:.2}", obligation.confidence),
        obligation.flags.join("; "),
        obligation.text.clone(),
    ]
}

fn joined(items: &[impl ToString]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The word the contract has for a value of a closed set, so that every format uses the same.
pub fn name_of(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
