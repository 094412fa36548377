//! Every sentence of a document and what it turned out to be: nothing is left out silently.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use improvement::reading::{Passage, PassageKind};
use improvement::register::{Instrument, Obligation, ObligationState, PassageDecision};
use serde::Serialize;
use service::acts::ClassifyPassage;
use service::{Action, Programme, Refusal};
use utoipa::ToSchema;

use super::wording::{
    Linked, instrument_of, passage_in_words, passage_name, shortened, stamp_in_words, words_at,
};
use crate::components::{Choices, Pagination, Problems, Textarea};
use crate::errors::{Refused, beside_fields};
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};

/// Sentences on one page.
const A_PAGE: usize = 50;

/// The kinds a person may say a sentence is; a duty is added instead.
const SETTLED_AS: [(PassageKind, &str); 3] = [
    (PassageKind::Context, "It says something, but asks nothing."),
    (PassageKind::Chapeau, "It leads into a list, or is a heading."),
    (PassageKind::Noise, "Page furniture, a signature, a link, a footnote."),
];

/// Every sentence of a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UncoveredView {
    /// The document's id.
    pub instrument: String,
    /// How they all end.
    pub totals: Totals,
    /// The kind shown; empty for all.
    pub kind: String,
    /// The sentences on this page, unsettled ones first.
    pub sentences: Vec<SentenceView>,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// How many sentences end as what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// All sentences.
    pub all: usize,
    /// Those over which a row, recommendation or finding stands.
    pub duty: usize,
    /// Those that ask nothing.
    pub context: usize,
    /// Lead-ins and headings.
    pub chapeau: usize,
    /// Page furniture and the like.
    pub noise: usize,
    /// Those that nobody has settled.
    pub unsettled: usize,
    /// Of these, those whose suggested row waits to be confirmed.
    pub waiting: usize,
}

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SentenceView {
    /// Its first byte, by which it is named.
    pub at: usize,
    /// Its line.
    pub line: usize,
    /// The clause, by its labels.
    pub clause: String,
    /// Its words.
    pub text: String,
    /// What it is, in words; "Not settled" when nobody has said.
    pub kind: String,
    /// Who said so and why, or that it stands as read.
    pub why: String,
    /// The rows over it.
    pub rows: Vec<Linked>,
    /// Whether it waits for a person.
    pub unsettled: bool,
    /// Whether a suggested row over it waits: then the row is decided, and the sentence with it.
    pub row_waits: bool,
}

#[derive(Template)]
#[template(path = "pages/notices/uncovered.html")]
struct UncoveredPage {
    frame: Frame,
    view: UncoveredView,
    filters: Vec<(String, String, bool)>,
    pagination: Option<Pagination>,
    may_classify: bool,
    may_add: bool,
    form: Option<ClassifyForm>,
}

/// The questions about one sentence.
struct ClassifyForm {
    sentence: SentenceView,
    kind: Choices,
    reason: Textarea,
}

/// Shows every sentence.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let refused = |refusal| Refused(refusal, viewer.format);
    let programme = viewer.programme().await.map_err(refused)?;
    let instrument = instrument_of(&programme, &id).map_err(refused)?;
    let page = page(&viewer, &programme, instrument, &asked, Problems::default());
    Ok(viewer.show(&page, &page.view))
}

/// Says what a sentence is.
pub async fn classify(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let instrument = instrument_of(&programme, &id)?;
    let kind = SETTLED_AS.iter().find(|(kind, _)| passage_name(*kind) == fields.text("as"));
    let outcome = match (kind, fields.number("at")) {
        (Some((kind, _)), Some(at)) => {
            let reason = fields.text("reason").to_owned();
            let act = ClassifyPassage { instrument: instrument.id, at, kind: *kind, reason };
            viewer.perform(&fields, act).await
        }
        (None, _) => Err(Refusal::invalid("as", "Choose what the sentence is.")),
        (_, None) => Err(Refusal::NotFound),
    };
    match outcome {
        Ok(()) => Ok(viewer.after(&address(instrument, fields.text("kind"), 1), "settled")),
        Err(refusal) => {
            let problems = beside_fields(refusal)?;
            let page = page(&viewer, &programme, instrument, &fields, problems);
            Ok(viewer.show_problems(&page, &page.view))
        }
    }
}

fn address(instrument: &Instrument, kind: &str, page: usize) -> String {
    let mut query = Vec::new();
    if !kind.is_empty() {
        query.push(format!("kind={}", crate::guard::escape(kind)));
    }
    if page > 1 {
        query.push(format!("page={page}"));
    }
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("/notices/{}/uncovered{query}", instrument.id)
}

