//! Reads inspectors' letters: monitoring visits to councils judged inadequate, and focused visits under ILACS.
//!
//! A letter makes no numbered recommendations. Its sentences are findings, with a polarity, a hedge and a cohort; what
//! the council is "expected to" do becomes an expectation. Forms: notice-grammar, section 1.6; `docs/reading-reports.md`.

mod expectation;
mod heading;
mod polarity;
mod subject;
#[cfg(test)]
mod tests;
pub(crate) mod wording;

use self::heading::Frame;
use super::report::blocks::{self, Block};
use super::report::headings::plain;
use super::report::lines::{self, Line};
use super::report::{self, PassageClaim, sentences};
use super::{PassageKind, Question, ReadClause, Reading};

/// Whether the text carries the signatures of a monitoring-visit letter.
pub fn looks_like_letter(text: &str) -> bool {
    const FIRST_LINES: usize = 70;
    let head: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(FIRST_LINES).collect();
    let Some(salutation) = head.iter().position(|line| line.starts_with("Dear ")) else { return false };
    let visit = head[salutation..].iter().take(14).any(|line| {
        let lower = line.to_lowercase();
        lower.contains("monitoring visit") || lower.contains("focused visit")
    });
    let inspectors = text.contains("HMI")
        || text.contains("Majesty")
        || text.contains("Ofsted")
        || text.contains("nspector");
    visit && inspectors
}

/// Reads a monitoring-visit letter.
pub fn read(text: &str) -> Reading {
    let lines = lines::lines(text);
    let frame = heading::frame(&lines);
    let mut reading = Reading { document: heading::document(&lines, frame), ..Reading::default() };
    let (items, mut chapeaux) = report::recommendations::read(&lines[..frame.closing], frame.body, false);
    let mut claims: Vec<PassageClaim> = Vec::new();
    let mut start = frame.body;
    let mut part = Part::Opening;
    let mut stops: Vec<(usize, usize)> =
        items.iter().map(|item| (item.lines[0], item.lines[1] + 1)).collect();
    stops.extend(chapeaux.iter().map(|index| (*index, index + 1)));
    stops.sort_unstable();
    stops.push((frame.closing, frame.closing));
    for (stop, next) in stops {
        for block in blocks::blocks(&lines, start, stop.max(start)) {
            part = read_block(&lines, &block, part, &mut reading, &mut claims);
        }
        start = start.max(next);
    }
    claims.extend(items.iter().map(report::item_claim));
    reading.clauses.extend(items.iter().map(|item| report::item_clause(item, &lines)));
    reading.clauses.sort_by_key(|clause| clause.span);
    reading.recommendations = items.into_iter().map(|item| item.recommendation).collect();
    reading.questions = questions(&lines, frame);
    chapeaux.sort_unstable();
    reading.passages = report::cover_text(&lines, claims, &chapeaux);
    mark_furniture(&lines, frame, &mut reading);
    reading
}

/// The parts of a letter's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The first paragraphs: the visit is introduced, then summed up.
    Opening,
    /// What was looked at, and the evidence seen.
    Scope,
    /// What was found.
    Findings,
}

fn part_of(heading: &str) -> Part {
    let plain = plain(heading);
    let scope = plain.starts_with("areas covered")
        || plain.starts_with("scope")
        || plain.starts_with("evidence")
        || plain.starts_with("about this");
    if scope { Part::Scope } else { Part::Findings }
}

fn read_block(
    lines: &[Line<'_>],
    block: &Block,
    part: Part,
    reading: &mut Reading,
    claims: &mut Vec<PassageClaim>,
) -> Part {
    let text = &block.words.text;
    if block.heading {
        claims.push(PassageClaim {
            span: block.words.source(0..text.len()),
            kind: PassageKind::Chapeau,
            clause: text.clone(),
        });
        return part_of(text);
    }
    let first = &lines[block.lines[0]];
    let last = &lines[block.lines[block.lines.len() - 1]];
    let order = reading.clauses.len() + 1;
    let reference =
        if block.label.is_empty() { format!("¶{order}") } else { format!("{} {order}", block.label) };
    reading.clauses.push(ReadClause {
        reference: reference.clone(),
        label: block.label.clone(),
        heading: None,
        span: [first.span[0], last.span[1]],
        line: first.number,
    });
    for range in sentences(text) {
        let sentence = &text[range.clone()];
        let span = block.words.source(range);
        let finds = part == Part::Findings || (part == Part::Opening && !introduces(sentence));
        let expected = finds
            .then(|| {
                expectation::expectation(sentence, span, report::line_number(lines, span[0]), &reference)
            })
            .flatten();
        let speaks = finds && !closes(sentence) && sentence.split(' ').count() >= 4;
        if speaks {
            reading.findings.push(wording::finding(sentence, span));
        }
        let kind = if speaks || expected.is_some() { PassageKind::Duty } else { PassageKind::Context };
        reading.obligations.extend(expected);
        claims.push(PassageClaim { span, kind, clause: reference.clone() });
    }
    part
}

/// Sentences that introduce the visit itself: they state facts, not findings.
fn introduces(sentence: &str) -> bool {
    const WORDS: [&str; 12] = [
        "this letter summarises",
        "i am writing",
        "the visit was the",
        "this was the",
        "the inspectors were",
        "the inspector was",
        "the visit was carried out",
        "the lead inspector",
        "inspectors for this visit",
        "this visit was",
        "monitoring visit since",
        "majesty’s inspectors",
    ];
    let lower = sentence.to_lowercase();
    WORDS.iter().any(|words| lower.contains(words))
}

/// Sentences about the letter's own way: copied to the Department, published.
fn closes(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let letter = lower.contains("this letter") || lower.contains("the letter");
    letter && (lower.contains("copying") || lower.contains("copied") || lower.contains("published"))
}

/// The address above and the scrawl below are noise, not context.
fn mark_furniture(lines: &[Line<'_>], frame: Frame, reading: &mut Reading) {
    let from = lines.get(frame.salutation).map_or(0, |line| line.span[0]);
    let to = lines.get(frame.closing).map_or(usize::MAX, |line| line.span[0]);
    for passage in &mut reading.passages {
        if passage.kind == PassageKind::Context && (passage.span[0] < from || passage.span[0] >= to) {
            passage.kind = PassageKind::Noise;
        }
    }
}

/// A judgement dated to the month leaves open which day a clock would run from, and a visit may have no readable day.
fn questions(lines: &[Line<'_>], frame: Frame) -> Vec<Question> {
    let body = &lines[frame.body.min(lines.len())..frame.closing.min(lines.len())];
    let joined = report::Joined::of(body.iter().filter(|line| line.is_prose()));
    let judged = sentences(&joined.text).into_iter().find_map(|range| {
        let sentence = &joined.text[range.clone()];
        let lower = sentence.to_lowercase();
        let at = lower.find("judged ").filter(|_| lower.contains("inadequate"))?;
        let date = sentence.get(at..).and_then(month_and_year)?;
        Some((joined.source(range), date))
    });
    judged
        .map(|(span, date)| Question {
            kind: "several-anchors".to_owned(),
            text: format!("The letter dates the judgement to {date}, without a day: do clocks run from the end of the inspection or from the report's publication?"),
            span,
            candidates: vec![format!("judged {date}"), "the day the report was published".to_owned()],
        })
        .into_iter()
        .collect()
}

fn month_and_year(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let year = pair[1].trim_matches(|c: char| !c.is_ascii_digit());
        let month = report::dates::month(pair[0])?;
        (year.len() == 4).then(|| format!("{} {year}", vocabulary::date::month_name(month)))
    })
}
