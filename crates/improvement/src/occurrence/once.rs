//! Duties done once: on printed dates, or counted from an anchor.

use std::collections::BTreeSet;

use jiff::civil::Date;
use vocabulary::date::PartialDate;

use super::{
    Draft, Drafted, DutyFacts, Event, EventKind, EventState, OccurrenceKey, Reign, Replacement, RuleSource,
    UndatedReason, due, tied,
};
use crate::timing::{AnchorKind, Timing, TimingKind};
use crate::words;

/// The first one-off rule gives the occurrences; agreed variations move them from the day they are agreed.
///
/// A dated edit moves nothing, because the period of a one-off has started before it.
pub(super) fn draft(duty: &DutyFacts<'_>, reigns: &[Reign<'_>], as_at: Date) -> Drafted {
    let mut drafted = Drafted::default();
    for reign in reigns.iter().filter(|reign| reign.from.is_none_or(|from| from <= as_at)) {
        if !is_one_off(&reign.rule.timing) {
            continue;
        }
        let next = by_rule(duty, reign);
        if drafted.drafts.is_empty() {
            drafted = next;
        } else if let (RuleSource::Variation(_), Some(agreed_on)) = (reign.rule.source, reign.from) {
            vary(&mut drafted.drafts, next.drafts, agreed_on);
        }
    }
    drafted
}

fn is_one_off(timing: &Timing) -> bool {
    matches!(timing.kind, TimingKind::OneOffAbsolute | TimingKind::OneOffRelative)
}

fn by_rule(duty: &DutyFacts<'_>, reign: &Reign<'_>) -> Drafted {
    match reign.rule.timing.kind {
        TimingKind::OneOffAbsolute => absolute(reign),
        _ => relative(duty, reign).unwrap_or_else(|reason| Drafted { drafts: vec![], undated: Some(reason) }),
    }
}

fn absolute(reign: &Reign<'_>) -> Drafted {
    let timing = &reign.rule.timing;
    let mut drafted = Drafted::default();
    let dates: BTreeSet<_> = timing.dates.iter().copied().collect();
    for date in dates {
        match due::printed(date, timing.bound) {
            Ok((due, why)) => drafted.drafts.push(Draft {
                key: OccurrenceKey::Date(date),
                due,
                why,
                rule: reign.rule.source,
                inferred: false,
                binding: true,
                met: None,
                replacements: vec![],
            }),
            Err(reason) => drafted.undated = Some(reason),
        }
    }
    if drafted.drafts.is_empty() && drafted.undated.is_none() {
        drafted.undated = Some(UndatedReason::NoTimeGiven);
    }
    drafted
}

fn relative(duty: &DutyFacts<'_>, reign: &Reign<'_>) -> Result<Drafted, UndatedReason> {
    let timing = &reign.rule.timing;
    let base = base(duty, timing)?;
    let (due, mut why) = due::from_base(timing, base.on, &base.who, duty.calendar)?;
    let inferred = base.inferred || timing.anchor_inferred;
    if inferred {
        why.push_str(" The start is our reading and is not yet confirmed.");
    }
    let draft = Draft {
        key: OccurrenceKey::Once,
        due,
        why,
        rule: reign.rule.source,
        inferred,
        binding: true,
        met: None,
        replacements: vec![],
    };
    Ok(Drafted { drafts: vec![draft], undated: None })
}

/// What a relative one-off is counted from.
struct Base {
    on: PartialDate,
    /// The words that name it after its date.
    who: String,
    /// Whether it is an assumption.
    inferred: bool,
}

fn base(duty: &DutyFacts<'_>, timing: &Timing) -> Result<Base, UndatedReason> {
    if let Some(kind) = timing.anchor {
        if let Some(anchor) = duty.anchors.get(&kind) {
            let who = words::anchor_apposition(kind).to_owned();
            return Ok(Base { on: anchor.on, who, inferred: anchor.inferred });
        }
        let Some(event) = event_of(kind) else { return Err(UndatedReason::AnchorMissing(kind)) };
        return first_event(duty, &event);
    }
    match (duty.tied_to.clone().or_else(|| tied::kind_named(timing)), timing.offset) {
        (Some(kind), _) => first_event(duty, &kind),
        (None, Some(_)) => Err(UndatedReason::AnchorNotNamed),
        (None, None) => Err(UndatedReason::NoTimeGiven),
    }
}

fn event_of(kind: AnchorKind) -> Option<EventKind> {
    match kind {
        AnchorKind::Meeting => Some(EventKind::Meeting),
        AnchorKind::Review => Some(EventKind::Review),
        AnchorKind::Visit => Some(EventKind::Visit),
        _ => None,
    }
}

/// The first event of a kind since the duty came into force. That it is the one meant is our reading where there are
/// several: taking none would let a missed date vanish as soon as a second event is recorded.
fn first_event(duty: &DutyFacts<'_>, kind: &EventKind) -> Result<Base, UndatedReason> {
    let in_force = |event: &&Event| duty.in_force.from.is_none_or(|from| event.on.last_day() >= Some(from));
    let mut events: Vec<&Event> = duty
        .events
        .iter()
        .filter(|event| event.kind == *kind && event.state != EventState::Cancelled)
        .filter(in_force)
        .collect();
    events.sort_by_key(|event| (event.on.last_day(), &event.id));
    let first = events.first().ok_or_else(|| UndatedReason::EventNotScheduled(kind.clone()))?;
    let nth = if events.len() > 1 { "first " } else { "" };
    Ok(Base {
        on: first.on,
        who: format!("the day of the {nth}{}", words::event_in_words(kind)),
        inferred: events.len() > 1,
    })
}

/// Moves old occurrences to the dates of an agreed variation, pair by pair in order; further new dates are added.
fn vary(drafts: &mut Vec<Draft>, new: Vec<Draft>, agreed_on: Date) {
    let single = drafts.len() == 1 && new.len() == 1;
    let kept: Vec<OccurrenceKey> = if single {
        vec![]
    } else {
        drafts.iter().map(|draft| draft.key.clone()).filter(|key| new.iter().any(|n| n.key == *key)).collect()
    };
    let mut added =
        new.into_iter().filter(|draft| !kept.contains(&draft.key)).collect::<Vec<_>>().into_iter();
    let moved = drafts
        .iter_mut()
        .filter(|draft| !kept.contains(&draft.key))
        .filter(|draft| single || draft.due.sort_day() >= agreed_on);
    for draft in moved {
        let Some(to) = added.next() else { break };
        draft.replacements.push(Replacement { agreed_on, due: to.due, why: to.why, rule: to.rule });
    }
    let further: Vec<Draft> = added
        .filter(|draft| draft.due.sort_day() >= agreed_on)
        .filter(|draft| drafts.iter().all(|known| known.key != draft.key))
        .collect();
    drafts.extend(further);
}
