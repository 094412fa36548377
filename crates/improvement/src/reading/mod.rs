//! Reads an instrument's text into its register: what it is, what it asks of whom and when, what it found, and what
//! it leaves open.
//!
//! Reading is deterministic and explains itself: every suggested row names the words that gave its fields, and what
//! the words do not settle becomes a question, never a guess. Facts about how such documents are written, by era, are
//! in `docs/reading-instruments.md`.

pub mod letter;
pub mod notice;
pub mod report;
pub mod source;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vocabulary::date::PartialDate;
use vocabulary::party::Party;

use crate::timing::Timing;

/// A half-open range of bytes of the extracted text.
pub type Span = [usize; 2];

/// The kind of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// An improvement notice, first or revised.
    ImprovementNotice,
    /// A statutory direction under section 497A of the Education Act 1996.
    Direction,
    /// An inspection report.
    InspectionReport,
    /// A monitoring-visit letter.
    MonitoringLetter,
    /// None of these by its signatures.
    #[default]
    Unknown,
}

/// What the document says of itself. A date the document does not print is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The kind, by the document's own signatures.
    pub kind: DocumentKind,
    /// The title as printed.
    pub title: Option<String>,
    /// The council concerned, without "the Council of" and the like where the name stands without them.
    pub council: Option<String>,
    /// The day of issue (a letter's date).
    pub issued_on: Option<PartialDate>,
    /// The day of publication as printed; never taken from a copyright line.
    pub published_on: Option<PartialDate>,
    /// First day of the inspection or visit.
    pub inspected_from: Option<Date>,
    /// Last day of the inspection or visit.
    pub inspected_to: Option<Date>,
    /// The inspection framework as the field names it (`single inspection framework`, `ILACS`).
    pub framework: Option<String>,
    /// The lead inspector's name as printed.
    pub lead_inspector: Option<String>,
    /// Who signed, with the capacity printed beside the name.
    pub signatory: Option<String>,
    /// Grades by area, lower case: `overall` and the areas as printed (`inadequate`, `requires improvement`, `not judged`).
    pub judgements: BTreeMap<String, String>,
}

/// How strongly a sentence binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// A duty.
    Must,
    /// Advice or an aim: missing it is not a breach.
    Should,
    /// A power or an option.
    May,
    /// An expectation.
    Expects,
}

/// Whether any or all of several bearers must act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BearerRule {
    /// Any one of them satisfies the duty.
    Any,
    /// Each of them must act.
    #[default]
    All,
}

/// The words that gave one field of a suggested row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// `modality`, `bearer`, `timing`, `evidence`, `theme` or `counterparty`.
    pub field: String,
    /// The words, as printed.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// One duty, power or expectation that the reader suggests. Nothing suggested is ever in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuggestedObligation {
    /// The clause by its printed labels and, where one sentence was split, a letter: `3.a/s1`, `6.b/a`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What must be done: the words of the part of the sentence that carries this duty, made to stand alone.
    pub text: String,
    /// Line of the extracted text on which the carrying sentence (or list item part) starts, from 1.
    pub line: usize,
    /// The carrying words in the extracted text.
    pub span: Span,
    /// Who must act.
    pub bearers: Vec<Party>,
    /// Any or all of them.
    pub bearer_rule: BearerRule,
    /// To or with whom.
    pub counterparties: Vec<Party>,
    /// How strongly.
    pub modality: Modality,
    /// When.
    pub timing: Timing,
    /// The evidence the document asks for, in its words.
    pub evidence: Vec<String>,
    /// One of the themes of the register: `scope`, `governance`, `plan`, `reporting`, `review`, `practice-quality`,
    /// `quality-assurance`, `workforce`, `partnership`, `performance-data`, `voice`, `escalation`.
    pub theme: String,
    /// How sure the rules are, from 0 to 1.
    pub confidence: f64,
    /// What a person should look at: `anchor-missing`, `anchor-inferred`, `bearer-inferred`, `split`, `outcome-statement`,
    /// `interval-not-set`, `optional-list`, `same-as:<ref>`, `where-possible` ...
    pub flags: Vec<String>,
    /// Which words gave which field.
    pub cues: Vec<Cue>,
}

