//! An invented improvement notice for Northmoor, its reading made by hand so that tests of what follows do not depend
//! on the reader.

use improvement::reading::{
    BearerRule, Document, DocumentKind, Modality, Passage, PassageKind, Question, ReadClause, Reading,
    SuggestedObligation,
};
use improvement::timing::{AnchorKind, Timing, TimingKind};
use vocabulary::date::PartialDate;
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

/// A document's text and what reading it gives.
#[derive(Clone, Debug)]
pub struct NoticeText {
    /// The text.
    pub text: String,
    /// The reading, whose spans count in the text.
    pub reading: Reading,
}

/// The notice: twelve duties of every kind of clock, two questions, a heading, a sentence of context, a footer.
pub fn notice() -> NoticeText {
    let mut writer = Writer::titled("Improvement notice to Northmoor Council", "2026-09-04");
    writer
        .passage(PassageKind::Context, "Inspectors saw Northmoor in May and were worried by what they saw.");
    writer.passage(PassageKind::Chapeau, "What is asked");
    for duty in duties() {
        writer.duty(&duty);
    }
    writer.question("anchor-missing", "On which day did the council receive the notice?", 3, &[]);
    writer.question(
        "interval-not-set",
        "How often does the board look at audits?",
        6,
        &["4 weeks", "8 weeks"],
    );
    writer.passage(PassageKind::Noise, "Page 1 of 1");
    writer.finished()
}

/// A later notice: most duties as before, the board's rhythm changed, one dropped, one new.
pub fn revised_notice() -> NoticeText {
    let mut writer = Writer::titled("Revised improvement notice to Northmoor Council", "2027-03-05");
    writer.passage(PassageKind::Chapeau, "What is asked from now on");
    for mut duty in duties() {
        match duty.reference {
            "3" => continue,
            "2" => {
                duty.text = "The improvement board must meet at least every 6 weeks.";
                duty.timing.every = Some(Interval::new(6, Unit::Weeks));
                duty.timing.text = "at least every 6 weeks".into();
            }
            _ => {}
        }
        writer.duty(&duty);
    }
    writer.duty(&Duty {
        timing: Timing { kind: TimingKind::Continuous, ..Timing::default() },
        ..Duty::of("13", "The council must keep a named lead for care leavers in post.", "workforce")
    });
    writer.finished()
}

struct Duty {
    reference: &'static str,
    text: &'static str,
    theme: &'static str,
    bearer: Party,
    modality: Modality,
    timing: Timing,
    evidence: &'static [&'static str],
}

impl Duty {
    fn of(reference: &'static str, text: &'static str, theme: &'static str) -> Self {
        Self {
            reference,
            text,
            theme,
            bearer: Party::COUNCIL,
            modality: Modality::Must,
            timing: Timing::default(),
            evidence: &[],
        }
    }
}

fn clock(kind: TimingKind, text: &str) -> Timing {
    Timing { kind, text: text.into(), ..Timing::default() }
}

fn after(anchor: AnchorKind, offset: Interval, text: &str) -> Timing {
    Timing { anchor: Some(anchor), offset: Some(offset), ..clock(TimingKind::OneOffRelative, text) }
}

fn every(interval: Interval, at_most: bool, text: &str) -> Timing {
    Timing {
        anchor: Some(AnchorKind::Issued),
        every: Some(interval),
        at_most,
        ..clock(TimingKind::Recurring, text)
    }
}

fn duties() -> Vec<Duty> {
    [organising_duties(), standing_duties()].into_iter().flatten().collect()
}

fn organising_duties() -> Vec<Duty> {
    let on = |date: &str| PartialDate::parse(date).into_iter().collect();
    vec![
        Duty {
            timing: after(AnchorKind::Issued, Interval::new(4, Unit::Weeks), "within 4 weeks of its issue"),
            ..Duty::of(
                "1",
                "The council must find an independent chair within 4 weeks of its issue.",
                "governance",
            )
        },
        Duty {
            bearer: Party::BOARD,
            timing: every(Interval::new(4, Unit::Weeks), true, "at least every 4 weeks"),
            evidence: &["minutes"],
            ..Duty::of("2", "The improvement board must meet at least every 4 weeks.", "governance")
        },
        Duty {
            timing: after(
                AnchorKind::Received,
                Interval::new(10, Unit::WorkingDays),
                "within 10 working days of receiving this notice",
            ),
            ..Duty::of(
                "3",
                "The council must name its lead officer within 10 working days of receiving this notice.",
                "governance",
            )
        },
        Duty {
            timing: Timing {
                dates: on("2026-10-30"),
                ..clock(TimingKind::OneOffAbsolute, "by 30 October 2026")
            },
            evidence: &["the plan"],
            ..Duty::of(
                "4",
                "The council must send its improvement plan to the Department by 30 October 2026.",
                "plan",
            )
        },
        Duty {
            bearer: Party::CHAIR,
            timing: Timing {
                event: Some("each board meeting".into()),
                ..clock(TimingKind::Recurring, "after each board meeting")
            },
            ..Duty::of("5", "The chair must write to the Department after each board meeting.", "reporting")
        },
        Duty {
            bearer: Party::BOARD,
            timing: Timing {
                set_by: Some(Party::BOARD),
                ..clock(TimingKind::Recurring, "as often as the board decides")
            },
            ..Duty::of(
                "6",
                "The improvement board must look at audits of practice as often as the board decides.",
                "quality-assurance",
            )
        },
    ]
}

