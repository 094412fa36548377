//! The grades: overall, each area as printed, and the safeguarding board's own.
//!
//! The overall grade is read, never derived. Only the cover's table counts, because the text quotes earlier grades of
//! this council and of its predecessors.

use std::collections::BTreeMap;

use super::grades::{self, GradeWords};
use super::headings::plain;
use super::lines::Line;
use super::table::{self, ROW_STARTS, without_section_number};

/// The key of the council's overall grade.
pub(crate) const OVERALL: &str = "overall";
/// The key of the board's grade.
pub(crate) const BOARD: &str = "Local Safeguarding Children Board (LSCB)";

/// All grades of a report.
pub(crate) fn read(lines: &[Line<'_>], cover_end: usize, title: Option<&str>) -> BTreeMap<String, String> {
    let cover: Vec<&Line<'_>> = lines[..cover_end].iter().filter(|line| line.is_prose()).collect();
    let all: Vec<&Line<'_>> = lines.iter().filter(|line| line.is_prose()).collect();
    if title.is_some_and(|title| plain(title).contains("safeguarding and looked after")) {
        return two_halves(&all);
    }
    let mut judgements = table::read(&cover);
    let in_row = judgements.remove("Overall effectiveness");
    if let Some(grade) = in_row.or_else(|| verdict(&cover)).or_else(|| judged_in_prose(&all)) {
        judgements.insert(OVERALL.to_owned(), grade);
    }
    if judgements.keys().all(|key| key == OVERALL) {
        judgements.extend(graded_headings(&all));
    }
    if let Some(grade) = board_grade(&cover).or_else(|| board_grade(&all)) {
        judgements.insert(BOARD.to_owned(), grade);
        let board_only = title.is_some_and(is_board_review);
        if board_only && judgements.len() == 1 {
            judgements.insert(OVERALL.to_owned(), "not given".to_owned());
        }
    }
    judgements
}

/// Inspections of 2012 graded safeguarding and looked-after services apart, and nothing for the whole.
fn two_halves(lines: &[&Line<'_>]) -> BTreeMap<String, String> {
    let mut judgements = BTreeMap::new();
    let mut half = "";
    for line in lines {
        let lower = plain(line.text);
        if lower.starts_with("safeguarding services") || lower.starts_with("safeguarding") && lower.len() < 14
        {
            half = "Safeguarding services";
        } else if lower.starts_with("services for looked after children") {
            half = "Services for looked after children";
        }
        let (name, grade) = grades::split_row(line.text, &GradeWords::default());
        let mut words = GradeWords::default();
        words.push(&grade);
        if plain(&name.join(" ")).ends_with("overall effectiveness")
            && let Some(grade) = words.take()
        {
            judgements.entry(format!("{half}: overall effectiveness")).or_insert(grade);
        }
    }
    judgements
}

fn is_board_review(title: &str) -> bool {
    let plain = plain(title);
    plain.contains("safeguarding children board") && !plain.contains("inspection of")
}

/// "The overall judgement is ...", "Children's services in Northmoor are ...": a line that begins so, with the next.
fn verdict(cover: &[&Line<'_>]) -> Option<String> {
    (0..cover.len()).find_map(|index| {
        let both = with_next(cover, index);
        let lower = both.to_lowercase().replace('’', "'");
        if let Some(rest) =
            lower.strip_prefix("the overall judgement ").or_else(|| lower.strip_prefix("overall judgement"))
        {
            return after_verb(rest);
        }
        if let Some(rest) = lower.strip_prefix("overall effectiveness") {
            return grades::leading(rest.trim_start_matches([':', ' ', '-', '–']))
                .or_else(|| after_verb(rest));
        }
        let services = lower.starts_with("children's services ")
            || lower.starts_with("services for children in")
            || lower.starts_with("children's services across");
        if services { after_verb(&lower) } else { None }
    })
}

fn with_next(lines: &[&Line<'_>], index: usize) -> String {
    let next = lines.get(index + 1).map_or("", |next| next.text);
    let after = lines.get(index + 2).map_or("", |next| next.text);
    format!("{} {next} {after}", lines[index].text)
}

/// The grade right after a verb of judgement; other words between verb and grade mean another sentence.
fn after_verb(lower: &str) -> Option<String> {
    const VERBS: [&str; 13] = [
        " is judged to be ",
        " are judged to be ",
        " has been judged to be ",
        " is that it is ",
        " is that they are ",
        " is that children's services are ",
        " is that services are ",
        " is that it ",
        " is that children's services ",
        " remains ",
        " remain ",
        " are ",
        " is ",
    ];
    let padded = format!(" {} ", lower.trim());
    let by_verb = VERBS.iter().filter_map(|verb| {
        let at = padded.find(verb)?;
        grades::leading(&padded[at + verb.len()..]).map(|grade| (at, grade))
    });
    let requires = [" requires improvement", " require improvement"].iter().filter_map(|verb| {
        let at = padded.find(verb)?;
        grades::leading(&padded[at + 1..]).map(|grade| (at, grade))
    });
    by_verb.chain(requires).min_by_key(|(at, _)| *at).map(|(_, grade)| grade)
}

/// Reports before 2014 say it in a sentence: "The overall effectiveness of ... is judged to be ...".
fn judged_in_prose(lines: &[&Line<'_>]) -> Option<String> {
    const LAST_PAGE: usize = 6;
    lines.iter().enumerate().take_while(|(_, line)| line.page <= LAST_PAGE).find_map(|(index, line)| {
        let lower = line.text.to_lowercase();
        if let Some(rest) = lower.strip_prefix("overall effectiveness")
            && let Some(grade) = grades::leading(rest.trim_start_matches([':', ' ', '-', '–']))
        {
            return Some(grade);
        }
        let at = lower.find("overall effectiveness of").or_else(|| lower.find("overall effectiveness is"))?;
        let both = with_next(lines, index).to_lowercase();
        let rest = both.get(at..)?;
        let sentence = rest.split(". ").next().unwrap_or(rest);
        after_verb(sentence)
    })
}

/// Section headings that carry their grade, for reports whose cover has no table.
fn graded_headings(lines: &[&Line<'_>]) -> BTreeMap<String, String> {
    let mut judgements = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let lower = plain(line.text);
        let known = ROW_STARTS.iter().any(|start| lower.starts_with(start));
        let row =
            line.text.contains("    ") && !lower.contains("previous") && !lower.contains("last inspection");
        if !(known || row) || lower.contains("overall effectiveness") || line.text.len() > 110 {
            continue;
        }
        let next = lines.get(index + 1).map_or("", |next| next.text);
        let both = format!("{} {next}", line.text);
        if let Some((name, grade)) = heading_grade(line.text).or_else(|| heading_grade(&both)) {
            judgements.entry(name).or_insert(grade);
        }
    }
    judgements
}

/// "Name: grade", "Name is grade", "Name    Grade".
fn heading_grade(text: &str) -> Option<(String, String)> {
    let parted = [":", " is ", "    ", " are "]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| (at, mark.len())))
        .min()?;
    let (at, length) = parted;
    let words = text[at + length..].trim().to_lowercase();
    let grade = grades::leading(&words).filter(|grade| grade.len() >= words.len().saturating_sub(1))?;
    let name = text[..at].split_whitespace().collect::<Vec<_>>().join(" ");
    let sensible = name.len() < 110
        && name.split(' ').count() > 1
        && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    sensible.then(|| (without_section_number(&name).to_owned(), grade))
}

/// The board's grade: a line of its own, which the text under "what the judgements mean" never is.
fn board_grade(lines: &[&Line<'_>]) -> Option<String> {
    const STARTS: [&str; 5] = [
        "the effectiveness of the ",
        "the local safeguarding children",
        "local safeguarding children",
        "the lscb ",
        "effectiveness of the ",
    ];
    lines.iter().enumerate().find_map(|(index, line)| {
        let first = line.text.to_lowercase().replace('’', "'");
        let first = first.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        if !STARTS.iter().any(|start| first.starts_with(start)) {
            return None;
        }
        let both = with_next(lines, index).to_lowercase().replace('’', "'");
        let names_board =
            both.find("safeguarding children board").or_else(|| both.find("safeguarding children's board"));
        let at = names_board.or_else(|| both.find("lscb"))?;
        let rest = &both[at..];
        let verb = rest.split_once(" is ").map(|(before, rest)| (before.len(), rest.to_owned()));
        let requires = rest.find("requires improvement").map(|at| (at, rest[at..].to_owned()));
        let row = grades_in_row(line.text);
        let (before, words) = [verb, requires]
            .into_iter()
            .flatten()
            .min_by_key(|(at, _)| *at)
            .or(row.map(|grade| (0, grade)))?;
        let words = words.trim_start().strip_prefix("judged to be ").map_or(words.trim_start(), |rest| rest);
        (before < 70).then(|| grades::leading(words)).flatten()
    })
}

fn grades_in_row(text: &str) -> Option<String> {
    let (_, grade) = grades::split_row(text, &GradeWords::default());
    (!grade.is_empty()).then(|| grade.join(" ").to_lowercase())
}
