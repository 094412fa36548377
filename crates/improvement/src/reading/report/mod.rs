//! Reads inspection reports, 2012 to today.
//!
//! The forms by era (child protection 2012-13, looked-after children 2013, single inspection framework 2014-17, ILACS
//! from 2018, board reviews, joint inspections) and the decoys are told in `docs/reading-reports.md`. A report's
//! recommendations are not obligations: an instrument incorporates them.

pub(crate) mod blocks;
mod council;
mod cover;
pub(crate) mod dates;
mod findings;
mod grades;
pub(crate) mod headings;
mod joined;
mod judgements;
mod labels;
pub(crate) mod lines;
mod passages;
pub(crate) mod recommendations;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use self::lines::Line;
use self::passages::Claim;
use self::recommendations::Item;
use super::{Document, PassageKind, Question, ReadClause, Reading};

pub(crate) use self::council::short_name;
pub(crate) use self::cover::name_without_rank;
pub(crate) use self::dates::{range as date_range, single as single_date};
pub(crate) use self::joined::{Joined, sentences};
pub(crate) use self::passages::{Claim as PassageClaim, cover as cover_text, line_number};

/// Whether the text carries the signatures of an inspection report.
pub fn looks_like_report(text: &str) -> bool {
    const FIRST_LINES: usize = 90;
    let head: Vec<String> =
        text.lines().filter(|line| !line.trim().is_empty()).take(FIRST_LINES).map(headings::plain).collect();
    let begins = |words: &str| head.iter().any(|line| line.starts_with(words));
    let letter = begins("dear ")
        && head.iter().any(|line| line.contains("monitoring visit") || line.contains("focused visit"));
    let titled = [
        "inspection of",
        "re-inspection of",
        "reinspection of",
        "joint targeted area inspection",
        "joint inspection of",
    ]
    .iter()
    .any(|start| begins(start))
        || begins("review of the effectiveness of the local safeguarding")
        || begins("inspection report");
    const SIGNS: [&str; 13] = [
        "inspection date",
        "inspection dates",
        "lead inspector",
        "reporting inspector",
        "report published",
        "published",
        "judgement",
        "overall effectiveness",
        "the overall judgement",
        "executive summary",
        "what needs to improve",
        "children's services in",
        "1. children who need help and protection",
    ];
    let signs = SIGNS.iter().filter(|sign| begins(sign)).count();
    let joint = begins("joint targeted area inspection");
    titled && (signs >= 2 || joint && signs == 1) && !letter
}

/// Reads an inspection report.
pub fn read(text: &str) -> Reading {
    let lines = lines::lines(text);
    let cover_end = cover::cover_end(&lines);
    let mut document = cover::read(&lines);
    document.judgements = judgements::read(&lines, cover_end, document.title.as_deref());
    let (items, mut chapeaux) = recommendations::read(
        &lines,
        cover_end,
        document.judgements.get(judgements::OVERALL).is_some_and(|grade| grade == "not given"),
    );
    chapeaux.sort_unstable();
    let taken: Vec<[usize; 2]> = with_headings(&items, &chapeaux);
    let first = first_prose(&lines, cover_end);
    let found = findings::read(&lines, first, lines.len(), &taken);
    let mut claims: Vec<Claim> = items.iter().map(item_claim).collect();
    claims.extend(found.claims);
    let mut clauses: Vec<ReadClause> = items.iter().map(|item| item_clause(item, &lines)).collect();
    clauses.extend(found.clauses);
    clauses.sort_by_key(|clause| clause.span);
    Reading {
        questions: questions(&document, &lines),
        document,
        obligations: Vec::new(),
        recommendations: items.into_iter().map(|item| item.recommendation).collect(),
        findings: found.findings,
        clauses,
        passages: passages::cover(&lines, claims, &chapeaux),
    }
}

/// Line ranges of items and of their headings, in order: neither is a finding.
fn with_headings(items: &[Item], chapeaux: &[usize]) -> Vec<[usize; 2]> {
    let mut ranges: Vec<[usize; 2]> = items.iter().map(|item| item.lines).collect();
    ranges.extend(chapeaux.iter().map(|index| [*index, *index]));
    ranges.sort_unstable();
    ranges
}

/// ILACS reports begin their findings on the cover page, below the table.
fn first_prose(lines: &[Line<'_>], cover_end: usize) -> usize {
    let sentence =
        |line: &Line<'_>| line.is_prose() && line.text.len() > 60 && labels::label(line.text).is_none();
    let table_end = lines[..cover_end]
        .iter()
        .rposition(|line| headings::plain(line.text).starts_with("overall effectiveness"))
        .map_or(cover_end, |index| index + 1);
    (table_end..cover_end).find(|index| sentence(&lines[*index])).unwrap_or(cover_end)
}

pub(crate) fn item_claim(item: &Item) -> Claim {
    Claim {
        span: item.recommendation.span,
        kind: PassageKind::Duty,
        clause: item.recommendation.reference.clone(),
    }
}

pub(crate) fn item_clause(item: &Item, lines: &[Line<'_>]) -> ReadClause {
    ReadClause {
        reference: item.recommendation.reference.clone(),
        label: item.label.clone(),
        heading: item.recommendation.group.clone(),
        span: item.recommendation.span,
        line: lines[item.lines[0]].number,
    }
}

/// Where the running footer gives other days than the cover, the cover holds and a person is told.
fn questions(document: &Document, lines: &[Line<'_>]) -> Vec<Question> {
    let (Some(from), Some(to)) = (document.inspected_from, document.inspected_to) else { return Vec::new() };
    let Some(footer) = lines.iter().find(|line| {
        line.furniture
            && line.text.len() < 90
            && dates::range(line.text, None).is_some_and(|(a, b)| a < b && (a, b) != (from, to))
    }) else {
        return Vec::new();
    };
    vec![Question {
        kind: "conflicting-dates".to_owned(),
        text: format!(
            "The cover dates the inspection {from} to {to}, the page footer differs. The cover was taken: is it right?"
        ),
        span: footer.span,
        candidates: vec![format!("{from} to {to}"), footer.text.to_owned()],
    }]
}
