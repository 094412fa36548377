//! What the head and foot of a letter say: its date, title, council, the days of the visit, who visited and signed.

use jiff::civil::Date;
use vocabulary::date::PartialDate;

use crate::reading::report::{self, Joined, lines::Line};
use crate::reading::{Document, DocumentKind};

/// Where the parts of a letter begin and end, by line index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The salutation.
    pub salutation: usize,
    /// First line after the title.
    pub body: usize,
    /// First line of the closing words ("Yours sincerely").
    pub closing: usize,
}

/// The letter's frame: everything before the title is address, everything after "Yours" is signature.
pub(crate) fn frame(lines: &[Line<'_>]) -> Frame {
    let salutation = lines.iter().position(|line| line.text.starts_with("Dear ")).unwrap_or(0);
    let title = title_lines(lines, salutation);
    let closing = lines.iter().rposition(|line| line.text.starts_with("Yours ")).unwrap_or(lines.len());
    let body = title.map_or((salutation + 1).min(lines.len()), |(_, to)| to);
    Frame { salutation, body, closing: closing.max(body) }
}

fn title_lines(lines: &[Line<'_>], salutation: usize) -> Option<(usize, usize)> {
    const REACH: usize = 8;
    let to = (salutation + REACH).min(lines.len());
    let from = (salutation..to).find(|index| is_title(lines[*index].text))?;
    let wraps = lines.get(from + 1).is_some_and(|next| {
        !next.blank_above
            && next.text.len() < 80
            && !next.text.ends_with('.')
            && !next.text.starts_with("This ")
    });
    Some((from, from + 1 + usize::from(wraps)))
}

fn is_title(text: &str) -> bool {
    let lower = text.to_lowercase();
    let names_visit = lower.contains("visit to")
        || lower.contains("visit of")
        || lower.contains("visit in")
        || lower.contains("inspection of");
    names_visit && text.len() < 130 && !text.ends_with('.') && !lower.starts_with("this letter")
}

/// The facts a letter prints about itself.
pub(crate) fn document(lines: &[Line<'_>], frame: Frame) -> Document {
    let title = title_lines(lines, frame.salutation).map(|(from, to)| Joined::of(&lines[from..to]).text);
    let issued = lines[..frame.salutation].iter().find_map(|line| letter_date(line.text));
    let opening = opening(lines, frame);
    let visit = visit_days(&opening, issued.map(Date::year));
    let signatory = signatory(lines, frame.closing);
    Document {
        kind: DocumentKind::MonitoringLetter,
        council: council(lines, frame, title.as_deref(), &opening),
        framework: framework(title.as_deref().unwrap_or(""), &opening),
        title,
        issued_on: issued.map(PartialDate::Day),
        inspected_from: visit.map(|(from, _)| from),
        inspected_to: visit.map(|(_, to)| to),
        lead_inspector: lead_inspector(&opening, signatory.as_deref()),
        signatory,
        ..Document::default()
    }
}

/// The first paragraphs, where the visit is introduced.
fn opening(lines: &[Line<'_>], frame: Frame) -> String {
    const LINES: usize = 14;
    let to = (frame.body + LINES).min(frame.closing);
    Joined::of(lines[frame.body..to].iter().filter(|line| line.is_prose())).text
}

fn letter_date(text: &str) -> Option<Date> {
    let bare = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let short = text.len() <= 40 && !text.contains('@') && !text.to_lowercase().contains("visit");
    if !short { None } else { report::single_date(bare) }
}

fn visit_days(opening: &str, year: Option<i16>) -> Option<(Date, Date)> {
    let ranges: Vec<std::ops::Range<usize>> = report::sentences(opening);
    ranges
        .into_iter()
        .filter_map(|range| opening.get(range))
        .filter(|sentence| sentence.contains("visit"))
        .find_map(|sentence| {
            [" on ", " from ", " between ", " took place ", " in "]
                .iter()
                .flat_map(|cue| sentence.match_indices(cue).map(|(at, _)| at))
                .filter_map(|at| report::date_range(within_clause(&sentence[at..]), year))
                .min_by_key(|(from, _)| *from)
        })
}

/// Dates of a visit stand right after their cue; later dates in the sentence belong to something else.
fn within_clause(text: &str) -> &str {
    const REACH: usize = 60;
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn council(lines: &[Line<'_>], frame: Frame, title: Option<&str>, opening: &str) -> Option<String> {
    let named = title.and_then(council_in).or_else(|| council_in(opening));
    named.or_else(|| {
        let address = lines[..frame.salutation].iter().map(|line| line.text);
        address
            .filter(|text| text.contains("Council") || text.contains("Borough of"))
            .map(report::short_name)
            .next()
    })
}

fn council_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let folded = text.replace('’', "'");
    let start = ["visit to the ", "visit to ", "inspection of ", "visit of "]
        .iter()
        .find_map(|cue| lower.find(cue).map(|at| at + cue.len()))?;
    let rest = folded.get(start..)?;
    let stop = [" children's", " local authority", " council", " on ", " between ", " from ", ".", ","]
        .iter()
        .filter_map(|stop| rest.to_lowercase().find(stop))
        .min()
        .unwrap_or(rest.len());
    let name = rest.get(..stop)?.trim();
    (name.starts_with(char::is_uppercase) && name.len() < 60).then(|| report::short_name(name))
}

fn framework(title: &str, opening: &str) -> Option<String> {
    let lower = title.to_lowercase();
    if lower.contains("focused visit") || opening.to_lowercase().contains("focused visit") {
        Some("focused visit".to_owned())
    } else if lower.contains("joint targeted area") {
        Some("JTAI".to_owned())
    } else if lower.contains("monitoring visit") {
        Some("monitoring visit".to_owned())
    } else {
        None
    }
}

/// The inspector named as leading, or the one of the visiting inspectors who signed, or the first named.
fn lead_inspector(opening: &str, signatory: Option<&str>) -> Option<String> {
    const CUES: [&str; 9] = [
        "lead inspector was ",
        "lead inspector: ",
        "inspectors were ",
        "inspector was ",
        "Inspectors for this visit were ",
        "inspectors for this visit were ",
        "carried out by Her Majesty’s Inspectors",
        "carried out by His Majesty’s Inspectors",
        "carried out by ",
    ];
    let rest = CUES.iter().find_map(|cue| opening.find(cue).map(|at| &opening[at + cue.len()..]));
    let signed = signatory.and_then(|name| name.split(',').next()).map(|name| name.trim().to_owned());
    let Some(rest) = rest else { return signed };
    let sentence =
        rest.split(". ").next().unwrap_or(rest).trim_start_matches([',', ':', ' ']).trim_end_matches('.');
    let names: Vec<String> = sentence
        .split(" and ")
        .flat_map(|part| part.split(", "))
        .filter_map(report::name_without_rank)
        .collect();
    match signed {
        Some(signed) if names.is_empty() || names.contains(&signed) => Some(signed),
        _ => names.into_iter().next(),
    }
}

/// Who signed, with the capacity printed below the name.
fn signatory(lines: &[Line<'_>], closing: usize) -> Option<String> {
    let mut after = lines.get(closing + 1..)?.iter().filter(|line| line.is_prose());
    let name =
        after.next().filter(|line| line.text.len() < 70 && line.text.starts_with(char::is_uppercase))?;
    let capacity = after.next().filter(|line| line.text.len() < 70 && !line.text.contains('@'));
    Some(capacity.map_or_else(
        || name.text.to_owned(),
        |line| format!("{}, {}", name.text.trim_end_matches(','), line.text),
    ))
}
