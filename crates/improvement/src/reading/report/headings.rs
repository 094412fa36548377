//! The standing headings of inspection reports, by era, and what each one opens or closes.
//!
//! 2012-13: "Areas for improvement" with deadline groups. 2014-15: "What does the local authority need to improve?".
//! 2015-18: "Recommendations". From 2018: "What needs to improve". The safeguarding board's part repeats them.

use super::lines::Line;

/// What a heading does to the list of recommendations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// Opens a list; the board's own when the heading says so.
    Opens {
        /// Whether the words name the safeguarding board.
        board: bool,
        /// Whether these words can only head a list (a plain paragraph below them is then an item too).
        certain: bool,
    },
    /// Groups the items below it: priority, deadline.
    Groups(String),
    /// Ends a list.
    Closes,
}

/// The heading at `index`, and how many lines it takes.
pub(crate) fn heading_at(lines: &[Line<'_>], index: usize) -> Option<(Heading, usize)> {
    let line = &lines[index];
    if !line.is_prose() || !starts_like_a_heading(line.text) {
        return None;
    }
    let one = plain(line.text);
    if let Some(heading) = known(&one, line.text) {
        return Some((heading, 1));
    }
    let next = lines.get(index + 1).filter(|next| next.is_prose() && next.page == line.page)?;
    if line.text.len() + next.text.len() > 130
        || next.text.starts_with(|c: char| c.is_uppercase() && !c.is_alphabetic())
    {
        return None;
    }
    let both = plain(&format!("{} {}", line.text, next.text));
    opens(&both).map(|heading| (heading, 2))
}

/// Whether a line by itself is one of the standing headings.
pub(crate) fn is_standing(text: &str) -> bool {
    starts_like_a_heading(text) && known(&plain(text), text).is_some()
}

/// Whether the board's part (or the authority's) of the report begins here.
pub(crate) fn part_of_board(text: &str) -> Option<bool> {
    let plain = plain(text);
    let short = plain.len() <= 110 && starts_like_a_heading(text) && !text.ends_with('.');
    if !short {
        return None;
    }
    let names_board = plain.contains("safeguarding children board") || plain.contains("lscb");
    let opens = [
        "section 2",
        "the local safeguarding children",
        "local safeguarding children",
        "the effectiveness of the",
    ]
    .iter()
    .any(|start| plain.starts_with(start));
    if opens && (names_board || plain.starts_with("section 2")) {
        return Some(true);
    }
    (plain == "the local authority" || plain.starts_with("section 1")).then_some(false)
}

/// Lower case, straight quotes, without a footnote number, colon or question mark at the end.
pub(crate) fn plain(text: &str) -> String {
    let text = text.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let text = text.trim_end_matches([':', '?', '.', ' ']);
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches([':', '?', ' ']);
    let straight = text.chars().map(|c| if matches!(c, '’' | '‘') { '\'' } else { c });
    straight.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn starts_like_a_heading(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

fn known(plain: &str, printed: &str) -> Option<Heading> {
    opens(plain).or_else(|| groups(plain, printed)).or_else(|| closes(plain, printed))
}

fn opens(plain: &str) -> Option<Heading> {
    let board = plain.contains("lscb")
        || plain.contains("safeguarding children board")
        || plain.contains("safeguarding board");
    let asks =
        plain.starts_with("what does") || plain.starts_with("what do ") || plain.starts_with("what must");
    let asks = asks && (plain.ends_with("need to improve") || plain.ends_with("improve further"));
    let needs = plain == "what needs to improve"
        || plain.starts_with("what needs to improve in ")
        || plain == "what needs to get better"
        || plain == "what needs to be improved";
    let certain = asks || needs;
    let recommends = plain == "recommendations"
        || plain == "recommendation"
        || plain == "our recommendations"
        || (plain.starts_with("recommendations for ") || plain.starts_with("recommendations to "))
            && plain.len() < 90;
    let areas = plain == "areas for improvement"
        || plain == "areas for development"
        || plain.starts_with("areas for improvement for the ")
        || plain.starts_with("areas for priority action");
    (certain || recommends || areas).then_some(Heading::Opens { board, certain })
}

fn groups(plain: &str, printed: &str) -> Option<Heading> {
    let deadline = plain == "immediately"
        || plain == "immediate action"
        || (plain.starts_with("within ") && plain.len() < 40 && deadline_unit(plain));
    let priority = plain.starts_with("priority and immediate action")
        || plain == "priority action"
        || plain == "priority actions"
        || plain == "immediate and priority action"
        || plain == "immediate and priority actions";
    let words = printed.trim_end_matches([':', ' ', '.']);
    (deadline || (priority && plain.len() < 50)).then(|| Heading::Groups(words.to_owned()))
}

fn deadline_unit(plain: &str) -> bool {
    ["month", "months", "weeks", "week", "days", "year"].iter().any(|unit| plain.ends_with(unit))
}

const CLOSING: [&str; 38] = [
    "summary for children",
    "summary of key findings",
    "information about",
    "the experience and progress",
    "the experiences and progress",
    "experiences and progress",
    "the impact of leaders",
    "impact of leaders",
    "leadership, management and governance",
    "leadership and governance",
    "leadership and management",
    "key strengths",
    "strengths",
    "the local authority's strengths",
    "what the inspection judg",
    "inspection judgements",
    "inspection findings",
    "executive summary",
    "section 1",
    "section 2",
    "progress since",
    "main findings",
    "about this inspection",
    "the inspection team",
    "inspection team",
    "service information",
    "contents",
    "annex",
    "overall effectiveness",
    "the effectiveness of",
    "outcome of",
    "outcomes for",
    "record of main findings",
    "key judgement",
    "next steps",
    "yours sincerely",
    "findings and evaluation",
    "context",
];

fn closes(plain: &str, printed: &str) -> Option<Heading> {
    let strengths = plain.contains("strength")
        && plain.len() < 80
        && (plain.contains("has the following") || !printed.ends_with('.'));
    let standing = CLOSING.iter().any(|start| plain.starts_with(start))
        && plain.len() < 130
        && !printed.ends_with(['.', ';', ',']);
    let board = part_of_board(printed) == Some(true);
    (strengths && names_strengths(plain) || standing || board).then_some(Heading::Closes)
}

/// "The local authority's strengths", "The local authority has the following strengths", "Key strengths and weaknesses".
fn names_strengths(plain: &str) -> bool {
    plain.ends_with("strengths")
        || plain.contains("strengths and weaknesses")
        || plain.starts_with("strengths")
}
