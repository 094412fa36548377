//! Turns the time expressions of notices into clocks. A calendar date comes only from a printed one.

use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};

use super::dates::{date_at, dates};
use super::words::{Word, find, match_at, number, unit};
use crate::timing::{AnchorKind, Bound, Timing, TimingKind};

/// A time expression and what it means.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The clock.
    pub timing: Timing,
    /// Its words as a range of word indexes.
    pub cue: (usize, usize),
    /// Several distances from one anchor ("after six, twelve and eighteen months").
    pub offsets: Vec<Interval>,
    /// What a person should look at.
    pub flags: Vec<&'static str>,
}

type Rule = fn(&[Word<'_>]) -> Option<Found>;

/// The rules in the order in which one beats another.
const RULES: [Rule; 15] = [
    largest_gap,
    within,
    counted_from,
    before_end,
    before_review,
    next_event,
    printed_dates,
    until,
    nominal,
    when_asked,
    each_event,
    prompt,
    always,
    regular,
    condition,
];

/// The first time expression that the rules know among the words.
pub fn explicit(words: &[Word<'_>]) -> Option<Found> {
    let first = RULES.iter().find_map(|rule| rule(words))?;
    if first.timing.kind == TimingKind::OneOffRelative && first.timing.event.is_some() {
        return printed_dates(words).or(Some(first));
    }
    if first.timing.until.is_some()
        && let Some(mut again) = nominal(&words[..first.cue.0]).filter(|_| first.timing.dates.is_empty())
    {
        again.timing.until = first.timing.until;
        return Some(again);
    }
    Some(first)
}

fn found(kind: TimingKind, cue: (usize, usize)) -> Found {
    Found { timing: Timing { kind, ..Timing::default() }, cue, ..Found::default() }
}

fn interval_at(words: &[Word<'_>], at: usize) -> Option<(Interval, usize)> {
    let amount = number(words.get(at)?.text)?;
    let place = at
        + usize::from(
            words.get(at + 1).is_some_and(|word| matches!(word.text, "calendar" | "full" | "further")),
        );
    if match_at(words, place + 1, "working|school days|day").is_some() {
        return Some((Interval::new(amount, Unit::WorkingDays), place + 3));
    }
    let unit = unit(words.get(place + 1)?.text)?;
    Some((Interval::new(amount, unit), place + 2))
}

/// "monthly", "6 monthly", "six-monthly", "every 4 weeks", "once a month".
fn recurrence_at(words: &[Word<'_>], at: usize) -> Option<(Interval, usize)> {
    let word = words.get(at)?.text;
    if let Some(amount) = number(word)
        && let Some(next) = words.get(at + 1)
        && let Some(unit) = adverb_unit(next.text)
    {
        return Some((Interval::new(amount, unit), at + 2));
    }
    if let Some((amount, tail)) = word.split_once('-')
        && let (Some(amount), Some(unit)) = (number(amount), adverb_unit(tail))
    {
        return Some((Interval::new(amount, unit), at + 1));
    }
    if let Some(after) = match_at(words, at, "?once every|each") {
        if let Some(found) = interval_at(words, after) {
            return Some(found);
        }
        match words.get(after)?.text {
            "quarter" => return Some((Interval::new(3, Unit::Months), after + 1)),
            "fortnight" => return Some((Interval::new(2, Unit::Weeks), after + 1)),
            _ => {}
        }
        return unit(words.get(after)?.text)
            .filter(|_| words[after].text != "year" || words[at].text != "each")
            .map(|unit| (Interval::new(1, unit), after + 1));
    }
    if let Some(after) = match_at(words, at, "once a|per|each|in ?every") {
        return unit(words.get(after)?.text).map(|unit| (Interval::new(1, unit), after + 1));
    }
    if let Some(after) = match_at(words, at, "twice a|per|each year") {
        return Some((Interval::new(6, Unit::Months), after));
    }
    let named = match word {
        "monthly" => Interval::new(1, Unit::Months),
        "weekly" => Interval::new(1, Unit::Weeks),
        "fortnightly" => Interval::new(2, Unit::Weeks),
        "quarterly" => Interval::new(3, Unit::Months),
        "annual"
            if words.get(at + 1).is_some_and(|next| {
                matches!(next.text, "review" | "reviews" | "performance" | "health" | "conversation")
            }) =>
        {
            return None;
        }
        "annually" | "annual" | "yearly" => Interval::new(1, Unit::Years),
        "half-yearly" | "biannually" | "biannual" => Interval::new(6, Unit::Months),
        _ => return None,
    };
    Some((named, at + 1))
}

fn adverb_unit(word: &str) -> Option<Unit> {
    match word {
        "weekly" => Some(Unit::Weeks),
        "monthly" => Some(Unit::Months),
        "yearly" => Some(Unit::Years),
        _ => None,
    }
}

fn recurring(every: Option<Interval>, at_most: bool, cue: (usize, usize)) -> Found {
    let mut found = found(TimingKind::Recurring, cue);
    found.timing.every = every;
    found.timing.at_most = at_most;
    found
}

/// "at least every four weeks", "no less often than monthly", "at intervals of no more than six weeks".
fn largest_gap(words: &[Word<'_>]) -> Option<Found> {
    const LIMITS: &[&str] = &[
        "at least",
        "a minimum of",
        "no|not less ?often|frequently than",
        "at a minimum",
        "minimum",
        "at intervals of ?no|not ?more|greater ?than",
    ];
    (0..words.len()).find_map(|at| {
        let after = LIMITS.iter().find_map(|pattern| match_at(words, at, pattern))?;
        let limited =
            words[at].text == "at" && words.get(at + 1).is_some_and(|word| word.text == "intervals");
        let read = if limited { interval_at(words, after) } else { recurrence_at(words, after) };
        read.map(|(every, end)| recurring(Some(every), true, (at, end)))
    })
}

/// "every 4 weeks initially", "monthly", "6 weekly intervals", "6 monthly report".
fn nominal(words: &[Word<'_>]) -> Option<Found> {
    (0..words.len()).find_map(|at| {
        let (every, mut end) = recurrence_at(words, at)?;
        let tail = words.get(end).map_or("", |word| word.text);
        end += usize::from(matches!(tail, "initially" | "intervals" | "thereafter"));
        let then = match_at(words, end, "after that|this|then");
        let mut found = recurring(Some(every), false, (at, then.unwrap_or(end)));
        if then.is_some() || tail == "thereafter" {
            // It counts from what went before, whose day nobody has entered.
            found.timing.anchor = Some(AnchorKind::Issued);
            found.timing.anchor_inferred = true;
            found.flags.push("anchor-inferred");
        }
        Some(found)
    })
}

fn anchor_in(words: &[Word<'_>], from: usize) -> Option<(AnchorKind, usize)> {
    const ANCHORS: [(&str, AnchorKind); 18] = [
        ("of|from|after|following ..2 receipt", AnchorKind::Received),
        ("of receiving", AnchorKind::Received),
        ("of ..8 being received", AnchorKind::Received),
        ("of|from|after|following ..3 date of issue", AnchorKind::Issued),
        ("of|from|after|following ..3 date of publication", AnchorKind::Published),
        ("of|from|after|following ?the date on which ..8 issued", AnchorKind::Issued),
        ("of|from|after|following ?the date of ?this ?the ?improvement notice|direction", AnchorKind::Dated),
        ("of|from|after|following the date of", AnchorKind::Dated),
        ("of|from|after|following the date hereof", AnchorKind::Dated),
        ("of|from|after|following ..8 being issued|given|served", AnchorKind::Issued),
        ("of|from|after|following ..2 issue|issuing", AnchorKind::Issued),
        ("of|from|after|following ..2 start|commencement|beginning|commencing", AnchorKind::Commenced),
        ("of|from|after|following ..2 publication", AnchorKind::Published),
        ("of|from|after|following ..2 judgement|judgment", AnchorKind::Judged),
        ("of|from|after|following ..2 appointment", AnchorKind::Commenced),
        ("of|from|after|following ..3 visit", AnchorKind::Visit),
        ("of|after|following ..2 meeting", AnchorKind::Meeting),
        ("of|from|after|following this|the ?improvement notice|direction", AnchorKind::Issued),
    ];
    ANCHORS.iter().find_map(|(pattern, anchor)| match_at(words, from, pattern).map(|end| (*anchor, end)))
}

fn relative(words: &[Word<'_>], start: usize, offset: Interval, after: usize, bound: Option<Bound>) -> Found {
    let anchor = anchor_in(words, after);
    let event = if anchor.is_none() { match_at(words, after, "of|from|after|following") } else { None };
    let end = anchor.map_or(after, |(_, end)| end);
    let mut found = found(TimingKind::OneOffRelative, (start, end));
    found.timing.offset = Some(offset);
    found.timing.bound = bound;
    found.timing.anchor = anchor.map(|(anchor, _)| anchor);
    if let Some(from) = event.filter(|from| *from < words.len()) {
        let to = (from..words.len().min(from + 8))
            .find(|at| words[*at].is_mark())
            .unwrap_or(words.len().min(from + 8));
        found.timing.event = Some(join(words, from, to));
        found.cue.1 = to;
    } else if anchor.is_none() {
        found.timing.anchor = Some(AnchorKind::Issued);
        found.timing.anchor_inferred = true;
        found.flags.push("anchor-inferred");
    }
    found
}

/// "within 6 weeks of this notice being issued", "no later than three months after".
fn within(words: &[Word<'_>]) -> Option<Found> {
    const OPENINGS: &[&str] = &[
        "within ?a ?period ?of ?the ?first ?next",
        "no|not later than",
        "not|no more than",
        "in the first|next",
        "before the end of",
    ];
    (0..words.len()).find_map(|at| {
        let after = OPENINGS.iter().find_map(|pattern| match_at(words, at, pattern))?;
        if match_at(words, after, "# hours|hour").is_some() {
            let mut found = found(TimingKind::OneOffRelative, (at, after + 2));
            found.timing.bound = Some(Bound::Within);
            found.flags.push("counted-in-hours");
            return Some(found);
        }
        let (offset, end) = interval_at(words, after)?;
        if let Some(found) = after_each(words, at, offset, end) {
            return Some(found);
        }
        (!frequency(words, end)).then(|| relative(words, at, offset, end, Some(Bound::Within)))
    })
}

/// "within 10 working days of each meeting": comes back with each.
fn after_each(words: &[Word<'_>], start: usize, offset: Interval, end: usize) -> Option<Found> {
    const EVENTS: [(&str, AnchorKind); 3] = [
        ("of|from|after|following each|every|any ..3 meeting", AnchorKind::Meeting),
        ("of|from|after|following each|every|any ..3 review", AnchorKind::Review),
        ("of|from|after|following each|every|any ..3 visit", AnchorKind::Visit),
    ];
    let (to, anchor) =
        EVENTS.iter().find_map(|(pattern, anchor)| match_at(words, end, pattern).map(|to| (to, *anchor)))?;
    let mut found = recurring(None, false, (start, to));
    found.timing.anchor = Some(anchor);
    found.timing.offset = Some(offset);
    found.timing.bound = Some(Bound::Within);
    found.timing.event = Some(join(words, end + 1, to));
    Some(found)
}

fn frequency(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|word| matches!(word.text, "apart" | "intervals" | "old"))
}

/// "after six months", "by 18 months from the start", "2 months after the commencement", "after six, twelve and eighteen months".
fn counted_from(words: &[Word<'_>]) -> Option<Found> {
    several(words).or_else(|| {
        (0..words.len()).find_map(|at| {
            let opening = match_at(words, at, "after|by|following|at");
            let start = opening.unwrap_or(at);
            let (offset, end) = interval_at(words, start)?;
            let tied =
                match_at(words, end, "after|from|following|of").is_some() && anchor_in(words, end).is_some();
            let bound = match words[at].text {
                "after" | "following" => Some(Bound::After),
                "by" => Some(Bound::Within),
                _ => None,
            };
            let plain_after = matches!(words[at].text, "after" | "following") && !in_condition(words, at);
            (tied || plain_after).then(|| relative(words, at, offset, end, bound))
        })
    })
}

/// "for longer than", "looked after": durations that are no deadline.
fn in_condition(words: &[Word<'_>], at: usize) -> bool {
    at > 0 && matches!(words[at - 1].text, "looked" | "not" | "than")
}

fn several(words: &[Word<'_>]) -> Option<Found> {
    (0..words.len())
        .filter(|at| matches!(words[*at].text, "after" | "at" | "following"))
        .find_map(|at| several_at(words, at))
}

fn several_at(words: &[Word<'_>], at: usize) -> Option<Found> {
    let mut amounts = Vec::new();
    let mut place = at + 1;
    while let Some(amount) = words.get(place).and_then(|word| number(word.text)) {
        if amounts.len() == 8 {
            return None;
        }
        amounts.push(amount);
        place += 1;
        let unit_here = words.get(place).is_some_and(|word| unit(word.text).is_some());
        if unit_here && words.get(place + 1).is_none_or(|word| !matches!(word.text, "," | "and")) {
            break;
        }
        while words
            .get(place)
            .is_some_and(|word| matches!(word.text, "," | "and") || unit(word.text).is_some())
        {
            place += 1;
        }
    }
    let unit = words.get(place).and_then(|word| unit(word.text))?;
    if amounts.len() < 2 {
        return None;
    }
    let mut found = relative(words, at, Interval::new(amounts[0], unit), place + 1, Some(Bound::After));
    found.offsets = amounts.into_iter().map(|amount| Interval::new(amount, unit)).collect();
    Some(found)
}

/// "before the end of this notice".
fn before_end(words: &[Word<'_>]) -> Option<Found> {
    let cue = find(
        words,
        0,
        "before|by|prior ?to the end|expiry|conclusion of ?this ?the ?improvement notice|direction|period",
    )?;
    let mut found = found(TimingKind::OneOffRelative, cue);
    found.timing.anchor = Some(AnchorKind::Ended);
    found.timing.bound = Some(Bound::Before);
    Some(found)
}

/// "prior to any reviews" comes back with each; "prior to the formal review" comes once.
fn before_review(words: &[Word<'_>]) -> Option<Found> {
    let cue = find(words, 0, "prior ?to ?and ?in ?readiness to|for ?any ?each ?every ?the ?formal|progress ?further review|reviews")
        .or_else(|| find(words, 0, "before|ahead ?of ?any ?each ?every ?the ?formal review|reviews"))
        .or_else(|| find(words, 0, "in advance of ?any ?each ?every ?the ?formal review|reviews"))?;
    let again =
        words[cue.0..cue.1].iter().any(|word| matches!(word.text, "any" | "each" | "every" | "reviews"));
    let mut found = found(if again { TimingKind::Recurring } else { TimingKind::OneOffRelative }, cue);
    found.timing.anchor = Some(AnchorKind::Review);
    found.timing.bound = Some(Bound::Before);
    found.timing.event = again.then(|| join(words, cue.0, cue.1));
    Some(found)
}

/// "before the next monitoring visit", "at its next meeting": once, with an event that has no day yet.
fn next_event(words: &[Word<'_>]) -> Option<Found> {
    const EVENTS: [(&str, AnchorKind); 3] = [
        ("before|by|at|for|to|prior ?to ?to the|its|their|your|this next ..3 meeting", AnchorKind::Meeting),
        (
            "before|by|at|for|to|prior ?to ?to the|its|their|your|this next ..3 visit|inspection",
            AnchorKind::Visit,
        ),
        ("before|by|at|for|to|prior ?to ?to the|its|their|your|this next ..3 review", AnchorKind::Review),
    ];
    let (cue, anchor) =
        EVENTS.iter().find_map(|(pattern, anchor)| find(words, 0, pattern).map(|cue| (cue, *anchor)))?;
    let mut found = found(TimingKind::OneOffRelative, cue);
    found.timing.anchor = Some(anchor);
    found.timing.bound =
        Some(if matches!(words[cue.0].text, "before" | "prior") { Bound::Before } else { Bound::Within });
    Some(found)
}

/// Printed dates that are deadlines, not the dates of papers.
fn printed_dates(words: &[Word<'_>]) -> Option<Found> {
    let mut cue = None;
    let mut taken: Vec<PartialDate> = Vec::new();
    for (date, from, to) in dates(words) {
        let goes_on = cue.is_some_and(|(_, end): (usize, usize)| from <= end + 2);
        if goes_on || is_deadline(words, from) {
            taken.push(date);
            cue = Some((cue.map_or_else(|| opening_of(words, from), |(start, _)| start), to));
        }
    }
    let cue = cue?;
    let mut found = found(TimingKind::OneOffAbsolute, cue);
    found.timing.bound = Some(match words[cue.0].text {
        "before" => Bound::Before,
        "from" | "after" => Bound::After,
        _ => Bound::Within,
    });
    if taken.iter().any(|date| date.last_day().is_none()) {
        found.flags.push("partial-date");
    }
    found.timing.dates = taken;
    Some(found)
}

/// The first of the words that lead to a date: "no later than the end of".
fn opening_of(words: &[Word<'_>], from: usize) -> usize {
    let mut at = from;
    while at > 0
        && matches!(
            words[at - 1].text,
            "the"
                | "end"
                | "of"
                | "later"
                | "no"
                | "not"
                | "than"
                | "by"
                | "before"
                | "in"
                | "on"
                | "until"
                | "from"
                | "midnight"
                | "close"
                | "business"
        )
    {
        at -= 1;
    }
    at
}

fn is_deadline(words: &[Word<'_>], from: usize) -> bool {
    let mut at = from;
    while at > 0
        && matches!(
            words[at - 1].text,
            "the" | "end" | "of" | "midnight" | "close" | "business" | "noon" | "5pm" | "latest" | "is"
        )
    {
        at -= 1;
    }
    if at == 0 {
        return false;
    }
    let before = words[at - 1].text;
    let of_a_paper = words[at.saturating_sub(6)..at].iter().any(|word| {
        matches!(word.text, "published" | "dated" | "issued" | "inspected" | "took" | "judged" | "judgement")
    });
    let than = before == "than" && at > 1 && words[at - 2].text == "later";
    (matches!(before, "by" | "before" | "in" | "on" | "until" | "from" | ":" | "due" | "deadline")
        || than
        || (before == "," && at >= 2))
        && !(of_a_paper && before != "by")
}

/// "until the Secretary of State is satisfied".
fn until(words: &[Word<'_>]) -> Option<Found> {
    let (start, after) = find(words, 0, "until ?such ?time ?as ?that")?;
    let end = (after..words.len()).find(|at| matches!(words[*at].text, ";" | ",")).unwrap_or(words.len());
    let mut found = found(TimingKind::Continuous, (start, end));
    found.timing.until = Some(join(words, after, end));
    if let Some((date, _)) = date_at(words, after) {
        found.timing.dates = vec![date];
    }
    Some(found)
}

fn when_asked(words: &[Word<'_>]) -> Option<Found> {
    const ASKED: &[&str] = &[
        "when|if|where ?so requested|required",
        "at ?the ?specific request of",
        "on|upon request",
        "at the request",
        "as and when ?required",
        "as requested|required by",
        "more regularly|often|frequently where|if|when ?this ?is appropriate|necessary|required",
        "from time to time",
    ];
    let cue = ASKED.iter().find_map(|pattern| find(words, 0, pattern))?;
    let mut found = found(TimingKind::Conditional, cue);
    found.timing.event = Some(join(words, cue.0, cue.1));
    Some(found)
}

/// "each board meeting", "after every visit", "at the formal review meetings".
fn each_event(words: &[Word<'_>]) -> Option<Found> {
    const EVENTS: [(&str, AnchorKind); 5] = [
        ("?to ?at ?before ?after ?of each|every|all ..3 meeting|meetings", AnchorKind::Meeting),
        ("?at ?before ?after each|every ..2 review|reviews", AnchorKind::Review),
        ("?before ?after each|every ..2 visit|visits", AnchorKind::Visit),
        ("at the formal review ?meeting|meetings", AnchorKind::Review),
        ("at ?its ?the ?improvement board meetings", AnchorKind::Meeting),
    ];
    let (cue, anchor) =
        EVENTS.iter().find_map(|(pattern, anchor)| find(words, 0, pattern).map(|cue| (cue, *anchor)))?;
    let mut found = recurring(None, false, cue);
    found.timing.anchor = Some(anchor);
    found.timing.event = Some(join(words, cue.0, cue.1));
    Some(found)
}

/// "as soon as possible after ...", "at the earliest opportunity".
fn prompt(words: &[Word<'_>]) -> Option<Found> {
    if let Some(cue) = find(words, 0, "as soon as ?is ?reasonably possible|practicable after|following|once")
    {
        let end = (cue.1..words.len().min(cue.1 + 14))
            .find(|at| matches!(words[*at].text, "and" | "," | ";"))
            .unwrap_or(words.len().min(cue.1 + 14));
        let mut found = found(TimingKind::OneOffRelative, (cue.0, end));
        found.timing.event = Some(join(words, cue.1, end));
        found.timing.bound = Some(Bound::After);
        found.flags.push("needs-local-standard");
        return Some(found);
    }
    let cue = find(words, 0, "as soon as ?is ?reasonably possible|practicable")
        .or_else(|| find(words, 0, "at the earliest opportunity"))
        .or_else(|| find(words, 0, "in a timely manner"))
        .or_else(|| find(words, 0, "immediately|forthwith|promptly|urgently"))?;
    let again =
        words.iter().any(|word| matches!(word.text, "each" | "every" | "any" | "all" | "when" | "once"));
    let once = !again && matches!(words[cue.0].text, "as" | "immediately" | "forthwith" | "urgently");
    let mut found = found(if once { TimingKind::OneOffRelative } else { TimingKind::Continuous }, cue);
    found.flags.push("needs-local-standard");
    if once {
        found.timing.anchor = Some(AnchorKind::Issued);
        found.timing.anchor_inferred = true;
        found.flags.push("anchor-inferred");
    }
    Some(found)
}

/// "on an ongoing basis", "at all times".
fn always(words: &[Word<'_>]) -> Option<Found> {
    let cue = find(words, 0, "on a|an ongoing|continuing|continuous|continual basis")
        .or_else(|| find(words, 0, "at all times"))
        .or_else(|| find(words, 0, "continuously|continually"))?;
    Some(found(TimingKind::Continuous, cue))
}

fn regular(words: &[Word<'_>]) -> Option<Found> {
    let cue = find(
        words,
        0,
        "regular|regularly|periodic|periodically|routine|routinely|frequent|frequently|ongoing",
    )?;
    let mut found = recurring(None, false, cue);
    found.flags.push("interval-not-set");
    Some(found)
}

/// Conditions inside the sentence: "where possible", "when considering placements", "once a child enters care".
fn condition(words: &[Word<'_>]) -> Option<Found> {
    const CONDITIONS: &[&str] = &[
        "where|if|as ?this ?is ?it ?is possible|appropriate|practicable|necessary|applicable",
        "where ..4 is|are|does|do",
        "when considering|making|deciding|placing|conducting",
        "once a|the ..3 enters|becomes|is|has",
        "for|of any review|visit|assessment|inspection",
        "in the event",
        "at any stage|time",
        "if ..8 is|are|fails|fail",
    ];
    let opening = |(start, after): &(usize, usize)| *start > 0 || *after < 4 || words[0].text != "where";
    let (start, after) = CONDITIONS.iter().find_map(|pattern| find(words, 0, pattern).filter(opening))?;
    let end = (after..words.len().min(after + 12))
        .find(|at| matches!(words[*at].text, "," | ";" | ":"))
        .unwrap_or(after);
    let mut found = found(TimingKind::Conditional, (start, end));
    found.timing.event = Some(join(words, start, end));
    let excusing = words[start..after].iter().any(|word| matches!(word.text, "possible" | "practicable"));
    if excusing {
        found.flags.push("where-possible");
    }
    Some(found)
}

/// The words of a range with single spaces.
pub fn join(words: &[Word<'_>], from: usize, to: usize) -> String {
    let mut text = String::new();
    for word in &words[from.min(words.len())..to.min(words.len())] {
        if !text.is_empty() && !matches!(word.text, "," | ";" | ":" | ")") {
            text.push(' ');
        }
        text.push_str(word.text);
        if word.possessive && !word.text.ends_with('s') {
            text.push_str("'s");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::notice::words::words;

    fn check(text: &str) -> String {
        let lower = text.to_ascii_lowercase();
        let Some(found) = explicit(&words(&lower, text, 0, text.len())) else { return "none".to_owned() };
        let timing = found.timing;
        let mut parts = vec![format!("{:?}", timing.kind)];
        parts.extend(
            timing.every.map(|every| format!("{every}{}", if timing.at_most { " at most" } else { "" })),
        );
        parts.extend(timing.offset.map(|offset| offset.to_string()));
        parts.extend(
            timing
                .anchor
                .map(|anchor| format!("{anchor:?}{}", if timing.anchor_inferred { "?" } else { "" })),
        );
        parts.extend(timing.bound.map(|bound| format!("{bound:?}")));
        parts.extend(timing.dates.iter().map(ToString::to_string));
        if found.offsets.len() > 1 {
            parts.push(found.offsets.iter().map(ToString::to_string).collect::<Vec<_>>().join("+"));
        }
        parts.join(" ")
    }

    #[test]
    fn time_expressions_become_clocks() {
        let rows = [
            ("must meet at least every 4 weeks", "Recurring P4W at most"),
            ("at least once every six months", "Recurring P6M at most"),
            ("at least quarterly", "Recurring P3M at most"),
            ("should meet once every 4 weeks initially", "Recurring P4W"),
            ("at 6 weekly intervals", "Recurring P6W"),
            ("a written 6 monthly report", "Recurring P6M"),
            ("six-monthly reviews of progress", "Recurring P6M"),
            ("within 6 weeks of this notice being issued", "OneOffRelative P6W Issued Within"),
            ("within one month of receipt by the council", "OneOffRelative P1M Received Within"),
            ("within 3 months of the date of this notice", "OneOffRelative P3M Dated Within"),
            ("2 months after the commencement of this notice", "OneOffRelative P2M Commenced"),
            ("by 18 months from the start of this notice", "OneOffRelative P18M Commenced Within"),
            ("a review will be held after six months", "OneOffRelative P6M Issued? After"),
            (
                "after six, twelve and eighteen months from the start",
                "OneOffRelative P6M Commenced After P6M+P12M+P18M",
            ),
            ("before the end of this notice", "OneOffRelative Ended Before"),
            ("prior to any reviews", "Recurring Review Before"),
            ("prior to and in readiness for the formal review", "OneOffRelative Review Before"),
            ("by January 2014", "OneOffAbsolute Within 2014-01"),
            ("by 31 March 2022", "OneOffAbsolute Within 2022-03-31"),
            ("in October 2012, April 2013 and October 2013", "OneOffAbsolute Within 2012-10 2013-04 2013-10"),
            ("the framework (published 12 June 2012)", "none"),
            ("the report of 31 July 2012", "none"),
            ("regular reports", "Recurring"),
            ("to each improvement board meeting", "Recurring Meeting"),
            ("when requested", "Conditional"),
            ("record views where possible", "Conditional"),
            ("until such time as the minister is satisfied", "Continuous"),
            ("within 20 working days of receipt", "OneOffRelative P20WD Received Within"),
            ("children looked after for longer than 12 months", "none"),
            ("within ten working days of each meeting", "Recurring P10WD Meeting Within"),
            ("before the next Ofsted monitoring visit", "OneOffRelative Visit Before"),
            ("to be agreed at its next meeting", "OneOffRelative Meeting Within"),
            ("reviewed on an ongoing basis", "Continuous"),
            ("no later than 30 September 2010", "OneOffAbsolute Within 2010-09-30"),
        ];
        for (text, expected) in rows {
            assert_eq!(check(text), expected, "{text}");
        }
    }
}
