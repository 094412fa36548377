//! The grade table of a cover, row by row, however its cells were broken over lines or columns.

use std::collections::BTreeMap;

use super::grades::{self, GradeWords};
use super::headings::plain;
use super::labels;
use super::lines::Line;

pub(crate) const ROW_STARTS: [&str; 26] = [
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
pub(crate) fn read(cover: &[&Line<'_>]) -> BTreeMap<String, String> {
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
        let Some(row) = self.rows.last().filter(|row| !self.closed && !row.name.is_empty()) else {
            return false;
        };
        let both = plain(&format!("{} {}", row.name.join(" "), name.join(" ")));
        !name.is_empty()
            && !name_is_whole(&row.name)
            && WHOLE_NAMES.iter().any(|whole| whole.starts_with(&both))
    }

    /// A further line of a name is short, is no sentence, and follows the line before it closely.
    fn name_goes_on(&self, line: &Line<'_>, name: &[&str]) -> bool {
        let Some(row) = self.rows.last() else { return false };
        let done = row.grade.is_some() && line.blank_above && name_is_whole(&row.name);
        let short = name.len() <= 9 && !line.text.ends_with('.') && !line.text.contains(':');
        let goes_on =
            line.text.starts_with(char::is_lowercase) || !line.blank_above || !name_is_whole(&row.name);
        short
            && goes_on
            && !done
            && row.lines < 4
            && !(name_is_whole(&row.name) && line.text.starts_with(char::is_uppercase))
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
        self.open.may_go_on_with("improvement")
            || self.open.may_go_on_with("to")
            || self.open.may_go_on_with("be")
            || self.open.may_go_on_with("good")
            || self.open.may_go_on_with("judged")
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
    const HEADS: [&str; 6] = [
        "judgement grade",
        "judgement",
        "grade",
        "key judgement",
        "judgements",
        "key judgement judgement grade",
    ];
    HEADS.contains(&plain(words).as_str())
}

pub(crate) fn without_section_number(text: &str) -> &str {
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
    if plain(name).ends_with("overall effectiveness") && plain(name).len() < 26 {
        "Overall effectiveness".to_owned()
    } else {
        name.to_owned()
    }
}
