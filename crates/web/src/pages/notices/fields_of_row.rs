//! The fields of a duty as a form sends them, and back: what is written and read again is the same duty.

use improvement::reading::{BearerRule, Modality};
use improvement::timing::{Bound, Timing, TimingKind};
use service::Problem;
use service::acts::DutyFields;
use vocabulary::date::{PartialDate, month_name};
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

use super::wording::{anchor_name, anchor_named};
use crate::fields::Fields;

/// The parties offered by name, in the order shown.
pub const PARTIES: [Party; 13] = [
    Party::COUNCIL,
    Party::BOARD,
    Party::CHAIR,
    Party::ADVISER,
    Party::COMMISSIONER,
    Party::DEPARTMENT,
    Party::MINISTERS,
    Party::LSCB,
    Party::PARTNERS,
    Party::ELECTED_MEMBERS,
    Party::LEADER,
    Party::MANAGERS,
    Party::OFSTED,
];

/// The themes of the register.
pub const THEMES: [&str; 12] = [
    "scope",
    "governance",
    "plan",
    "reporting",
    "review",
    "practice-quality",
    "quality-assurance",
    "workforce",
    "partnership",
    "performance-data",
    "voice",
    "escalation",
];

/// The strengths, with their names in forms.
pub const MODALITIES: [(Modality, &str); 4] = [
    (Modality::Must, "must"),
    (Modality::Should, "should"),
    (Modality::May, "may"),
    (Modality::Expects, "expects"),
];

/// The kinds of clock, with their names in forms and what they mean.
pub const CLOCKS: [(TimingKind, &str, &str); 6] = [
    (TimingKind::None, "none", "The document gives no time"),
    (TimingKind::Continuous, "continuous", "All the time, or until an event"),
    (TimingKind::Recurring, "recurring", "Again and again"),
    (TimingKind::Conditional, "conditional", "Only when a condition comes true"),
    (TimingKind::OneOffRelative, "relative", "Once, counted from a day"),
    (TimingKind::OneOffAbsolute, "absolute", "Once, on printed dates"),
];

/// The sides of a day, with their names in forms and what they mean.
pub const BOUNDS: [(Bound, &str, &str); 3] = [
    (Bound::Within, "within", "Within: the day is the latest"),
    (Bound::After, "after", "After: the day is the earliest"),
    (Bound::Before, "before", "Before: any day before the event"),
];

/// The units of a length of time, with their names in forms.
pub const UNITS: [(Unit, &str); 5] = [
    (Unit::Days, "days"),
    (Unit::WorkingDays, "working days"),
    (Unit::Weeks, "weeks"),
    (Unit::Months, "months"),
    (Unit::Years, "years"),
];

/// A duty's fields as the form would send them.
pub fn written(duty: &DutyFields) -> Fields {
    let mut fields = Vec::new();
    let mut add = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
    add("text", &duty.text);
    write_parties(&mut add, "bearer", &duty.bearers);
    add("bearer_rule", if duty.bearer_rule == BearerRule::Any { "any" } else { "all" });
    write_parties(&mut add, "counterparty", &duty.counterparties);
    add(
        "modality",
        MODALITIES.iter().find(|(known, _)| *known == duty.modality).map_or("", |(_, name)| name),
    );
    add("evidence", &duty.evidence.join("\n"));
    add("theme", &duty.theme);
    write_timing(&mut add, &duty.timing);
    Fields(fields)
}

fn write_parties(add: &mut impl FnMut(&str, &str), name: &str, parties: &[Party]) {
    let known = |party: &&Party| PARTIES.contains(party);
    for party in parties.iter().filter(known) {
        add(name, party.as_str());
    }
    let others: Vec<&str> =
        parties.iter().filter(|party| !PARTIES.contains(party)).map(Party::as_str).collect();
    add(&format!("{name}_other"), &others.join("\n"));
}

