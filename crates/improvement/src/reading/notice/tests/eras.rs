//! Synthetic notices and directions of each era, in our own words, with the register they should give.
//!
//! Each text stands beside a table: the document's facts, one row a duty (line, strength, bearers, clock) and the kinds
//! of question.

use crate::reading::{Reading, SuggestedObligation, notice};

const DOCUMENTS: [(&str, &str, &str); 14] = [
    (
        "01-targets-2009",
        include_str!("eras/01-targets-2009.txt"),
        include_str!("eras/01-targets-2009.expected"),
    ),
    ("02-roman-2012", include_str!("eras/02-roman-2012.txt"), include_str!("eras/02-roman-2012.expected")),
    (
        "03-lost-bullets-2013",
        include_str!("eras/03-lost-bullets-2013.txt"),
        include_str!("eras/03-lost-bullets-2013.expected"),
    ),
    ("04-short-2016", include_str!("eras/04-short-2016.txt"), include_str!("eras/04-short-2016.expected")),
    (
        "05-numbered-2022",
        include_str!("eras/05-numbered-2022.txt"),
        include_str!("eras/05-numbered-2022.expected"),
    ),
    ("06-send-2023", include_str!("eras/06-send-2023.txt"), include_str!("eras/06-send-2023.expected")),
    (
        "07-direction-2017",
        include_str!("eras/07-direction-2017.txt"),
        include_str!("eras/07-direction-2017.expected"),
    ),
    (
        "08-direction-annex",
        include_str!("eras/08-direction-annex.txt"),
        include_str!("eras/08-direction-annex.expected"),
    ),
    ("09-page-breaks", include_str!("eras/09-page-breaks.txt"), include_str!("eras/09-page-breaks.expected")),
    ("10-html-litter", include_str!("eras/10-html-litter.txt"), include_str!("eras/10-html-litter.expected")),
    ("11-tables", include_str!("eras/11-tables.txt"), include_str!("eras/11-tables.expected")),
    (
        "12-switching-numbers",
        include_str!("eras/12-switching-numbers.txt"),
        include_str!("eras/12-switching-numbers.expected"),
    ),
    ("13-inline-list", include_str!("eras/13-inline-list.txt"), include_str!("eras/13-inline-list.expected")),
    (
        "14-expectations",
        include_str!("eras/14-expectations.txt"),
        include_str!("eras/14-expectations.expected"),
    ),
];

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_string(&value).expect("a word").trim_matches('"').to_owned()
}

fn clock(row: &SuggestedObligation) -> String {
    let timing = &row.timing;
    let mut parts = vec![word(timing.kind)];
    parts.extend(
        timing.every.map(|every| format!("every {every}{}", if timing.at_most { " at most" } else { "" })),
    );
    parts.extend(timing.offset.map(|offset| offset.to_string()));
    parts.extend(
        timing
            .anchor
            .map(|anchor| format!("{}{}", word(anchor), if timing.anchor_inferred { "?" } else { "" })),
    );
    parts.extend(timing.dates.iter().map(ToString::to_string));
    parts.join(" ")
}

fn table(reading: &Reading) -> String {
    let document = &reading.document;
    let issued = document.issued_on.map(|date| date.to_string()).unwrap_or_default();
    let mut lines = vec![format!(
        "{} | {} | {issued}",
        word(document.kind),
        document.council.as_deref().unwrap_or_default()
    )];
    for row in &reading.obligations {
        let bearers: Vec<&str> = row.bearers.iter().map(vocabulary::party::Party::as_str).collect();
        lines.push(format!(
            "{} | {} | {} | {}",
            row.line,
            word(row.modality),
            bearers.join("; "),
            clock(row)
        ));
    }
    let kinds: Vec<&str> = reading.questions.iter().map(|question| question.kind.as_str()).collect();
    lines.push(format!("? {}", kinds.join(", ")));
    lines.join("\n")
}

#[test]
fn each_era_gives_its_register() {
    for (name, text, expected) in DOCUMENTS {
        let reading = notice::read(text, notice::kind_of(text));
        assert_eq!(table(&reading).trim_end(), expected.trim_end(), "{name}");
    }
}

#[test]
fn every_row_says_which_words_gave_it() {
    for (name, text, _) in DOCUMENTS {
        for row in notice::read(text, notice::kind_of(text)).obligations {
            let explained = row.cues.iter().any(|cue| cue.field == "modality");
            assert!(explained, "{name}: {}", row.text);
            for cue in row.cues.iter().filter(|cue| cue.field == "timing") {
                assert!(
                    !cue.text.is_empty() && text[cue.span[0]..cue.span[1]].len() >= 2,
                    "{name}: {}",
                    row.text
                );
            }
        }
    }
}