fn page(
    viewer: &Viewer,
    programme: &Programme,
    instrument: &Instrument,
    asked: &Fields,
    problems: Problems,
) -> UncoveredPage {
    let view =
        UncoveredView::of(programme, instrument, asked.text("kind"), asked.number("page").unwrap_or(1));
    let may_classify = viewer.may(Action::ClassifyPassage);
    let sentence = asked.number::<usize>("at").and_then(|at| sentence_at(programme, instrument, at));
    let form = sentence
        .filter(|sentence| may_classify && !sentence.row_waits)
        .map(|sentence| classify_form(sentence, asked, &problems));
    let kind = view.kind.clone();
    UncoveredPage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[
                ("Notices", "/notices"),
                (&instrument.title, &format!("/notices/{}", instrument.id)),
            ]),
            sub_navigation: duties_navigation("/notices"),
            history_href: Some(format!("/history/instrument/{}", instrument.id)),
            caption: Some(instrument.title.clone()),
            problems,
            ..viewer.programme_frame(programme, "Every sentence of the document", Area::Duties)
        },
        filters: filters(instrument, &view),
        pagination: (view.pages > 1)
            .then(|| Pagination::numbered(view.page, view.pages, |page| address(instrument, &kind, page))),
        may_classify,
        may_add: viewer.may(Action::EditObligation),
        form,
        view,
    }
}

/// The kinds offered: words with their count, address, and whether it is the one shown.
fn filters(instrument: &Instrument, view: &UncoveredView) -> Vec<(String, String, bool)> {
    let totals = &view.totals;
    let kinds = [
        ("", "All", totals.all),
        ("unsettled", "Not settled", totals.unsettled),
        ("duty", "Duty", totals.duty),
        ("context", "Context", totals.context),
        ("chapeau", "Lead-in or heading", totals.chapeau),
        ("noise", "Noise", totals.noise),
    ];
    let filter = |(name, words, count): (&str, &str, usize)| {
        (format!("{words} ({count})"), address(instrument, name, 1), view.kind == name)
    };
    kinds.map(filter).into()
}

fn classify_form(sentence: SentenceView, typed: &Fields, problems: &Problems) -> ClassifyForm {
    let mut kind = Choices::radios("as", "What is it?").chosen(typed.text("as"));
    for (known, meaning) in SETTLED_AS {
        let choice =
            crate::components::Choice::new(passage_name(known), passage_in_words(known)).hint(meaning);
        kind = kind.choice_part(choice);
    }
    ClassifyForm {
        sentence,
        kind: kind.problem_in(problems),
        reason: Textarea::new("reason", "Why")
            .rows(2)
            .hint("The reason is kept with the sentence.")
            .value(typed.text("reason"))
            .problem_in(problems),
    }
}

/// The sentences that nobody has settled and over which no row stands, not even a suggested one.
pub fn bare<'a>(programme: &'a Programme, instrument: &'a Instrument) -> impl Iterator<Item = &'a Passage> {
    let unsettled = unsettled_of(programme, instrument);
    unsettled.into_iter().filter(move |passage| !waits(programme, instrument, passage))
}

/// How many sentences of an instrument nobody has settled.
pub fn count_unsettled(programme: &Programme, instrument: &Instrument) -> usize {
    unsettled_of(programme, instrument).len()
}

fn unsettled_of<'a>(programme: &'a Programme, instrument: &'a Instrument) -> Vec<&'a Passage> {
    let rows: Vec<Obligation> = programme.obligations_of(instrument.id).cloned().collect();
    let decisions =
        programme.passage_decisions.iter().filter(|decision| decision.instrument == instrument.id);
    let decided: Vec<usize> = decisions.map(|decision| decision.at).collect();
    let unsettled: Vec<usize> =
        service::unsettled(instrument, &rows, &decided).map(|passage| passage.span[0]).collect();
    instrument.passages.iter().filter(|passage| unsettled.contains(&passage.span[0])).collect()
}

fn waits(programme: &Programme, instrument: &Instrument, passage: &Passage) -> bool {
    let mut rows = programme.obligations_of(instrument.id);
    rows.any(|row| row.state == ObligationState::Suggested && touches(row, passage))
}

fn touches(row: &Obligation, passage: &Passage) -> bool {
    row.span[0] < passage.span[1] && passage.span[0] < row.span[1]
}

fn decision_on<'a>(
    programme: &'a Programme,
    instrument: &Instrument,
    passage: &Passage,
) -> Option<&'a PassageDecision> {
    let mut decisions = programme.passage_decisions.iter();
    decisions.find(|decision| decision.instrument == instrument.id && decision.at == passage.span[0])
}

fn sentence_at(programme: &Programme, instrument: &Instrument, at: usize) -> Option<SentenceView> {
    let passage = instrument.passages.iter().find(|passage| passage.span[0] == at)?;
    let unsettled = unsettled_of(programme, instrument).iter().any(|open| open.span[0] == at);
    Some(SentenceView::of(programme, instrument, passage, unsettled))
}

