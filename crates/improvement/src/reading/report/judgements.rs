//! The grades: overall, each area as printed, and the safeguarding board's own.
//!
//! The overall grade is read, never derived. Only the cover's table counts, because the text quotes earlier grades of
//! this council and of its predecessors.

use std::collections::BTreeMap;

use super::grades::{self, GradeWords};
use super::headings::plain;
use super::labels;
use super::lines::Line;

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
    let mut judgements = table(&cover);
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
        if lower.starts_with("safeguarding services") || lower.starts_with("safeguarding") && lower.len() < 14 {
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

const ROW_STARTS: [&str; 26] = [
    "overall effectiveness",
    "children who need help and protection",
    "children looked after",
    "looked after children",
    "adoption performance",
    "experiences and progress of",
    "experience and progress of",
    "the experiences and progress of",
    "the experience and progress of",
    "leadership, management",
    "leadership and management",
    "leadership and governance",
    "the impact of leaders",
    "impact of leaders",
    "the effectiveness of the help and protection",
    "effectiveness of the help and protection",
    "the quality of practice",
    "quality of practice",
    "capacity for improvement",
    "capacity to improve",
    "the overall effectiveness",
    "outcomes for",
    "quality of provision",
    "quality of service",
    "safeguarding",
    "services for looked after children",
];

#[derive(Debug, Default)]
struct Row {
    name: Vec<String>,
    grade: Option<String>,
    lines: usize,
}

/// Reads the table row by row; a grade set beside the second line of a name, or between its lines, still is its own.
fn table(cover: &[&Line<'_>]) -> BTreeMap<String, String> {
    let mut reading = TableReading::default();
    for (index, line) in cover.iter().enumerate() {
        reading.line(line, cover.get(index + 1).map(|next| next.text));
    }
    reading.finish()
}

#[derive(Default)]
struct TableReading {
    rows: Vec<Row>,
    open: GradeWords,
    /// Grades on lines of their own, with the number of rows begun before each.
    loose: Vec<(usize, String)>,
    closed: bool,
}

impl TableReading {
    fn line(&mut self, line: &Line<'_>, next: Option<&str>) {
        let words = match labels::label(line.text) {
            Some((labels::Label::Number { .. }, rest)) => rest,
            _ => without_section_number(line.text),
        };
        if is_table_head(words) {
            return;
        }
        let (name, grade) = grades::split_row(words, &self.open);
        let starts = starts_row(&name.join(" "), !grade.is_empty(), next) && !self.name_wants(&name);
        if starts {
            if self.rows.last().is_some_and(|row| row.grade.is_none()) {
                self.end_grade();
            }
            self.rows.push(Row::default());
            self.closed = false;
        } else if !name.is_empty() && (self.closed || !self.name_goes_on(line, &name)) {
            self.end_grade();
            self.closed = true;
            return;
        }
        self.add(&name, &grade);
    }

    /// Whether the open row's name and these words together begin one of the standing names.
    fn name_wants(&self, name: &[&str]) -> bool {
        let Some(row) = self.rows.last().filter(|row| !self.closed && !row.name.is_empty()) else { return false };
        let both = plain(&format!("{} {}", row.name.join(" "), name.join(" ")));
        !name.is_empty() && !name_is_whole(&row.name) && WHOLE_NAMES.iter().any(|whole| whole.starts_with(&both))
    }

    /// A further line of a name is short, is no sentence, and follows the line before it closely.
    fn name_goes_on(&self, line: &Line<'_>, name: &[&str]) -> bool {
        let Some(row) = self.rows.last() else { return false };
        let done = row.grade.is_some() && line.blank_above && name_is_whole(&row.name);
        let short = name.len() <= 9 && !line.text.ends_with('.') && !line.text.contains(':');
        let goes_on = line.text.starts_with(char::is_lowercase) || !line.blank_above || !name_is_whole(&row.name);
        short && goes_on && !done && row.lines < 4 && !(name_is_whole(&row.name) && line.text.starts_with(char::is_uppercase))
    }

    fn add(&mut self, name: &[&str], grade: &[&str]) {
        let alone = name.is_empty();
        if let Some(row) = self.rows.last_mut().filter(|_| !self.closed) {
            row.name.extend(name.iter().map(|word| (*word).to_owned()));
            row.lines += 1;
        }
        if grade.is_empty() {
            return;
        }
        for complete in self.open.push(grade) {
            self.place(complete);
        }
        if !alone && !self.open_may_grow() {
            self.end_grade();
        }
    }

    fn open_may_grow(&self) -> bool {
        self.open.may_go_on_with("improvement") || self.open.may_go_on_with("to") || self.open.may_go_on_with("be")
            || self.open.may_go_on_with("good") || self.open.may_go_on_with("judged")
    }

    fn end_grade(&mut self) {
        if let Some(grade) = self.open.take() {
            self.place(grade);
        }
    }

    fn place(&mut self, grade: String) {
        match self.rows.last_mut() {
            Some(row) if row.grade.is_none() && !self.closed => row.grade = Some(grade),
            _ => self.loose.push((self.rows.len(), grade)),
        }
    }

    /// Where all names stand before all grades (or after them), they pair in order.
    fn finish(mut self) -> BTreeMap<String, String> {
        self.end_grade();
        let waiting = self.rows.iter().filter(|row| row.grade.is_none()).count();
        if waiting > 0 && waiting + 1 >= self.loose.len() && !self.loose.is_empty() {
            self.pair_columns(waiting);
        }
        let rows = self.rows.into_iter().filter_map(|row| Some((row.name.join(" "), row.grade?)));
        let mut judgements = BTreeMap::new();
        for (name, grade) in rows {
            judgements.entry(tidy_name(&name)).or_insert(grade);
        }
        judgements
    }

    fn pair_columns(&mut self, waiting: usize) {
        let names_first = self.loose.iter().all(|(rows, _)| *rows == self.rows.len());
        let mut grades: Vec<String> = Vec::new();
        if names_first && waiting + 1 == self.rows.len() && self.loose.len() == waiting {
            grades.extend(self.rows.last_mut().and_then(|row| row.grade.take()));
        }
        grades.extend(std::mem::take(&mut self.loose).into_iter().map(|(_, grade)| grade));
        let mut grades = grades.into_iter();
        for row in self.rows.iter_mut().filter(|row| row.grade.is_none()) {
            row.grade = grades.next();
        }
    }
}

fn is_table_head(words: &str) -> bool {
    const HEADS: [&str; 6] = ["judgement grade", "judgement", "grade", "key judgement", "judgements", "key judgement judgement grade"];
    HEADS.contains(&plain(words).as_str())
}

fn without_section_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.len() < text.len() && rest.starts_with([' ', '\t']) { rest.trim_start() } else { text }
}

fn starts_row(name: &str, graded: bool, next: Option<&str>) -> bool {
    let plain = plain(name);
    let known = ROW_STARTS.iter().any(|start| plain.starts_with(start));
    let sentence = name.ends_with('.') || name.split_whitespace().count() > 18;
    let prose = !graded && next.is_some_and(|next| next.ends_with('.') && !next.contains("    "));
    known && !sentence && !prose && name.starts_with(char::is_uppercase)
}

/// Names of the main tables that need no further line.
const WHOLE_NAMES: [&str; 14] = [
    "overall effectiveness",
    "children who need help and protection",
    "children looked after and achieving permanence",
    "adoption performance",
    "experiences and progress of care leavers",
    "leadership, management and governance",
    "leadership and governance",
    "the quality of practice",
    "the experiences and progress of children who need help and protection",
    "the experiences and progress of children in care and care leavers",
    "the experiences and progress of children in care",
    "the experiences and progress of care leavers",
    "the impact of leaders on social work practice with children and families",
    "the effectiveness of the help and protection provided to children, young people, families and carers",
];

fn name_is_whole(words: &[String]) -> bool {
    WHOLE_NAMES.contains(&plain(&words.join(" ")).as_str())
}

fn tidy_name(name: &str) -> String {
    let name = super::cover::without_footnote_mark(name.trim().trim_end_matches(':')).trim();
    if plain(name).ends_with("overall effectiveness") && plain(name).len() < 26 { "Overall effectiveness".to_owned() } else { name.to_owned() }
}

/// "The overall judgement is ...", "Children's services in Northmoor are ...": a line that begins so, with the next.
fn verdict(cover: &[&Line<'_>]) -> Option<String> {
    (0..cover.len()).find_map(|index| {
        let both = with_next(cover, index);
        let lower = both.to_lowercase().replace('’', "'");
        if let Some(rest) = lower.strip_prefix("the overall judgement ").or_else(|| lower.strip_prefix("overall judgement")) {
            return after_verb(rest);
        }
        if let Some(rest) = lower.strip_prefix("overall effectiveness") {
            return grades::leading(rest.trim_start_matches([':', ' ', '-', '–'])).or_else(|| after_verb(rest));
        }
        let services = lower.starts_with("children's services in") || lower.starts_with("services for children in")
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
        " is judged to be ", " are judged to be ", " has been judged to be ", " is that it is ", " is that they are ",
        " is that children's services are ", " is that services are ", " is that it ", " is that children's services ",
        " remains ", " remain ", " are ", " is ",
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
        let known = ROW_STARTS.iter().any(|start| lower.starts_with(start)) && !lower.contains("overall effectiveness");
        if !known || line.text.len() > 110 {
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
    let parted = [":", " is ", "    ", " are "].iter().filter_map(|mark| text.find(mark).map(|at| (at, mark.len()))).min()?;
    let (at, length) = parted;
    let words = text[at + length..].trim().to_lowercase();
    let grade = grades::leading(&words).filter(|grade| grade.len() >= words.len().saturating_sub(1))?;
    let name = text[..at].split_whitespace().collect::<Vec<_>>().join(" ");
    (name.len() < 110).then(|| (without_section_number(&name).to_owned(), grade))
}

/// The board's grade: a line of its own, which the text under "what the judgements mean" never is.
fn board_grade(lines: &[&Line<'_>]) -> Option<String> {
    const STARTS: [&str; 5] =
        ["the effectiveness of the ", "the local safeguarding children", "local safeguarding children", "the lscb ", "effectiveness of the "];
    lines.iter().enumerate().find_map(|(index, line)| {
        let first = line.text.to_lowercase().replace('’', "'");
        let first = first.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        if !STARTS.iter().any(|start| first.starts_with(start)) {
            return None;
        }
        let both = with_next(lines, index).to_lowercase().replace('’', "'");
        let names_board = both.find("safeguarding children board").or_else(|| both.find("safeguarding children's board"));
        let at = names_board.or_else(|| both.find("lscb"))?;
        let rest = &both[at..];
        let verb = rest.split_once(" is ").map(|(before, rest)| (before.len(), rest.to_owned()));
        let requires = rest.find("requires improvement").map(|at| (at, rest[at..].to_owned()));
        let row = grades_in_row(line.text);
        let (before, words) = [verb, requires].into_iter().flatten().min_by_key(|(at, _)| *at).or(row.map(|grade| (0, grade)))?;
        let words = words.trim_start().strip_prefix("judged to be ").map_or(words.trim_start(), |rest| rest);
        (before < 70).then(|| grades::leading(words)).flatten()
    })
}

fn grades_in_row(text: &str) -> Option<String> {
    let (_, grade) = grades::split_row(text, &GradeWords::default());
    (!grade.is_empty()).then(|| grade.join(" ").to_lowercase())
}