/// A recommendation or "what needs to improve" item of an inspection report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The printed number, or the order when none is printed.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The item's words with page furniture taken out and lines joined.
    pub text: String,
    /// Where it stands, furniture included.
    pub span: Span,
    /// Who it is addressed to, where the report says (`council`, `lscb`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub addressee: Option<Party>,
    /// The heading or deadline group above it ("Immediately", "Within three months").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group: Option<String>,
}

/// Which way a finding points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Praise.
    Strength,
    /// Criticism.
    Weakness,
    /// Both in one sentence.
    Mixed,
    /// Neither.
    Neutral,
}

/// What an inspector said in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFinding {
    /// The sentence, lines joined.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Which way it points.
    pub polarity: Polarity,
    /// The subject in the register's words (`supervision`, `missing children`, `permanence`).
    pub topic: Option<String>,
    /// The children or staff it speaks of ("64 children looked after under section 20").
    pub cohort: Option<String>,
    /// The word that limits it ("most", "a small number").
    pub hedge: Option<String>,
    /// The service it speaks of ("youth support teams").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub service_area: Option<String>,
}

/// Something the words do not settle; a person decides, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The kind, one of: `anchor-missing`, `several-anchors`, `anchor-inferred`, `outside-consent`, `nominal-interval`,
    /// `revised-timescales`, `amendment`, `undefined-body`, `several-names`, `partial-date`, `conflicting-dates`,
    /// `target-after-last-review`, `no-bearer`, `interval-not-set`, `set-by-another-body`, `incorporated-document`,
    /// `document-kind`.
    pub kind: String,
    /// The question in a plain sentence.
    pub text: String,
    /// The words that raise it.
    pub span: Span,
    /// Answers the document itself offers.
    pub candidates: Vec<String>,
}

/// What a sentence of the source turned out to be; every sentence ends as one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// Carries at least one suggested row, recommendation or finding.
    Duty,
    /// Says something, but asks nothing.
    Context,
    /// A lead-in to a list, or a heading.
    Chapeau,
    /// Page furniture, signature scribble, link litter, footnotes.
    Noise,
}

/// One sentence (or heading, or scrap) of the source and what it turned out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// Its first line, from 1.
    pub line: usize,
    /// What it is.
    pub kind: PassageKind,
    /// The clause it belongs to, by reference; empty outside clauses.
    pub clause: String,
}

/// A numbered, lettered or bulleted part of the document. Identity is by order; the label is kept as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadClause {
    /// Path of labels: `3.a`, `Quality •2`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The label as printed (`a.`, `(iv)`, `•`), empty for a paragraph without one.
    pub label: String,
    /// The heading above it.
    pub heading: Option<String>,
    /// Where it stands, label included.
    pub span: Span,
    /// Its first line, from 1.
    pub line: usize,
}

/// Everything read from one document. All spans and lines count in the text that was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What the document is.
    pub document: Document,
    /// What it asks.
    pub obligations: Vec<SuggestedObligation>,
    /// What an inspection report recommends.
    pub recommendations: Vec<Recommendation>,
    /// What inspectors found.
    pub findings: Vec<ReadFinding>,
    /// What it leaves open.
    pub questions: Vec<Question>,
    /// Its parts in order.
    #[serde(skip)]
    pub clauses: Vec<ReadClause>,
    /// Every sentence and what became of it, in order, covering all text but white space.
    #[serde(skip)]
    pub passages: Vec<Passage>,
}

/// Reads a document's text. A form feed marks a page break; everything else is as extracted.
///
/// Never fails: text that is no known instrument gives kind `unknown` and a question.
pub fn read(text: &str) -> Reading {
    match family(text) {
        DocumentKind::InspectionReport => report::read(text),
        DocumentKind::MonitoringLetter => letter::read(text),
        kind => notice::read(text, kind),
    }
}

/// Recognises the kind of a document by its own signatures.
pub fn family(text: &str) -> DocumentKind {
    if report::looks_like_report(text) {
        DocumentKind::InspectionReport
    } else if letter::looks_like_letter(text) {
        DocumentKind::MonitoringLetter
    } else {
        notice::kind_of(text)
    }
}