fn write_timing(add: &mut impl FnMut(&str, &str), timing: &Timing) {
    add("clock", CLOCKS.iter().find(|(known, ..)| *known == timing.kind).map_or("", |(_, name, _)| name));
    add("timing_text", &timing.text);
    let dates: Vec<String> = timing.dates.iter().map(|date| printed(*date)).collect();
    add("dates", &dates.join("\n"));
    add("run_from", timing.anchor.map(anchor_name).unwrap_or_default());
    let bound = BOUNDS.iter().find(|(known, ..)| Some(*known) == timing.bound);
    add("bound", bound.map_or("", |(_, name, _)| name));
    for (name, interval) in [("offset", timing.offset), ("every", timing.every)] {
        let Some(interval) = interval else { continue };
        add(&format!("{name}_amount"), &interval.amount.to_string());
        let unit = UNITS.iter().find(|(known, _)| *known == interval.unit);
        add(&format!("{name}_unit"), unit.map_or("", |(_, name)| name));
    }
    add("gap", if timing.at_most { "longest" } else { "nominal" });
    add("event", timing.event.as_deref().unwrap_or_default());
    add("until", timing.until.as_deref().unwrap_or_default());
    add("set_by", timing.set_by.as_ref().map(Party::as_str).unwrap_or_default());
}

/// A printed date as people write it, whatever its precision.
fn printed(date: PartialDate) -> String {
    match date {
        PartialDate::DayOfUnknownYear { month, day } => format!("{day} {}", month_name(month)),
        date => date.in_words(),
    }
}

/// The duty that a form describes, or what is wrong with each field.
pub fn read(fields: &Fields) -> Result<DutyFields, Vec<Problem>> {
    let mut problems = Vec::new();
    let modality = MODALITIES.iter().find(|(_, name)| *name == fields.text("modality"));
    if modality.is_none() {
        problems.push(Problem::new("modality", "Choose how strongly it binds."));
    }
    let bearers = parties(fields, "bearer");
    if bearers.is_empty() {
        problems.push(Problem::new("bearer", "Choose or enter who must act."));
    }
    if fields.text("text").is_empty() {
        problems.push(Problem::new("text", "Enter what must be done."));
    }
    if fields.text("theme").is_empty() {
        problems.push(Problem::new("theme", "Choose a theme."));
    }
    let timing = timing(fields, &mut problems);
    let Some((modality, _)) = modality.filter(|_| problems.is_empty()) else { return Err(problems) };
    Ok(DutyFields {
        text: fields.text("text").to_owned(),
        bearers,
        bearer_rule: if fields.text("bearer_rule") == "any" { BearerRule::Any } else { BearerRule::All },
        counterparties: parties(fields, "counterparty"),
        modality: *modality,
        timing,
        evidence: lines(fields.text("evidence")).map(str::to_owned).collect(),
        theme: fields.text("theme").to_owned(),
    })
}

