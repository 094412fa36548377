//! Practice and data: what was loaded, the figures that rest on it, the standards they are judged by.

mod child;
mod cohorts;
mod definition;
mod difference;
mod downloads;
mod drawn;
mod exception;
mod exception_rows;
mod exceptions;
mod exceptions_export;
mod facts;
mod known;
mod load;
mod load_findings;
mod load_measures;
mod loads;
mod measure;
mod measure_acts;
mod new_load;
mod places;
mod reconciliation;
mod reconciliations;
mod restatements;
mod said;
#[cfg(test)]
mod sample;
mod scorecard;
#[cfg(test)]
mod sealed;
mod standard;
mod standards;
mod summary;
mod tracker;
mod trackers;

use service::{Action, Refusal};

use crate::components::{Link, SubNavigation};
use crate::layout::{CouncilName, Frame};
use crate::routes::{Route, form, page, page_and_json};
use crate::viewer::{Area, Viewer};

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    vec![
        page_and_json("/loads", Action::ViewLoads, ("figures", "What was loaded"), loads::show)
            .answers::<loads::LoadsView>(),
        page("/loads/new", Action::LoadExtract, new_load::show),
        form("/loads/new", Action::LoadExtract, new_load::stage),
        page("/loads/places", Action::ViewLoads, places::show),
        form("/loads/places", Action::SetPlaces, places::set),
        page("/loads/{snapshot}", Action::ViewLoads, load::show),
        page("/loads/{snapshot}/difference", Action::ViewChildren, difference::show),
        page("/loads/{snapshot}/findings/{code}", Action::ViewLoads, load_findings::show),
        form("/loads/{snapshot}/commit", Action::LoadExtract, load::commit),
        form("/loads/{snapshot}/set-aside", Action::LoadExtract, load::set_aside),
        page_and_json(
            "/scorecard",
            Action::ViewFigures,
            ("figures", "The measures and what they say"),
            scorecard::show,
        )
        .answers::<scorecard::ScorecardView>(),
        page_and_json("/measures/{code}", Action::ViewFigures, ("figures", "One measure"), measure::show)
            .answers::<measure::MeasureView>(),
        page("/measures/{code}/comments", Action::CommentMeasure, measure_acts::ask_comment),
        form("/measures/{code}/comments", Action::CommentMeasure, measure_acts::comment),
        page("/measures/{code}/targets", Action::SetTarget, measure_acts::ask_target),
        form("/measures/{code}/targets", Action::SetTarget, measure_acts::propose),
        page("/measures/{code}/targets/{id}", Action::ApproveTarget, measure_acts::ask_approval),
        form("/measures/{code}/targets/{id}", Action::ApproveTarget, measure_acts::approve),
        page("/measures/{code}/baselines", Action::RebaseChart, measure_acts::ask_baseline),
        form("/measures/{code}/baselines", Action::RebaseChart, measure_acts::begin_baseline),
        page_and_json(
            "/summary",
            Action::ViewFigures,
            ("figures", "What the headline measures say, in words"),
            summary::show,
        )
        .answers::<summary::SummaryView>(),
        page_and_json(
            "/restatements",
            Action::ViewFigures,
            ("figures", "A month as first published and as it is now, and why they differ"),
            restatements::show,
        )
        .answers::<restatements::RestatementsView>(),
        page("/exceptions", Action::ViewFigures, exceptions::exceptions),
        page("/tomorrow", Action::ViewFigures, exceptions::tomorrow),
        page("/exceptions/{code}/{child}/{day}", Action::ViewChildren, exception::show),
        form("/exceptions/{code}/{child}/{day}", Action::NoteException, exception::note),
        page("/children/{child}", Action::ViewChildren, child::show),
        page("/exceptions/export", Action::ViewChildren, exceptions_export::show),
        form("/exceptions/export", Action::ExportChildren, exceptions_export::send),
        page("/downloads", Action::ViewFigures, downloads::show),
        page("/downloads/figures.csv", Action::ViewFigures, downloads::csv),
        page("/downloads/figures.xlsx", Action::ViewFigures, downloads::xlsx),
        page("/downloads/star.zip", Action::ViewFigures, downloads::star),
        page("/downloads/dictionary", Action::ViewFigures, downloads::dictionary),
        page("/downloads/dictionary.csv", Action::ViewFigures, downloads::dictionary_csv),
        page_and_json(
            "/trackers",
            Action::ViewFigures,
            ("figures", "The trackers and how many children are on each"),
            trackers::show,
        )
        .answers::<trackers::TrackersView>(),
        page("/trackers/{code}", Action::ViewFigures, tracker::show),
        page("/reconciliations", Action::ReconcileTracker, reconciliations::show),
        page("/reconciliations/new", Action::ReconcileTracker, reconciliations::ask),
        form("/reconciliations/new", Action::ReconcileTracker, reconciliations::reconcile),
        page("/reconciliations/{id}", Action::ReconcileTracker, reconciliation::show),
        page(
            "/reconciliations/{id}/differences/{place}",
            Action::ReconcileTracker,
            reconciliation::difference,
        ),
        form("/reconciliations/{id}/differences/{place}", Action::ReconcileTracker, reconciliation::settle),
        page_and_json(
            "/standards",
            Action::ViewStandards,
            ("figures", "The practice standards"),
            standards::show,
        )
        .answers::<standards::StandardsView>(),
        page_and_json(
            "/standards/{code}",
            Action::ViewStandards,
            ("figures", "One practice standard, its worked examples and what it says of the council"),
            standard::show,
        )
        .answers::<standard::StandardView>(),
        form("/standards/{code}/limit", Action::SetCouncilLimit, standard::set_limit),
    ]
}

/// The frame of a page of this area, with the council's name.
pub async fn frame(viewer: &Viewer, heading: &str) -> Result<Frame, Refusal> {
    let programme = viewer.programme().await?;
    let council = CouncilName { name: programme.council.name.clone(), logo: None };
    Ok(Frame { council, ..viewer.frame(heading, Area::Practice) })
}

/// The pages of the area that the viewer may open, with the one shown marked.
pub fn navigation(viewer: &Viewer, current: &str) -> Option<SubNavigation> {
    let pages = [
        ("Scorecard", "/scorecard", Action::ViewFigures),
        ("Summary", "/summary", Action::ViewFigures),
        ("Exceptions", "/exceptions", Action::ViewFigures),
        ("Tomorrow’s list", "/tomorrow", Action::ViewFigures),
        ("Restatements", "/restatements", Action::ViewFigures),
        ("Trackers", "/trackers", Action::ViewFigures),
        ("Reconciliation", "/reconciliations", Action::ReconcileTracker),
        ("Data loads and quality", "/loads", Action::ViewLoads),
        ("Download figures", "/downloads", Action::ViewFigures),
        ("Practice standards", "/standards", Action::ViewStandards),
    ];
    let links = pages.into_iter().filter(|(.., action)| viewer.may(*action)).map(|(words, href, _)| {
        let link = Link::new(words, href);
        if href == current { link.current() } else { link }
    });
    Some(SubNavigation::new("Practice and data", links.collect::<Vec<_>>()))
}

/// The first letters of a child's random id, as people read it out.
fn reference(child: &str) -> String {
    child.chars().take(8).collect()
}
