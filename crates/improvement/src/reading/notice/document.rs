//! What a notice says of itself: kind, title, council, day of issue, who signed; and the names it defines.

use vocabulary::date::PartialDate;

use super::dates::{date_at, dates};
use super::duty::origin_span;
use super::parties::Names;
use super::segment::{Block, BlockKind};
use super::words::{Word, find, words};
use crate::reading::source::head;
use crate::reading::{Document, DocumentKind};

/// Whether the text is a notice, a direction or neither, by its own signatures.
pub fn kind_of(text: &str) -> DocumentKind {
    let start = head(text, 20_000).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let top = head(&start, 1_500);
    let letter = top.contains("dear ") || start.contains("monitoring visit") && top.contains("ofsted.gov.uk");
    let has = |part: &str| start.contains(part);
    let powers = has("497a") || has("section 7a") || has("section 50 of the children act");
    let directing = has("hereby direct")
        || has("directs the council")
        || has("directs the local authority")
        || has("direct the council as follows")
        || has("secretary of state directs")
        || has("statutory direction")
        || has("this direction")
        || has("these directions")
        || has("directs that");
    let titled =
        ["direction issued", "statutory direction", "direction in relation", "direction under", "directions"]
            .iter()
            .any(|part| head(&start, 600).contains(part));
    let notice = ["this improvement notice", "this notice", "improvement notice is", "improvement notice ("]
        .iter()
        .any(|part| has(part));
    let notice_title = head(&start, 600).contains("improvement notice");
    if letter && !notice_title {
        DocumentKind::Unknown
    } else if powers && directing && (titled || !notice_title) {
        DocumentKind::Direction
    } else if (notice_title && (notice || has("must") || has("comply")))
        || (notice && has("comply with this") && has("improvement notice"))
    {
        DocumentKind::ImprovementNotice
    } else {
        DocumentKind::Unknown
    }
}

/// The names a document defines in brackets and quotes, in order.
pub fn names(blocks: &[Block], given: &str) -> Names {
    let mut names = Names::default();
    for block in blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Noise)) {
        let text = block.text();
        for (open, _) in text.match_indices('(') {
            let window = head(&text[open..], 100);
            let Some(close) = window.find(')') else { continue };
            let Some(term) = quoted_term(&window[1..close]) else { continue };
            let span = origin_span(block, given, open, open + close + 1);
            names.define(term, &text[..open], span);
        }
    }
    names
}

fn quoted_term(inside: &str) -> Option<&str> {
    let open = inside.find(['"', '\''])?;
    let mark = &inside[open..=open];
    let rest = &inside[open + 1..];
    let close = rest.rfind(mark)?;
    let lead = inside[..open].trim().to_ascii_lowercase();
    let allowed = lead.is_empty()
        || lead == "the"
        || lead.starts_with("hereafter")
        || lead.starts_with("hereinafter")
        || lead.starts_with("referred");
    let term = rest[..close].trim();
    (allowed && !term.is_empty() && term.len() <= 60).then_some(term)
}

/// What the document prints of itself.
pub fn facts(blocks: &[Block], lowers: &[String], kind: DocumentKind) -> Document {
    Document {
        kind,
        title: title(blocks),
        council: council(blocks),
        issued_on: issued_on(blocks, lowers),
        signatory: signatory(blocks),
        ..Document::default()
    }
}

fn title(blocks: &[Block]) -> Option<String> {
    let early = || {
        blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph)).take(8)
    };
    let names = |block: &&Block| {
        let lower = block.text().to_ascii_lowercase();
        block.text().len() <= 160
            && (lower.contains("improvement notice")
                || lower.contains("direction")
                || lower.contains("notice"))
            && !lower.starts_with("this ")
    };
    early()
        .find(names)
        .or_else(|| early().find(|block| block.kind == BlockKind::Heading))
        .map(|block| block.text().trim_end_matches(':').to_owned())
}

/// Words that only the form of a council's name needs.
const FORMS: &[&str] =
    &["Council", "Borough", "County", "City", "District", "Metropolitan", "London", "Royal"];

