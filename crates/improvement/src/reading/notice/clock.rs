//! The clock of one part of a sentence: its own words, what stands before the binding word, the lead-in, or else what
//! kind of act it is.

use super::duty::{PartRow, byte_range};
use super::modality::Form;
use super::split::PartKind;
use super::timing::{self, Found};
use super::verbs;
use super::words::{Word, find, match_at};
use crate::reading::{Modality, SuggestedObligation};
use crate::timing::{AnchorKind, Timing, TimingKind};

impl PartRow<'_, '_> {
    pub(super) fn time(&self) -> Option<Found> {
        if let Some(found) = self.with_each_review() {
            return Some(found);
        }
        let words = self.own_words();
        if let Some(found) = self.opening_condition() {
            return Some(found);
        }
        if let Some(mut found) = timing::explicit(&words) {
            let (start, end) = byte_range(&words, found.cue);
            found.timing.text = self.sentence.cased[start..end].to_owned();
            found.cue = (start, end);
            return Some(found);
        }
        self.time_before_binding().or_else(|| self.time_of_lead())
    }

    /// "to include consideration of the number of ...": with each of the reviews spoken of before.
    fn with_each_review(&self) -> Option<Found> {
        let (_, to) = find(&self.sentence.words, 0, "reviews|review ..5 to include consideration of")?;
        let timing = Timing {
            kind: TimingKind::Recurring,
            anchor: Some(AnchorKind::Review),
            event: Some("each review".to_owned()),
            ..Timing::default()
        };
        (self.part.to >= to && self.part.from + 4 >= to).then(|| Found {
            timing,
            cue: (0, 0),
            ..Found::default()
        })
    }

    /// "If ..., this must be agreed", "Should ..., ministers may": the condition is the clock.
    fn opening_condition(&self) -> Option<Found> {
        let sentence = self.sentence;
        let opens = matches!(sentence.word(0), "if" | "should" | "unless" | "when" | "where")
            || match_at(&sentence.words, 0, "in the event").is_some();
        let governs = matches!(self.part.kind, PartKind::Main | PartKind::Condition | PartKind::Verb);
        let main = self.head.cue.0;
        if !opens || !governs || main == 0 {
            return None;
        }
        let (from, to) = match self.part.kind {
            PartKind::Condition => (self.part.from, self.head.clause),
            _ => (0, self.part.to.min(self.head.clause.max(1)).max(2)),
        };
        let mut found = Found {
            timing: Timing { kind: TimingKind::Conditional, ..Timing::default() },
            ..Found::default()
        };
        let end = if self.head.clause == 0 { main.saturating_sub(1).max(1) } else { to };
        let (from, end) = sentence.without_marks(from, end);
        if from >= end {
            return None;
        }
        found.cue = (sentence.words[from].start, sentence.words[end - 1].end);
        found.timing.text = sentence.printed(from, end).to_owned();
        found.timing.event = Some(found.timing.text.clone());
        Some(found)
    }

    /// A time before the binding word holds for every part without its own clause.
    fn time_before_binding(&self) -> Option<Found> {
        if self.head.form != Form::Modal
            || matches!(self.part.kind, PartKind::Main | PartKind::Clause(_) | PartKind::Relative(_))
        {
            return None;
        }
        let words = &self.sentence.words[..self.head.clause.max(1).min(self.head.cue.0)];
        let mut found = timing::explicit(words)?;
        let (start, end) = byte_range(words, found.cue);
        found.timing.text = self.sentence.cased[start..end].to_owned();
        found.cue = (start, end);
        Some(found)
    }

    fn time_of_lead(&self) -> Option<Found> {
        let pronoun = self.head.form == Form::Modal
            && matches!(self.sentence.word(self.head.clause), "this")
            && self.head.cue.0 == self.head.clause + 1;
        let reviews = matches!(self.sentence.word(0), "these" | "such")
            && matches!(self.sentence.word(1), "reviews")
            && matches!(self.sentence.word(self.head.verb), "cover" | "include");
        let inherited =
            if pronoun { self.place.previous_timing.filter(|timing| timing.event.is_some()) } else { None };
        let timing = inherited.or(self
            .place
            .lead
            .timing
            .as_ref()
            .filter(|_| self.place.led && self.head.form != Form::Modal));
        if reviews && timing.is_none() {
            let event = Some("each review".to_owned());
            let timing = Timing {
                kind: TimingKind::Recurring,
                anchor: Some(AnchorKind::Review),
                event,
                ..Timing::default()
            };
            return Some(Found { timing, cue: (0, 0), ..Found::default() });
        }
        timing.map(|timing| Found { timing: timing.clone(), cue: (0, 0), ..Found::default() })
    }

    pub(super) fn settle_timing(
        &self,
        row: &mut SuggestedObligation,
        found: Option<&Found>,
        words: &[Word<'_>],
    ) {
        if found.is_none() {
            let (kind, event) = self.usual_clock(row, words);
            row.timing.kind = kind;
            row.timing.event = event.map(str::to_owned);
        }
        let undated = row.timing.kind == TimingKind::Recurring
            && row.timing.every.is_none()
            && row.timing.event.is_none();
        if undated && !row.flags.iter().any(|flag| flag == "interval-not-set") {
            row.flags.push("interval-not-set".to_owned());
        }
    }

    /// The kind of clock where the words give no time: by what kind of act it is.
    fn usual_clock(
        &self,
        row: &SuggestedObligation,
        words: &[Word<'_>],
    ) -> (TimingKind, Option<&'static str>) {
        let verb = self.verb();
        if row.modality == Modality::May {
            return (TimingKind::Conditional, None);
        }
        if find(words, 0, "revised timescales").is_some() {
            return (TimingKind::Conditional, Some("when a timescale is revised"));
        }
        let reports = matches!(self.sentence.word(self.head.clause), "reports" | "reporting")
            || find(
                &self.sentence.words,
                0,
                "such|audit|progress|and|the report|reports|reporting must|should|shall",
            )
            .is_some();
        let in_report = matches!(verb, "include" | "contain" | "set")
            || matches!(self.part.kind, PartKind::Object | PartKind::Purpose);
        if reports && in_report {
            return (TimingKind::Recurring, Some("each report"));
        }
        if verb == "attend" {
            return (TimingKind::Recurring, Some("each meeting"));
        }
        let telling =
            row.theme == "reporting" || matches!(verb, "report" | "reported" | "highlight" | "notify");
        let checking = row.theme == "quality-assurance"
            && !matches!(verb, "prepared" | "focus" | "implemented")
            || find(words, 0, "confirms|confirm").is_some();
        if (telling || checking) && !matches!(verb, "implement" | "develop" | "establish" | "agree") {
            return (TimingKind::Recurring, None);
        }
        let kept_on_file = verb == "set" && find(words, 0, "set out ..6 on each|every").is_some();
        if kept_on_file {
            return (TimingKind::Continuous, None);
        }
        if verbs::is_making(verb) || matches!(verb, "consider" | "given") {
            return (TimingKind::None, None);
        }
        (TimingKind::Continuous, None)
    }

    /// The verb that says what is to be done.
    fn verb(&self) -> &str {
        let own = match &self.part.kind {
            PartKind::Main | PartKind::Condition | PartKind::Object => self.head.verb,
            PartKind::Clause(head) | PartKind::Relative(head) => head.verb,
            PartKind::Verb | PartKind::Content | PartKind::Purpose => self.part.from,
        };
        self.sentence.word(own)
    }
}
