//! What the cover of a report says: title, council, framework, dates, lead inspector.
//!
//! The cover holds where a footer differs. A publication day counts only when printed as such, never from a
//! copyright line.

use jiff::civil::Date;
use vocabulary::date::PartialDate;

use super::dates;
use super::headings::plain;
use super::joined::Joined;
use super::lines::Line;
use crate::reading::{Document, DocumentKind};

/// How many lines from the start are the cover: up to the first part of the report proper.
pub(crate) fn cover_end(lines: &[Line<'_>]) -> usize {
    const LAST_PAGE: usize = 1;
    const MOST_LINES: usize = 90;
    const ENDS: [&str; 11] = [
        "what does the local authority need to improve",
        "what does the lscb need to improve",
        "what does the local authority need to",
        "executive summary",
        "contents",
        "section 1",
        "summary of key findings",
        "what needs to improve",
        "recommendations",
        "areas for improvement",
        "the inspection judgements and what they mean",
    ];
    let past = |line: &Line<'_>| {
        line.page > LAST_PAGE || (!line.furniture && ENDS.contains(&plain(line.text).as_str()))
    };
    lines.iter().position(past).unwrap_or(lines.len()).min(MOST_LINES)
}

/// The document's facts, its grades aside.
pub(crate) fn read(lines: &[Line<'_>]) -> Document {
    let cover: Vec<&Line<'_>> = lines[..cover_end(lines)].iter().filter(|line| line.is_prose()).collect();
    let title = title(&cover);
    let inspected = inspection_dates(&cover).or_else(|| dates_in_prose(lines));
    let title_words = title.as_ref().map(|title| title.words.clone());
    Document {
        kind: DocumentKind::InspectionReport,
        council: super::council::council(
            &cover,
            title.as_ref().map(|title| (title.from, title.to, title.words.as_str())),
        ),
        framework: title_words.as_deref().and_then(framework).map(str::to_owned),
        title: title_words,
        published_on: published(&cover),
        inspected_from: inspected.map(|(from, _)| from),
        inspected_to: inspected.map(|(_, to)| to),
        lead_inspector: lead_inspector(&cover).or_else(|| lead_inspector(&lines.iter().collect::<Vec<_>>())),
        ..Document::default()
    }
}

struct Title {
    words: String,
    /// Lines of the cover it takes.
    from: usize,
    to: usize,
}

const TITLE_STARTS: [&str; 12] = [
    "inspection of",
    "re-inspection of",
    "reinspection of",
    "full inspection of",
    "short inspection of",
    "joint targeted area inspection",
    "joint inspection of",
    "joint area",
    "review of the effectiveness",
    "review of services",
    "focused visit",
    "inspection of safeguarding",
];

fn title(cover: &[&Line<'_>]) -> Option<Title> {
    let from = cover.iter().position(|line| {
        let plain = plain(line.text);
        TITLE_STARTS.iter().any(|start| plain.starts_with(start)) && !line.text.ends_with('.')
    })?;
    let mut to = from + 1;
    while to < cover.len() && to < from + 8 && continues_title(cover[to - 1].text, cover[to].text) {
        to += 1;
    }
    let joined = Joined::of(cover[from..to].iter().copied()).text;
    Some(Title { words: without_footnote_mark(&joined).to_owned(), from, to })
}

fn continues_title(above: &str, text: &str) -> bool {
    let plain = plain(text);
    let connects = ["and", "of", "the", "for", "in", "to", "a", "local"]
        .contains(&above.rsplit(' ').next().unwrap_or("").to_lowercase().as_str());
    let joins = plain == "and" || text.starts_with(char::is_lowercase) || connects;
    let second = plain.starts_with("review of the effectiveness") || plain.starts_with("children's services");
    let wraps = above.len() > 30 && plain.split(' ').count() <= 5 && plain.contains("children");
    let field =
        plain.contains("inspection date") || plain.contains("inspector") || plain.contains("published");
    let sentence = text.ends_with('.') || plain.starts_with("the overall") || is_verdict(&plain);
    let council = text.ends_with("Council") && !joins;
    !field && !sentence && !council && (joins || second || wraps) && text.len() < 110
}

fn is_verdict(plain: &str) -> bool {
    plain.starts_with("children's services in") && (plain.contains(" are ") || plain.contains(" require"))
}

/// The title without a footnote number glued to its last word.
pub(crate) fn without_footnote_mark(text: &str) -> &str {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if bare.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | ')')) { bare } else { text }
}

fn framework(title: &str) -> Option<&'static str> {
    let plain = plain(title);
    let has = |words: &str| plain.contains(words);
    if has("joint targeted area inspection") {
        Some("JTAI")
    } else if has("focused visit") {
        Some("focused visit")
    } else if has("in need of help and protection") && has("looked after") {
        Some("single inspection framework")
    } else if has("safeguarding and looked after") {
        Some("safeguarding and looked after children")
    } else if has("protection of children") || has("child protection") {
        Some("child protection inspection")
    } else if has("joint inspection") || has("joint area") {
        Some("joint inspection")
    } else if has("special educational needs") || has("send") && has("area") {
        Some("area SEND inspection")
    } else if has("looked after") {
        Some("looked after children inspection")
    } else if has("children's social care services") || has("children's services") || has("social care") {
        Some("ILACS")
    } else if has("safeguarding children board") {
        Some("review of the local safeguarding children board")
    } else {
        None
    }
}