fn council(blocks: &[Block]) -> Option<String> {
    let address = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Address)
        .find_map(|block| addressed(block.text()));
    address
        .or_else(|| {
            blocks
                .iter()
                .filter(|block| block.kind != BlockKind::Noise)
                .take(40)
                .find_map(|block| issued_to(block.text()))
        })
        .or_else(|| {
            blocks
                .iter()
                .filter(|block| block.kind != BlockKind::Noise)
                .take(40)
                .find_map(|block| council_name(block.text()))
        })
}

/// "To: Name X Council Address ...", also glued together.
fn addressed(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if !lower.starts_with("to") {
        return None;
    }
    let rest = text[2..].trim_start_matches([':', ' ']);
    let rest = rest
        .strip_prefix("Name")
        .or_else(|| rest.strip_prefix("NAME"))
        .unwrap_or(rest)
        .trim_start_matches([':', ' ', ',']);
    let rest = after_council(rest);
    let end = ["ADDRESS", "Address", "(", ",", ";", " of Town Hall"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    tidy(&rest[..end])
}

/// Cut after "Council" where the address goes on on the same line.
fn after_council(rest: &str) -> &str {
    let lower = rest.to_ascii_lowercase();
    let cut = lower.find(" council ").filter(|at| !lower[at + 9..].starts_with("of ")).map(|at| at + 8);
    cut.map_or(rest, |end| &rest[..end])
}

/// "issued to the London Borough of X Council ("the council")", "directs X Council".
fn issued_to(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start =
        ["issued to ", "given to ", "served on ", "directs ", "in relation to ", "issued under", "re: "]
            .iter()
            .find_map(|mark| lower.find(mark).map(|at| at + mark.len()))?;
    council_name(&text[start..])
}

/// The first run of capitalised words that is a council's name.
fn council_name(text: &str) -> Option<String> {
    let text = head(text, 1200);
    let parts: Vec<&str> = text.split([' ', '\n']).collect();
    for (at, part) in parts.iter().enumerate() {
        let bare = part.trim_matches(|letter: char| !letter.is_alphanumeric());
        if bare.eq_ignore_ascii_case("borough")
            && parts.get(at + 1).is_some_and(|next| next.eq_ignore_ascii_case("of"))
            && at > 0
        {
            let end = (at + 2..parts.len().min(at + 8))
                .find(|place| !is_name_word(parts[*place]))
                .unwrap_or(parts.len().min(at + 8));
            return tidy(&parts[at - 1..end].join(" "));
        }
        if bare.eq_ignore_ascii_case("council")
            && bare.starts_with('C')
            && parts.get(at + 1).is_some_and(|next| next.eq_ignore_ascii_case("of"))
        {
            let end = (at + 2..parts.len().min(at + 9))
                .find(|place| !is_name_word(parts[*place]))
                .unwrap_or(parts.len().min(at + 9));
            if has_place(&parts[at + 2..end].join(" ")) {
                return tidy(&parts[at..end].join(" "));
            }
        }
        if bare == "Council" || bare == "COUNCIL" {
            let start = (0..at)
                .rev()
                .take(6)
                .take_while(|place| is_name_word(parts[*place]) && !ends_phrase(parts[*place]))
                .last()?;
            let name = parts[start..=at].join(" ");
            if start < at && has_place(&name) {
                return tidy(&name);
            }
        }
    }
    None
}

fn is_name_word(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    const STOPS: &[&str] = &[
        "to",
        "this",
        "secretary",
        "notice",
        "notices",
        "improvement",
        "children",
        "care",
        "ofsted",
        "direction",
        "directions",
        "statutory",
        "issued",
        "given",
        "in",
        "for",
        "by",
        "under",
        "revised",
        "relation",
        "re",
        "name",
        "directs",
    ];
    bare.starts_with(|letter: char| letter.is_uppercase())
        && bare != "The"
        && !STOPS.contains(&bare.to_ascii_lowercase().as_str())
        || matches!(word, "and" | "of" | "upon" | "on" | "with" | "&" | "the")
}

fn ends_phrase(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', ')'])
}

fn has_place(name: &str) -> bool {
    name.split(' ').any(|word| {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        bare.starts_with(|letter: char| letter.is_uppercase()) && !FORMS.contains(&bare)
    })
}

