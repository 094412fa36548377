//! Lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries.

use crate::life::locality::Stage;
use crate::life::need::EnquiryOutcome;
use crate::sheet::{Cell, Table};

use super::Extract;
use super::codes::{self, yes_no};

pub fn contacts(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 1");
    let known = |removed: Option<_>| removed.is_none_or(|removed| extract.day < removed);
    for child in &extract.council.children {
        let own = child.contacts.iter().filter(|contact| known(contact.removed));
        let own = own.map(|contact| (&contact.received, contact.source, child.person.id.as_str().into()));
        let referred = extract.needs(child).map(|(need, id)| (&need.contact, need.source, id));
        for (received, source, id) in own.chain(referred) {
            let Some(received) = extract.view.day(received).filter(|day| extract.recent(*day)) else {
                continue;
            };
            let mut row = extract.about(child, &id);
            row.extend([received.into(), codes::cell(codes::SOURCE, source).into()]);
            table.push(row);
        }
    }
    table
}

pub fn early_help(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 2");
    for child in &extract.council.children {
        for help in &child.early_help {
            let Some(started) = extract.view.day(&help.started) else { continue };
            let completed = extract.view.day(&help.completed);
            if !extract.recent(started) && !extract.open_or_recent(completed) {
                continue;
            }
            let mut row = extract.about(child, &child.person.id);
            row.extend([started.into(), completed.into(), help.organisation.into()]);
            table.push(row);
        }
    }
    table
}

pub fn referrals(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 3");
    for child in &extract.council.children {
        for (need, id) in extract.needs(child) {
            let Some(received) = extract.view.day(&need.referral).filter(|day| extract.recent(*day)) else {
                continue;
            };
            let alike =
                extract.needs(child).filter(|(_, other)| *other == id).map(|(need, _)| &need.referral);
            let mut row = extract.about(child, &id);
            row.extend([
                received.into(),
                codes::cell(codes::SOURCE, need.source).into(),
                yes_no(need.no_further_action).into(),
                extract.in_a_year(alike).into(),
            ]);
            row.extend(extract.allocated(need.locality, Stage::Assessment, child.person.number, received));
            table.push(row);
        }
    }
    table
}

pub fn assessments(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 4");
    for child in &extract.council.children {
        for (need, id) in extract.needs(child) {
            for assessment in &need.assessments {
                let Some(started) = extract.view.day(&assessment.started) else { continue };
                let authorised = extract.view.day(&assessment.authorised);
                if !extract.open_or_recent(authorised) {
                    continue;
                }
                let mut row = extract.about_with_disability(child, &id);
                row.extend([
                    started.into(),
                    authorised.map(|_| yes_no(assessment.seen)).into(),
                    authorised.into(),
                    authorised.map(|_| yes_no(assessment.support)).into(),
                ]);
                row.extend(extract.allocated(need.locality, Stage::Assessment, child.person.number, started));
                table.push(row);
            }
        }
    }
    table
}

pub fn enquiries(extract: &Extract<'_>) -> Table {
    let mut table = extract.table("List 5");
    for child in &extract.council.children {
        for (need, id) in extract.needs(child) {
            for enquiry in &need.enquiries {
                let Some(started) = extract.view.day(&enquiry.started) else { continue };
                let decided = extract.view.day(&enquiry.decided);
                if !extract.recent(started) && decided.is_some() {
                    continue;
                }
                let all = || extract.needs(child).filter(|(_, other)| *other == id);
                let started_all = all().flat_map(|(need, _)| need.enquiries.iter().map(|one| &one.started));
                let held = |one: &&crate::life::need::Enquiry| one.outcome != EnquiryOutcome::NotRequired;
                let held_all =
                    all().flat_map(|(need, _)| need.enquiries.iter().filter(held)).map(|one| &one.decided);
                let required = enquiry.outcome != EnquiryOutcome::NotRequired;
                let conference = decided.filter(|_| required);
                let mut row = extract.about_with_disability(child, &id);
                row.extend([
                    started.into(),
                    decided.map(|_| yes_no(!required)).into(),
                    conference.into(),
                    conference.map(|_| yes_no(enquiry.outcome == EnquiryOutcome::Plan)).into(),
                    Cell::from(extract.in_a_year(started_all)),
                    Cell::from(extract.in_a_year(held_all)),
                ]);
                row.extend(extract.allocated(need.locality, Stage::Assessment, child.person.number, started));
                table.push(row);
            }
        }
    }
    table
}