/// The words after a field's name on the cover, with the next line when the value runs over.
fn field(cover: &[&Line<'_>], names: &[&str]) -> Option<String> {
    cover.iter().enumerate().find_map(|(index, line)| {
        let lower = line.text.to_lowercase();
        let name =
            names.iter().find(|name| lower.starts_with(**name) && starts_value(&lower[name.len()..]))?;
        let value = line.text[name.len()..].trim_start_matches([':', ' ', '\t']).to_owned();
        let next = cover.get(index + 1).map_or("", |next| next.text);
        let runs_over = value.is_empty()
            || value.ends_with(['–', '-', ','])
            || value.ends_with(" to")
            || value.ends_with(" and");
        Some(if runs_over { format!("{value} {next}") } else { value })
    })
}

fn starts_value(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([':', ' ', '\t'])
}

fn inspection_dates(cover: &[&Line<'_>]) -> Option<(Date, Date)> {
    const NAMES: [&str; 9] = [
        "inspection dates",
        "inspection date",
        "dates of inspection",
        "date of inspection",
        "inspection date(s)",
        "re-inspection dates",
        "re-inspection date",
        "dates of inspection visit",
        "visit dates",
    ];
    let named = cover.iter().enumerate().find_map(|(index, line)| {
        let lower = line.text.to_lowercase();
        let name = NAMES.iter().find(|name| lower.starts_with(**name))?;
        let next = cover.get(index + 1).map_or("", |next| next.text);
        let value = &line.text[name.len()..];
        dates::range(&format!("{value} {next}"), None)
            .filter(|_| !whole(value))
            .or_else(|| dates::range(value, None))
    });
    named.or_else(|| cover.iter().find_map(|line| inline_dates(line.text)))
}

/// Whether a value holds a whole range by itself, so that the next line must not add to it.
fn whole(value: &str) -> bool {
    let open = value.trim_end().ends_with(['–', '-', '—', ','])
        || value.trim_end().ends_with(" to")
        || value.trim_end().ends_with(" and");
    !open && dates::range(value, None).is_some()
}

/// Covers without the field print the days in the title line ("... 12–21 November 2012").
fn inline_dates(text: &str) -> Option<(Date, Date)> {
    let lower = text.to_lowercase();
    let about = lower.contains("inspect")
        && !lower.contains("publish")
        && !lower.contains("act 20")
        && !lower.contains("since");
    let (from, to) = dates::range(text, None)?;
    (about && text.len() < 120 && from < to).then_some((from, to))
}

/// Without a cover date: a sentence of the report, or a running footer, that gives the range.
fn dates_in_prose(lines: &[Line<'_>]) -> Option<(Date, Date)> {
    const CUES: [&str; 4] =
        ["took place from", "took place between", "inspection was carried out between", "carried out from"];
    let sentence = lines.iter().enumerate().find_map(|(index, line)| {
        let next = lines.get(index + 1).map_or("", |next| next.text);
        let both = format!("{} {next}", line.text);
        let cue = CUES.iter().find_map(|cue| both.to_lowercase().find(cue).map(|at| at + cue.len()))?;
        both.get(cue..).and_then(|rest| dates::range(rest, None))
    });
    sentence.or_else(|| footer_dates(lines))
}

/// The range that running footers print, where they do.
pub(crate) fn footer_dates(lines: &[Line<'_>]) -> Option<(Date, Date)> {
    lines
        .iter()
        .filter(|line| line.furniture && line.text.len() < 90)
        .find_map(|line| dates::range(line.text, None).filter(|(from, to)| from < to))
}

fn published(cover: &[&Line<'_>]) -> Option<PartialDate> {
    const NAMES: [&str; 7] = [
        "report published",
        "date report published",
        "date published",
        "published on",
        "published",
        "publication date",
        "date of publication",
    ];
    let value = field(cover, &NAMES)?;
    dates::single(&value).map(PartialDate::Day).or_else(|| month_and_year(&value))
}

fn month_and_year(value: &str) -> Option<PartialDate> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let at = words.iter().position(|word| dates::month(word).is_some())?;
    let month = dates::month(words[at])?;
    let year = words.get(at + 1)?.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
    (2000..2200).contains(&year).then_some(PartialDate::Month { year, month })
}

fn lead_inspector(lines: &[&Line<'_>]) -> Option<String> {
    const NAMES: [&str; 5] = [
        "lead inspectors",
        "lead inspector",
        "reporting inspector",
        "lead ofsted inspector",
        "lead her majesty's inspector",
    ];
    let value = field(lines, &NAMES)?;
    name_without_rank(&value)
}

/// A name as printed, without the rank beside it.
pub(crate) fn name_without_rank(value: &str) -> Option<String> {
    const RANKS: [&str; 22] = [
        ", Her Majesty’s Inspector",
        ", His Majesty’s Inspector",
        ", Her Majesty's Inspector",
        ", His Majesty's Inspector",
        "Her Majesty’s Inspector",
        "His Majesty’s Inspector",
        "Her Majesty's Inspector",
        "His Majesty's Inspector",
        ", Senior HMI",
        " Senior HMI",
        ", SHMI",
        " SHMI",
        ", HMI",
        " HMI",
        "(HMI)",
        " SCRI",
        " RI ",
        ", Ofsted Inspector",
        " Ofsted Inspector",
        ", Ofsted",
        " Age group",
        " Regulatory Inspector",
    ];
    let mut name = value.split("    ").next().unwrap_or(value).to_owned();
    for cut in ["Age group", "Inspection date", "Report published", "Deputy lead", "Team inspectors"] {
        if let Some(at) = name.find(cut) {
            name.truncate(at);
        }
    }
    for rank in RANKS {
        name = name.replace(rank, " ");
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",");
    let name = name.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '.') || c.is_whitespace());
    let sensible = name.contains(' ') && name.len() <= 80 && name.starts_with(char::is_uppercase);
    sensible.then(|| name.to_owned())
}