/// The name in ordinary letters, without the words that only lead to it.
fn tidy(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches(['.', ',', ';', ':', '"', '\'', ')']).trim();
    let lower = name.to_ascii_lowercase();
    let lead = ["the council of the ", "the council of ", "council of the ", "council of ", "the "]
        .iter()
        .find(|lead| lower.starts_with(**lead))
        .map_or(0, |lead| lead.len());
    let mut name = name[lead..].trim();
    for joint in ["and ", "of ", "the ", "on ", "with ", "upon "] {
        name = name.strip_prefix(joint).unwrap_or(name);
    }
    let borough =
        name.to_ascii_lowercase().contains("borough of") || name.to_ascii_lowercase().starts_with("city of");
    if borough {
        name = name.strip_suffix(" Council").or_else(|| name.strip_suffix(" COUNCIL")).unwrap_or(name);
    }
    let shouted = name.chars().any(|letter| letter.is_alphabetic())
        && !name.chars().any(|letter| letter.is_lowercase());
    let plain = if shouted { ordinary(name) } else { name.to_owned() };
    (!plain.is_empty() && plain.len() <= 90 && has_place(&plain)).then_some(plain)
}

fn ordinary(name: &str) -> String {
    let small = |word: &str| matches!(word, "OF" | "AND" | "UPON" | "ON" | "THE" | "WITH");
    let words = name.split(' ').enumerate().map(|(at, word)| {
        if at > 0 && small(word) {
            word.to_lowercase()
        } else {
            vocabulary::words::sentence_case(&word.to_lowercase())
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A date of issue printed in the text, or the date beside the signature.
fn issued_on(blocks: &[Block], lowers: &[String]) -> Option<PartialDate> {
    let in_text = blocks
        .iter()
        .zip(lowers)
        .filter(|(block, _)| !matches!(block.kind, BlockKind::Noise | BlockKind::Signature))
        .take(30)
        .find_map(|(block, lower)| {
            let found = words(lower, block.text(), 0, head(lower, 3000).len());
            stated_issue(&found)
        });
    in_text.or_else(|| {
        blocks.iter().zip(lowers).filter(|(block, _)| block.kind == BlockKind::Signature).find_map(
            |(block, lower)| {
                let found = words(lower, block.text(), 0, lower.len());
                beside_signature(&found)
            },
        )
    })
}

/// "this notice is issued to ... on 11 August 2016", "date of issue: ...".
fn stated_issue(words: &[Word<'_>]) -> Option<PartialDate> {
    const ISSUED: &[&str] = &[
        "notice|direction is|was|are ?hereby ?being issued|given|made|served ..24 on",
        "notice|direction|directions issued|made|given|dated ..10 on",
        "notice|direction dated",
        "date of issue ?: ?of ?notice",
        "issued on ?:",
        "notice|direction date ?:",
    ];
    ISSUED.iter().find_map(|pattern| {
        let (from, to) = find(words, 0, pattern)?;
        let (date, _) = date_at(words, to)?;
        let of_a_paper = words[from + 2..to.max(from + 2)].iter().any(|word| {
            matches!(word.text, "published" | "report" | "inspection" | "judgement" | "following")
        });
        (!of_a_paper && date.last_day().is_some()).then_some(date)
    })
}

fn beside_signature(words: &[Word<'_>]) -> Option<PartialDate> {
    let printed = dates(words);
    printed.into_iter().map(|(date, ..)| date).find(|date| matches!(date, PartialDate::Day(_)))
}

/// The name and capacity printed at the signature.
fn signatory(blocks: &[Block]) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Signature) {
        let lower = block.text().to_ascii_lowercase();
        let text = if lower.starts_with("signed") || lower.contains("date:") || lower.starts_with("date") {
            after_marks(block.text())
        } else {
            block.text().to_owned()
        };
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters >= 4 && !text.to_ascii_lowercase().starts_with("http") {
            parts.push(text.trim().to_owned());
        }
        if parts.len() == 3 {
            break;
        }
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What stands on the signature's own line after its marks and dates.
fn after_marks(text: &str) -> String {
    let at = text.find("Signed:").or_else(|| text.find("SIGNED:")).map_or(0, |at| at + 7);
    let rest = &text[at..];
    let rest = rest.split("Date").next().unwrap_or(rest);
    let rest = rest.trim_matches([' ', ':', ',', '.', '_', '-']);
    let named = rest.split(' ').count() >= 2
        && rest.chars().any(|letter| letter.is_lowercase())
        && !rest.to_ascii_lowercase().starts_with("signed");
    if named { rest.to_owned() } else { String::new() }
}
