//! The council a report is about: from the lines beside the title, or from the title itself.

use super::joined::Joined;
use super::lines::Line;

/// The council's name as the field says it: `Bradford` for "City of Bradford Metropolitan District Council".
pub(crate) fn council(cover: &[&Line<'_>], title: Option<(usize, usize, &str)>) -> Option<String> {
    let (from, to, words) = title.unwrap_or((cover.len().min(6), cover.len().min(6), ""));
    let above = Joined::of(cover[..from].iter().copied().filter(|line| could_name(line.text))).text;
    if !above.is_empty() && above.len() < 90 {
        return Some(short_name(&above));
    }
    in_title(words)
        .or_else(|| cover.get(to).filter(|line| could_name(line.text)).map(|line| short_name(line.text)))
        .or_else(|| in_verdict(cover))
}

fn could_name(text: &str) -> bool {
    const NOT_A_PLACE: [&str; 14] = [
        "ofsted",
        "report",
        "inspection",
        "raising",
        "http",
        "www",
        "date",
        "published",
        "inspector",
        "page",
        "grade",
        "judgement",
        "age group",
        "crown",
    ];
    let lower = text.to_lowercase();
    let named = text.starts_with(char::is_uppercase) || text == "and" || lower.starts_with("of ");
    named
        && text.len() < 70
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '@' | '?'))
        && !NOT_A_PLACE.iter().any(|word| lower.contains(word))
        && !text.ends_with('.')
}

/// "Inspection of Northmoor local authority children's services", "... children's services in Northmoor".
fn in_title(title: &str) -> Option<String> {
    const AFTER: [&str; 8] = [
        " local authority children",
        " local authority’s children",
        " children’s services",
        " children's services",
        " children’s social care",
        " children's social care",
        " council children",
        " services for children",
    ];
    let lower = title.to_lowercase();
    let start = ["inspection of ", "focused visit to ", "visit to ", "inspection in "]
        .iter()
        .find_map(|start| lower.find(start).map(|at| at + start.len()))?;
    let end = AFTER.iter().filter_map(|after| lower.get(start..)?.find(after)).min().map(|at| start + at);
    if let Some(name) = end.and_then(|end| title.get(start..end))
        && name.starts_with(char::is_uppercase)
    {
        return Some(short_name(name));
    }
    let place = lower.rfind(" in ").map_or(start, |at| at + 4);
    let place = title.get(place..)?;
    let named = place.starts_with(char::is_uppercase) && place.split(' ').count() <= 6;
    named.then(|| short_name(place))
}

/// "Children's services in Northmoor are inadequate".
fn in_verdict(cover: &[&Line<'_>]) -> Option<String> {
    cover.iter().find_map(|line| {
        let lower = line.text.to_lowercase().replace('’', "'");
        let at = ["children's services in ", "services for children in "]
            .iter()
            .find_map(|s| lower.find(s).map(|a| a + s.len()))?;
        let folded = line.text.replace('’', "'");
        let rest = folded.get(at..)?;
        let end = [" are ", " is ", " require"]
            .iter()
            .filter_map(|verb| rest.find(verb))
            .min()
            .unwrap_or(rest.len());
        rest.starts_with(char::is_uppercase).then(|| short_name(&rest[..end]))
    })
}

/// The place alone: councils are styled in many ways, and the field calls them by their place.
pub(crate) fn short_name(name: &str) -> String {
    const BEFORE: [&str; 17] = [
        "The ",
        "Council of the ",
        "Council of ",
        "London Borough of ",
        "Royal Borough of ",
        "Metropolitan Borough of ",
        "Borough of ",
        "City and County of ",
        "City of ",
        "County of ",
        "County Borough of ",
        "Metropolitan District of ",
        "Royal County of ",
        "District of ",
        "Unitary Authority of ",
        "LB ",
        "the ",
    ];
    const AFTER: [&str; 18] = [
        " City Council",
        " County Council",
        " Metropolitan Borough Council",
        " Metropolitan District Council",
        " Metropolitan Borough",
        " Metropolitan District",
        " Borough Council",
        " District Council",
        " County Borough Council",
        " Unitary Authority",
        " Council",
        " local authority",
        " Local Authority",
        " City",
        " County",
        " Borough",
        "’s",
        "'s",
    ];
    const KEPT: [&str; 1] = ["City of London"];
    let mut name = super::cover::without_footnote_mark(name.trim()).trim().to_owned();
    loop {
        let before = name.len();
        for end in AFTER {
            if let Some(rest) = name.strip_suffix(end) {
                name = rest.trim_end().to_owned();
            }
        }
        for start in BEFORE {
            if let Some(rest) = name.strip_prefix(start).filter(|_| !KEPT.contains(&name.as_str())) {
                name = rest.trim_start().to_owned();
            }
        }
        if name.len() == before || name.is_empty() {
            return name;
        }
    }
}