impl UncoveredView {
    /// The view of an instrument: the sentences of a kind (all when it is empty) on one page.
    pub fn of(programme: &Programme, instrument: &Instrument, kind: &str, page: usize) -> Self {
        let unsettled: Vec<usize> =
            unsettled_of(programme, instrument).iter().map(|passage| passage.span[0]).collect();
        let mut totals = Totals::default();
        let mut shown: Vec<(bool, &Passage)> = Vec::new();
        for passage in &instrument.passages {
            let open = unsettled.contains(&passage.span[0]);
            let decided = decision_on(programme, instrument, passage).map_or(passage.kind, |said| said.kind);
            let waits = open && waits(programme, instrument, passage);
            let name = totals.count(open, waits, decided);
            if kind.is_empty() || kind == name {
                shown.push((!open, passage));
            }
        }
        shown.sort_by_key(|(settled, passage)| (*settled, passage.span[0]));
        let pages = shown.len().div_ceil(A_PAGE).max(1);
        let page = page.clamp(1, pages);
        let on_page = shown.iter().skip((page - 1) * A_PAGE).take(A_PAGE);
        Self {
            instrument: instrument.id.to_string(),
            totals,
            kind: kind.to_owned(),
            sentences: on_page
                .map(|(settled, passage)| SentenceView::of(programme, instrument, passage, !settled))
                .collect(),
            page,
            pages,
        }
    }
}

impl Totals {
    /// Counts a sentence and gives the name of the kind it ends as.
    fn count(&mut self, open: bool, waits: bool, kind: PassageKind) -> &'static str {
        self.all += 1;
        if open {
            self.unsettled += 1;
            self.waiting += usize::from(waits);
            return "unsettled";
        }
        match kind {
            PassageKind::Duty => self.duty += 1,
            PassageKind::Context => self.context += 1,
            PassageKind::Chapeau => self.chapeau += 1,
            PassageKind::Noise => self.noise += 1,
        }
        passage_name(kind)
    }
}

impl SentenceView {
    fn of(programme: &Programme, instrument: &Instrument, passage: &Passage, unsettled: bool) -> Self {
        let text = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
        let decision = decision_on(programme, instrument, passage);
        let rows = programme.obligations_of(instrument.id);
        let over = rows.filter(|row| row.state != ObligationState::Split && touches(row, passage));
        let link = |row: &Obligation| {
            let words = format!("{} ({})", row.reference, row.state.in_words().to_lowercase());
            Linked::new(words, format!("/notices/{}/confirm?row={}", instrument.id, row.id))
        };
        Self {
            at: passage.span[0],
            line: passage.line,
            clause: passage.clause.clone(),
            text: shortened(&words_at(text, passage.span), 900),
            kind: match decision {
                _ if unsettled => "Not settled".to_owned(),
                Some(said) => passage_in_words(said.kind).to_owned(),
                None => passage_in_words(passage.kind).to_owned(),
            },
            why: match decision {
                Some(said) => format!("{} ({})", said.reason, stamp_in_words(programme, &said.stamp)),
                None => "As read".to_owned(),
            },
            rows: over.map(link).collect(),
            unsettled,
            row_waits: waits(programme, instrument, passage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, html};
    use super::*;

    #[tokio::test]
    async fn every_sentence_is_counted_once_and_the_unsettled_come_first() {
        let sample = Sample::notice_read().await;
        let programme = sample.programme().await;
        let view = UncoveredView::of(&programme, &programme.instruments[0], "", 1);
        let totals = view.totals;
        assert_eq!(
            totals.all,
            totals.duty + totals.context + totals.chapeau + totals.noise + totals.unsettled
        );
        assert_eq!(totals.all, programme.instruments[0].passages.len());
        assert!(totals.unsettled > 0 && view.sentences[0].unsettled);
    }

    #[tokio::test]
    async fn a_sentence_whose_row_waits_is_settled_by_deciding_the_row() {
        let sample = Sample::notice_read().await;
        let row = sample.row("2").await;
        let programme = sample.programme().await;
        let view = UncoveredView::of(&programme, &programme.instruments[0], "unsettled", 1);
        let sentence =
            view.sentences.iter().find(|sentence| sentence.line == row.line).expect("its sentence");
        let asked = Asked(Fields(vec![("at".to_owned(), sentence.at.to_string())]));
        let path = Path(sample.notice().to_string());
        let page = html(show(sample.manager().await, path, asked).await).await;
        assert!(!page.contains("name=\"reason\"") && page.contains("Decide its row"), "{page}");
    }

    #[tokio::test]
    async fn a_sentence_is_settled_with_a_reason_and_says_who_settled_it() {
        let sample = Sample::notice_read().await;
        let programme = sample.programme().await;
        let view = UncoveredView::of(&programme, &programme.instruments[0], "chapeau", 1);
        let (at, path) = (view.sentences[0].at, || Path(sample.notice().to_string()));
        let without = format!("at={at}&as=context&reason=");
        let refused = classify(sample.manager().await, path(), Fields::parse(without.as_bytes())).await;
        let page = html(refused).await;
        assert!(page.contains("Enter the reason") && page.contains("name=\"at\""), "{page}");
        let with = format!("at={at}&as=context&reason=It+only+sets+the+scene");
        classify(sample.manager().await, path(), Fields::parse(with.as_bytes())).await.expect("a way on");
        let asked = Asked(Fields::parse(b"kind=context"));
        let page = html(show(sample.official().await, path(), asked).await).await;
        assert!(page.contains("It only sets the scene"), "{page}");
        assert!(!page.contains("name=\"reason\""), "an official is offered no form that would refuse");
    }
}