fn parties(fields: &Fields, name: &str) -> Vec<Party> {
    let other = format!("{name}_other");
    let mut parties: Vec<Party> = fields.all(name).map(party).collect();
    for named in lines(fields.text(&other)) {
        let party = party(&named.to_lowercase());
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties
}

fn party(name: &str) -> Party {
    PARTIES.iter().find(|known| known.as_str() == name).cloned().unwrap_or_else(|| Party::named(name))
}

fn timing(fields: &Fields, problems: &mut Vec<Problem>) -> Timing {
    let clock = CLOCKS.iter().find(|(_, name, _)| *name == fields.text("clock"));
    if clock.is_none() {
        problems.push(Problem::new("clock", "Choose the kind of time."));
    }
    let kind = clock.map_or(TimingKind::None, |(kind, ..)| *kind);
    let timing = Timing {
        kind,
        text: fields.text("timing_text").to_owned(),
        anchor: anchor_named(fields.text("run_from")),
        anchor_inferred: false,
        dates: dates(fields, problems),
        offset: interval(fields, ("offset_amount", "offset_unit"), problems),
        bound: BOUNDS.iter().find(|(_, name, _)| *name == fields.text("bound")).map(|(bound, ..)| *bound),
        every: interval(fields, ("every_amount", "every_unit"), problems),
        at_most: fields.text("gap") == "longest",
        event: fields.maybe("event").map(str::to_owned),
        until: fields.maybe("until").map(str::to_owned),
        set_by: fields.maybe("set_by").map(|name| party(&name.to_lowercase())),
    };
    if kind == TimingKind::OneOffAbsolute && timing.dates.is_empty() {
        problems.push(Problem::new("dates", "Enter the printed date."));
    }
    timing
}

fn dates(fields: &Fields, problems: &mut Vec<Problem>) -> Vec<PartialDate> {
    let mut dates = Vec::new();
    for line in lines(fields.text("dates")) {
        match date_in_words(line) {
            Some(date) => dates.push(date),
            None => problems.push(Problem::new(
                "dates",
                format!("“{line}” is no date. Enter it as 31 October 2026, October 2026 or 2026."),
            )),
        }
    }
    dates
}

/// Reads a date as people write it: a day, a month, a year, or a day without its year.
fn date_in_words(text: &str) -> Option<PartialDate> {
    if let Some(date) = PartialDate::parse(text) {
        return Some(date);
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    let month = |name: &str| (1..=12).find(|month| month_name(*month).eq_ignore_ascii_case(name));
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| (1900..=2200).contains(year));
    match parts.as_slice() {
        [m, y] if month(m).is_some() => Some(PartialDate::Month { year: year(y)?, month: month(m)? }),
        [d, m] => PartialDate::parse(&format!("--{:02}-{:02}", month(m)?, d.parse::<i8>().ok()?)),
        [d, m, y] => {
            let day = jiff::civil::Date::new(year(y)?, month(m)?, d.parse().ok()?).ok()?;
            Some(PartialDate::Day(day))
        }
        _ => None,
    }
}

fn interval(
    fields: &Fields,
    (amount_field, unit_field): (&'static str, &'static str),
    problems: &mut Vec<Problem>,
) -> Option<Interval> {
    let (amount, unit) = (fields.maybe(amount_field)?, fields.text(unit_field));
    let unit = UNITS.iter().find(|(_, name)| *name == unit).map(|(unit, _)| *unit);
    match (amount.parse::<u16>().ok().filter(|amount| *amount > 0), unit) {
        (Some(amount), Some(unit)) => Some(Interval::new(amount, unit)),
        (None, _) => {
            problems.push(Problem::new(amount_field, "Enter a whole number, 1 or more."));
            None
        }
        (_, None) => {
            problems.push(Problem::new(unit_field, "Choose days, weeks, months or years."));
            None
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use improvement::timing::AnchorKind;

    use super::*;

    fn duty(timing: Timing) -> DutyFields {
        DutyFields {
            text: "Open its books to the adviser.".to_owned(),
            bearers: vec![Party::COUNCIL, Party::named("northmoor trust")],
            bearer_rule: BearerRule::Any,
            counterparties: vec![Party::ADVISER],
            modality: Modality::Expects,
            timing,
            evidence: vec!["minutes".to_owned(), "a letter".to_owned()],
            theme: "governance".to_owned(),
        }
    }

    #[test]
    fn a_duty_written_into_the_form_and_read_back_is_the_same() {
        let every = Timing {
            kind: TimingKind::Recurring,
            text: "at least every 20 working days".to_owned(),
            every: Some(Interval::new(20, Unit::WorkingDays)),
            at_most: true,
            event: Some("each meeting".to_owned()),
            set_by: Some(Party::named("northmoor trust")),
            ..Timing::default()
        };
        let once = Timing {
            kind: TimingKind::OneOffRelative,
            anchor: Some(AnchorKind::Received),
            offset: Some(Interval::new(1, Unit::Months)),
            bound: Some(Bound::Within),
            until: Some("the notice is lifted".to_owned()),
            ..Timing::default()
        };
        let dates = ["2026-10-31", "2026-12", "2027", "--07-27"];
        let printed = Timing {
            kind: TimingKind::OneOffAbsolute,
            dates: dates.iter().filter_map(|date| PartialDate::parse(date)).collect(),
            ..Timing::default()
        };
        for timing in [Timing::default(), every, once, printed] {
            let duty = duty(timing);
            assert_eq!(read(&written(&duty)), Ok(duty));
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        let fields =
            Fields::parse(b"clock=absolute&dates=31+February+2026&every_amount=some&offset_amount=4");
        let named: Vec<&str> =
            read(&fields).expect_err("problems").iter().map(|problem| problem.field).collect();
        for field in ["modality", "bearer", "text", "theme", "dates", "every_amount", "offset_unit"] {
            assert!(named.contains(&field), "{field} in {named:?}");
        }
    }
}
