//! The register for people: what the document is, what it asks, what it recommends and found, what it leaves open.

use std::fmt::Write;

use documents::worker::ReadDocument;
use improvement::reading::{
    PassageKind, Polarity, ReadFinding, Reading, Recommendation, SuggestedObligation,
};

use super::shown;
use super::tsv::name_of;

/// The whole register.
pub fn register(document: &ReadDocument) -> String {
    let reading = &document.reading;
    let mut page = Page::default();
    facts(&mut page, document);
    duties(&mut page, reading);
    recommendations(&mut page, &reading.recommendations);
    findings(&mut page, &reading.findings);
    questions(&mut page, reading);
    passages(&mut page, reading);
    page.0
}

/// Lines of the register. Everything from the document passes `shown` on its way in.
#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(shown(text).trim_end());
        self.0.push('\n');
    }

    fn heading(&mut self, title: &str, count: usize) {
        self.0.push('\n');
        self.line(&format!("{title} ({count})"));
        if count > 0 {
            self.0.push('\n');
        }
    }

    fn fact(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            let value = value.to_string();
            if !value.is_empty() {
                self.line(&format!("  {:<17} {value}", format!("{name}:")));
            }
        }
    }
}

fn facts(page: &mut Page, document: &ReadDocument) {
    let facts = &document.reading.document;
    page.line(&format!("{} ({})", spaced(&name_of(facts.kind)), document.kind.in_plain_words()));
    page.fact("Title", facts.title.as_ref());
    page.fact("Council", facts.council.as_ref());
    page.fact("Issued on", facts.issued_on);
    page.fact("Published on", facts.published_on);
    page.fact("Inspected from", facts.inspected_from);
    page.fact("Inspected to", facts.inspected_to);
    page.fact("Framework", facts.framework.as_ref());
    page.fact("Lead inspector", facts.lead_inspector.as_ref());
    page.fact("Signed by", facts.signatory.as_ref());
    page.fact("Pages", document.pages);
    for (area, grade) in &facts.judgements {
        page.fact("Judgement", Some(format!("{area}: {grade}")));
    }
}

fn duties(page: &mut Page, reading: &Reading) {
    page.heading("Duties, powers and expectations, as suggested", reading.obligations.len());
    let mut above: Option<&str> = None;
    for obligation in &reading.obligations {
        let heading = heading_of(reading, obligation);
        if heading != above {
            if let Some(heading) = heading {
                page.line(&format!("{heading}:"));
            }
            above = heading;
        }
        duty(page, obligation);
    }
}

/// The heading above the innermost clause the obligation stands in.
fn heading_of<'a>(reading: &'a Reading, obligation: &SuggestedObligation) -> Option<&'a str> {
    let at = obligation.span[0];
    let clause = reading.clauses.iter().filter(|clause| clause.span[0] <= at && at < clause.span[1]);
    clause.min_by_key(|clause| clause.span[1] - clause.span[0])?.heading.as_deref()
}

fn duty(page: &mut Page, obligation: &SuggestedObligation) {
    let bearers: Vec<String> = obligation.bearers.iter().map(ToString::to_string).collect();
    let bearers = if bearers.is_empty() { "nobody named".to_owned() } else { bearers.join(", ") };
    page.line(&format!(
        "  {}  {bearers} {} (line {})",
        obligation.reference,
        name_of(obligation.modality),
        obligation.line
    ));
    page.line(&format!("    {}", obligation.text));
    page.line(&format!("    When: {}", when(obligation)));
    if !obligation.evidence.is_empty() {
        page.line(&format!("    Evidence: {}", obligation.evidence.join("; ")));
    }
    page.line(&format!("    Theme: {}; confidence {:.2}", obligation.theme, obligation.confidence));
    if !obligation.cues.is_empty() {
        let cues: Vec<String> =
            obligation.cues.iter().map(|cue| format!("{} “{}”", cue.field, cue.text)).collect();
        page.line(&format!("    Because: {}", cues.join("; ")));
    }
    if !obligation.flags.is_empty() {
        page.line(&format!("    Look at: {}", obligation.flags.join(", ")));
    }
    page.line("");
}

fn when(obligation: &SuggestedObligation) -> String {
    let timing = &obligation.timing;
    let mut words = spaced(&name_of(timing.kind));
    if !timing.text.is_empty() {
        let _never_fails = write!(words, ", “{}”", timing.text);
    }
    if let Some(every) = timing.every {
        let _never_fails = write!(words, ", every {every}{}", if timing.at_most { " at most" } else { "" });
    }
    for date in &timing.dates {
        let _never_fails = write!(words, ", {date}");
    }
    words
}

fn recommendations(page: &mut Page, recommendations: &[Recommendation]) {
    page.heading("Recommendations", recommendations.len());
    for recommendation in recommendations {
        page.line(&format!("  {}  {}", recommendation.reference, recommendation.text));
    }
}

fn findings(page: &mut Page, findings: &[ReadFinding]) {
    page.heading("Findings", findings.len());
    for finding in findings {
        let sign = match finding.polarity {
            Polarity::Strength => "strength",
            Polarity::Weakness => "weakness",
            Polarity::Mixed => "mixed",
            Polarity::Neutral => "neutral",
        };
        let topic = finding.topic.as_deref().map(|topic| format!(" [{topic}]")).unwrap_or_default();
        page.line(&format!("  {sign:<8}{topic}  {}", finding.text));
    }
}

fn questions(page: &mut Page, reading: &Reading) {
    page.heading("Questions for a person to decide", reading.questions.len());
    for question in &reading.questions {
        page.line(&format!("  {}: {}", question.kind, question.text));
        if !question.candidates.is_empty() {
            page.line(&format!("    The document offers: {}", question.candidates.join("; ")));
        }
    }
}

fn passages(page: &mut Page, reading: &Reading) {
    let count = |kind| reading.passages.iter().filter(|passage| passage.kind == kind).count();
    page.heading("Passages", reading.passages.len());
    page.line(&format!(
        "  {} carry a duty, recommendation or finding; {} are context; {} are headings or lead in to a list; {} are noise",
        count(PassageKind::Duty),
        count(PassageKind::Context),
        count(PassageKind::Chapeau),
        count(PassageKind::Noise)
    ));
}

fn spaced(name: &str) -> String {
    name.replace('-', " ")
}