fn standing_duties() -> Vec<Duty> {
    let on = |date: &str| PartialDate::parse(date).into_iter().collect();
    vec![
        Duty {
            bearer: Party::DEPARTMENT,
            timing: every(Interval::new(6, Unit::Months), true, "at least every 6 months"),
            ..Duty::of("7", "The Department will review progress at least every 6 months.", "review")
        },
        Duty {
            timing: every(Interval::new(1, Unit::Months), false, "every month"),
            evidence: &["caseload figures"],
            ..Duty::of("8", "The council must publish its caseload figures every month.", "performance-data")
        },
        Duty {
            modality: Modality::Should,
            timing: Timing { dates: on("2027-03"), ..clock(TimingKind::OneOffAbsolute, "by March 2027") },
            ..Duty::of(
                "9",
                "The council should ask its social workers how they fare by March 2027.",
                "workforce",
            )
        },
        Duty {
            bearer: Party::PARTNERS,
            modality: Modality::Expects,
            timing: clock(TimingKind::Continuous, ""),
            ..Duty::of("10", "Partner agencies are expected to come to the board.", "partnership")
        },
        Duty {
            timing: clock(TimingKind::Conditional, "if a child in its care dies"),
            ..Duty::of(
                "11",
                "If a child in its care dies, the council must tell the Department.",
                "reporting",
            )
        },
        Duty {
            bearer: Party::LEADER,
            timing: Timing {
                event: Some("each review".into()),
                ..clock(TimingKind::Recurring, "before each review")
            },
            ..Duty::of("12", "The leader of the council must write a report before each review.", "reporting")
        },
    ]
}

/// Writes a document line by line and keeps where everything stands.
struct Writer {
    text: String,
    reading: Reading,
}

impl Writer {
    fn titled(title: &str, issued_on: &str) -> Self {
        let document = Document {
            kind: DocumentKind::ImprovementNotice,
            title: Some(title.into()),
            council: Some("Northmoor Council".into()),
            issued_on: PartialDate::parse(issued_on),
            ..Document::default()
        };
        let mut writer = Self { text: String::new(), reading: Reading { document, ..Reading::default() } };
        writer.passage(PassageKind::Chapeau, title);
        writer
    }

    fn passage(&mut self, kind: PassageKind, words: &str) -> [usize; 2] {
        self.clause_passage(kind, words, "")
    }

    fn clause_passage(&mut self, kind: PassageKind, words: &str, clause: &str) -> [usize; 2] {
        let span = [self.text.len(), self.text.len() + words.len()];
        let line = self.text.matches('\n').count() + 1;
        self.text.push_str(words);
        self.text.push('\n');
        self.reading.passages.push(Passage { span, line, kind, clause: clause.into() });
        span
    }

    fn duty(&mut self, duty: &Duty) {
        let label = format!("{}. ", duty.reference);
        self.text.push_str(&label);
        let line = self.text.matches('\n').count() + 1;
        let span = self.clause_passage(PassageKind::Duty, duty.text, duty.reference);
        self.reading.clauses.push(ReadClause {
            reference: duty.reference.into(),
            label: label.trim().into(),
            heading: None,
            span: [span[0] - label.len(), span[1]],
            line,
        });
        self.reading.obligations.push(SuggestedObligation {
            reference: duty.reference.into(),
            text: duty.text.into(),
            line,
            span,
            bearers: vec![duty.bearer.clone()],
            bearer_rule: BearerRule::All,
            counterparties: Vec::new(),
            modality: duty.modality,
            timing: duty.timing.clone(),
            evidence: duty.evidence.iter().map(|words| (*words).to_owned()).collect(),
            theme: duty.theme.into(),
            confidence: 0.9,
            flags: Vec::new(),
            cues: Vec::new(),
        });
    }

    /// A question about the duty of a number.
    fn question(&mut self, kind: &str, text: &str, duty: usize, candidates: &[&str]) {
        let span = self.reading.obligations[duty - 1].span;
        let candidates = candidates.iter().map(|words| (*words).to_owned()).collect();
        self.reading.questions.push(Question { kind: kind.into(), text: text.into(), span, candidates });
    }

    fn finished(self) -> NoticeText {
        NoticeText { text: self.text, reading: self.reading }
    }
}
