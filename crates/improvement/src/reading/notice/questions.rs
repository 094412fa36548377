//! What the words leave open, as plain questions to a person, with the answers the document itself offers.

use vocabulary::date::PartialDate;
use vocabulary::party::Party;

use super::dates::dates;
use super::duty::origin_span;
use super::parties::Names;
use super::register::{Noted, Register};
use super::segment::{Block, BlockKind};
use super::sense::Sentence;
use super::words::{Word, find, has};
use crate::reading::{Document, DocumentKind, Question, Span, SuggestedObligation};
use crate::timing::{AnchorKind, TimingKind};

/// Flags every row whose clock runs from a day the document does not print.
pub fn mark_anchors(rows: &mut [SuggestedObligation], issued: bool) {
    for row in rows.iter_mut().filter(|row| row.timing.kind == TimingKind::OneOffRelative) {
        let missing = match row.timing.anchor {
            Some(AnchorKind::Issued | AnchorKind::Dated) => !issued,
            Some(
                AnchorKind::Received
                | AnchorKind::Commenced
                | AnchorKind::Ended
                | AnchorKind::Published
                | AnchorKind::Judged,
            ) => true,
            _ => false,
        };
        if missing && !row.flags.iter().any(|flag| flag == "anchor-missing") {
            row.flags.push("anchor-missing".to_owned());
        }
    }
}

/// Every question the document raises, in the order of their kinds.
pub fn ask(
    register: &Register,
    blocks: &[Block],
    lowers: &[String],
    names: &Names,
    document: &Document,
    given: &str,
) -> Vec<Question> {
    let asker = Asker { register, blocks, lowers, names, document, given };
    let mut questions = Vec::new();
    asker.kind(&mut questions);
    asker.anchors(&mut questions);
    asker.sentences(&mut questions);
    asker.bodies(&mut questions);
    asker.report_dates(&mut questions);
    asker.last_review(&mut questions);
    questions
}

struct Asker<'a> {
    register: &'a Register,
    blocks: &'a [Block],
    lowers: &'a [String],
    names: &'a Names,
    document: &'a Document,
    given: &'a str,
}

fn question(kind: &str, text: String, span: Span, candidates: Vec<String>) -> Question {
    Question { kind: kind.to_owned(), text, span, candidates }
}

/// How an anchor is called in a question.
fn anchor_name(anchor: AnchorKind) -> &'static str {
    match anchor {
        AnchorKind::Issued => "the day the document was issued",
        AnchorKind::Dated => "the date written on the document",
        AnchorKind::Received => "the day the council received it",
        AnchorKind::Commenced => "the day it commenced",
        AnchorKind::Published => "the day the report was published",
        AnchorKind::Judged => "the day of the judgement",
        AnchorKind::Visit => "the visit",
        AnchorKind::Meeting => "the meeting",
        AnchorKind::Review => "the review",
        AnchorKind::Ended => "the day the document ceases to have effect",
    }
}

impl Asker<'_> {
    fn kind(&self, questions: &mut Vec<Question>) {
        if self.document.kind != DocumentKind::Unknown {
            return;
        }
        let span =
            self.blocks.iter().find(|block| block.kind != BlockKind::Noise).map_or([0, 0], Block::span);
        let candidates = [
            "improvement notice",
            "statutory direction",
            "inspection report",
            "monitoring-visit letter",
            "none of these",
        ];
        questions.push(question(
            "document-kind",
            "What kind of document is this? Nothing in it says so plainly.".to_owned(),
            span,
            candidates.map(str::to_owned).to_vec(),
        ));
    }

    fn timing_span(row: &SuggestedObligation) -> Span {
        row.cues.iter().find(|cue| cue.field == "timing").map_or(row.span, |cue| cue.span)
    }

    fn anchors(&self, questions: &mut Vec<Question>) {
        let mut used: Vec<(AnchorKind, Span, String, usize)> = Vec::new();
        for row in self.register.rows.iter().filter(|row| row.timing.kind == TimingKind::OneOffRelative) {
            let Some(anchor) = row.timing.anchor.filter(|anchor| {
                !matches!(anchor, AnchorKind::Review | AnchorKind::Meeting | AnchorKind::Visit)
            }) else {
                continue;
            };
            if row.timing.anchor_inferred {
                questions.push(inferred(row));
                continue;
            }
            match used.iter_mut().find(|(known, _, text, _)| {
                *known == anchor && text.split(' ').next_back() == row.timing.text.split(' ').next_back()
            }) {
                Some(entry) => entry.3 += 1,
                None => used.push((anchor, Self::timing_span(row), row.timing.text.clone(), 1)),
            }
        }
        self.missing(&used, questions);
        let kinds: Vec<AnchorKind> =
            used.iter().map(|(anchor, ..)| *anchor).filter(|anchor| *anchor != AnchorKind::Ended).collect();
        let other = kinds.iter().any(|anchor| *anchor != AnchorKind::Issued);
        if let Some((_, span, ..)) = used.first().filter(|_| other || kinds.len() > 1) {
            let mut candidates: Vec<String> = vec![anchor_name(AnchorKind::Issued).to_owned()];
            for anchor in kinds {
                let name = anchor_name(anchor).to_owned();
                if !candidates.contains(&name) {
                    candidates.push(name);
                }
            }
            let text = format!(
                "Deadlines count from different days ({}). What is the date of each, and are any of them the same day?",
                candidates.join("; ")
            );
            questions.push(question("several-anchors", text, *span, candidates));
        }
    }

    /// Which days the clocks need and the document does not print.
    fn missing(&self, used: &[(AnchorKind, Span, String, usize)], questions: &mut Vec<Question>) {
        let issued = self.document.issued_on.is_some();
        for (anchor, span, text, count) in used
            .iter()
            .filter(|(anchor, ..)| !(issued && matches!(anchor, AnchorKind::Issued | AnchorKind::Dated)))
        {
            let due = if *count == 1 { "One deadline".to_owned() } else { format!("{count} deadlines") };
            let text = format!(
                "{due} (\u{201c}{text}\u{201d}) count{} from {}, and the document does not print it. Which day was it, and how do we know?",
                if *count == 1 { "s" } else { "" },
                anchor_name(*anchor)
            );
            questions.push(question("anchor-missing", text, *span, Vec::new()));
        }
        let notice = self.document.kind != DocumentKind::Unknown;
        if !issued && notice && questions.iter().all(|question| question.kind != "anchor-missing") {
            let span = self
                .blocks
                .iter()
                .find(|block| block.kind == BlockKind::Signature)
                .or_else(|| self.blocks.first())
                .map_or([0, 0], Block::span);
            let text = "The document prints no date of issue and its signature is undated. On which day was it issued, and how do we know?".to_owned();
            questions.push(question("anchor-missing", text, span, Vec::new()));
        }
    }

    fn sentence(&self, noted: &Noted) -> Sentence<'_> {
        Sentence::new(
            self.blocks[noted.block].text(),
            &self.lowers[noted.block],
            noted.from,
            noted.to,
            self.names,
        )
    }

    fn span(&self, noted: &Noted, words: &[Word<'_>], cue: (usize, usize)) -> Span {
        let last = cue.1.saturating_sub(1).clamp(cue.0, words.len() - 1);
        origin_span(&self.blocks[noted.block], self.given, words[cue.0].start, words[last].end)
    }

    fn sentences(&self, questions: &mut Vec<Question>) {
        for noted in &self.register.sentences {
            let sentence = self.sentence(noted);
            if sentence.words.is_empty() {
                continue;
            }
            let rows = &self.register.rows[noted.rows.0..noted.rows.1];
            self.consent(noted, &sentence, questions);
            Self::cadence(&sentence, rows, questions);
            self.words_that_ask(noted, &sentence, rows, questions);
            Self::set_elsewhere(rows, questions);
            self.nobody(noted, &sentence, rows, questions);
        }
    }

    /// A change of cadence needs somebody's leave.
    fn consent(&self, noted: &Noted, sentence: &Sentence<'_>, questions: &mut Vec<Question>) {
        let words = &sentence.words;
        let wish = find(
            words,
            0,
            "if|should|where ..14 wishes|wish|proposes|wants|intends ..12 this|it|change|changes must|will|should ?first ?also be agreed|approved|authorised",
        );
        let Some(cue) = wish else { return };
        let who = sentence
            .mentions
            .iter()
            .filter(|mention| mention.from >= cue.1)
            .map(|mention| mention.party.to_string())
            .collect::<Vec<_>>();
        let asked = who.first().cloned().unwrap_or_else(|| "another body".to_owned());
        let text = format!(
            "A change here needs the agreement of the {asked}; until it is given the old rule counts. Who asks for it, and who records the answer?"
        );
        questions.push(question("outside-consent", text, self.span(noted, words, cue), who));
    }

    fn cadence(sentence: &Sentence<'_>, rows: &[SuggestedObligation], questions: &mut Vec<Question>) {
        let initially = has(&sentence.words, "initially");
        for row in rows {
            let Some(every) = row.timing.every else { continue };
            let meeting = has(&sentence.words, "meet|meets|meeting|meetings");
            if !(meeting || initially) {
                continue;
            }
            let length = every.in_words();
            let text = if row.timing.at_most {
                format!(
                    "\u{201c}{}\u{201d} is read as a largest gap of {length} between two meetings. Is a gap one day longer a breach?",
                    row.timing.text
                )
            } else if initially {
                format!(
                    "\u{201c}{}\u{201d} gives an interval of {length} with no end to \u{201c}initially\u{201d}. Is it a largest gap or a usual interval, and until when does it hold?",
                    row.timing.text
                )
            } else {
                format!(
                    "\u{201c}{}\u{201d} gives a usual interval of {length}, not a largest gap. How far may two meetings lie apart?",
                    row.timing.text
                )
            };
            let candidates = vec![format!("largest gap of {length}"), format!("usual interval of {length}")];
            questions.push(question("nominal-interval", text, Self::timing_span(row), candidates));
        }
    }

    fn words_that_ask(
        &self,
        noted: &Noted,
        sentence: &Sentence<'_>,
        rows: &[SuggestedObligation],
        questions: &mut Vec<Question>,
    ) {
        let words = &sentence.words;
        if let Some(cue) = find(words, 0, "revised timescales|deadlines|timetable|dates") {
            let who = sentence
                .mentions
                .iter()
                .map(|mention| mention.party.to_string())
                .find(|party| party == "board")
                .unwrap_or_else(|| "body named".to_owned());
            let text = format!(
                "Timescales may be revised with the agreement of the {who}. Until it agrees, does the old date go on counting as overdue?"
            );
            questions.push(question(
                "revised-timescales",
                text,
                self.span(noted, words, cue),
                vec!["yes, until agreed".to_owned(), "no".to_owned()],
            ));
        }
        let amended = find(words, 0, "amendment|amendments to ?this ?the ?improvement notice|direction|directions").or_else(|| find(words, 0, "notice|direction|directions may be amended|varied|revised|replaced|extended"))
            .or_else(|| find(words, 0, "may amend|vary|revise|revoke|replace|extend ..3 this|the|these ?improvement notice|direction|directions"));
        if let Some(cue) = amended {
            let text = "The document may be amended later. Which of its clauses would a new version change, and from which day?".to_owned();
            questions.push(question("amendment", text, self.span(noted, words, cue), Vec::new()));
        }
        const INCORPORATED: &[&str] = &[
            "all|the ?areas areas|recommendations ?for ?of ?improvement|development|weakness ..6 identified|highlighted|made|set in|by ..8 report|reports|inspection",
            "all ?the areas for improvement|development identified in",
            "areas of weakness identified in ..4 report",
            "recommendations ..5 in|of ..6 inspection|peer|commissioner report|reports",
            "recommendations of the ..4 report|review",
        ];
        if let Some(cue) =
            INCORPORATED.iter().find_map(|pattern| find(words, 0, pattern)).filter(|_| !rows.is_empty())
        {
            let text = "This clause makes what another document recommends part of the register. Please load that document so that its recommendations can be listed.".to_owned();
            questions.push(question(
                "incorporated-document",
                text,
                self.span(noted, words, cue),
                self.papers(),
            ));
        }
        for row in rows.iter().filter(|row| {
            row.flags.iter().any(|flag| flag == "interval-not-set") && row.timing.text.len() > 3
        }) {
            let text = format!(
                "\u{201c}{}\u{201d} sets no interval. How often is it to be, and who decides that?",
                row.timing.text
            );
            questions.push(question("interval-not-set", text, Self::timing_span(row), Vec::new()));
        }
    }

    /// Reports the document defines or names.
    fn papers(&self) -> Vec<String> {
        self.names
            .definitions
            .iter()
            .filter(|definition| definition.term.contains("report"))
            .map(|definition| definition.printed.clone())
            .collect()
    }

    fn set_elsewhere(rows: &[SuggestedObligation], questions: &mut Vec<Question>) {
        for row in rows
            .iter()
            .filter(|row| row.timing.set_by.is_some() && row.text.to_ascii_lowercase().contains("frequency"))
        {
            let who = row.timing.set_by.as_ref().map(Party::to_string).unwrap_or_default();
            let text = format!(
                "How often this takes place is for the {who} to decide. What has it decided, and when?"
            );
            questions.push(question("set-by-another-body", text, row.span, vec![who]));
        }
    }

    /// A review "will be held", but by whom is not said.
    fn nobody(
        &self,
        noted: &Noted,
        sentence: &Sentence<'_>,
        rows: &[SuggestedObligation],
        questions: &mut Vec<Question>,
    ) {
        let held = find(
            &sentence.words,
            0,
            "review|reviews|meeting ..12 will|must|should|shall be held|conducted|undertaken|scheduled|arranged",
        );
        let Some(cue) = held else { return };
        let Some(row) = rows.iter().find(|row| row.flags.iter().any(|flag| flag == "bearer-inferred")) else {
            return;
        };
        let guess = row.bearers.iter().map(Party::to_string).collect::<Vec<_>>();
        let text = format!(
            "The words do not say who is to act here. We take it to be the {}. Is that right?",
            guess.join(" and the ")
        );
        let mut candidates = guess;
        if !candidates.iter().any(|candidate| candidate == "council") {
            candidates.push("council".to_owned());
        }
        questions.push(question("no-bearer", text, self.span(noted, &sentence.words, cue), candidates));
    }

    fn bodies(&self, questions: &mut Vec<Question>) {
        let boards: Vec<&super::parties::Definition> = self
            .names
            .definitions
            .iter()
            .filter(|definition| definition.term.ends_with("board") && definition.term != "board")
            .collect();
        let defined = self.names.definitions.iter().any(|definition| definition.term == "board");
        if boards.len() > 1 && !defined {
            self.bare_boards(&boards, questions);
        }
        self.safeguarding_names(questions);
    }

    fn bare_boards(&self, boards: &[&super::parties::Definition], questions: &mut Vec<Question>) {
        for noted in &self.register.sentences {
            let sentence = self.sentence(noted);
            let bare = (1..sentence.words.len())
                .find(|at| sentence.word(*at) == "board" && sentence.word(at - 1) == "the");
            let Some(at) = bare else { continue };
            let candidates = boards.iter().map(|definition| definition.printed.clone()).collect();
            let text = "\u{201c}The Board\u{201d} is not defined, and the document speaks of more than one board. Which one is meant here?".to_owned();
            questions.push(question(
                "undefined-body",
                text,
                self.span(noted, &sentence.words, (at - 1, at + 1)),
                candidates,
            ));
        }
    }

    /// One kind of body under several names.
    fn safeguarding_names(&self, questions: &mut Vec<Question>) {
        let terms: Vec<_> = self
            .names
            .definitions
            .iter()
            .filter(|definition| definition.party.as_ref() == Some(&Party::LSCB))
            .collect();
        let unusual = terms.iter().any(|definition| definition.term != "lscb");
        let Some(first) = terms.first().filter(|_| terms.len() > 1 || unusual) else { return };
        let mut candidates: Vec<String> = terms.iter().map(|definition| definition.printed.clone()).collect();
        candidates.dedup();
        let text = format!(
            "The safeguarding body is called by several names here ({}). Are they one body?",
            candidates.join(", ")
        );
        questions.push(question(
            "several-names",
            text,
            first.span,
            vec!["one body".to_owned(), "different bodies".to_owned()],
        ));
    }

    /// The dates printed for the report the document rests on.
    fn report_dates(&self, questions: &mut Vec<Question>) {
        let mut found: Vec<(PartialDate, Span)> = Vec::new();
        for noted in &self.register.sentences {
            let sentence = self.sentence(noted);
            for (date, from, to) in dates(&sentence.words) {
                if is_report_date(&sentence.words, from) {
                    found.push((date, self.span(noted, &sentence.words, (from, to))));
                }
            }
        }
        for (date, span) in
            found.iter().filter(|(date, _)| matches!(date, PartialDate::DayOfUnknownYear { .. }))
        {
            let candidates = found
                .iter()
                .map(|(other, _)| other.in_words())
                .filter(|other| *other != date.in_words())
                .collect();
            let text =
                format!("A date is printed without its year ({}). Which year is meant?", date.in_words());
            questions.push(question("partial-date", text, *span, candidates));
        }
        let mut distinct: Vec<String> = Vec::new();
        for (date, _) in &found {
            let words = date.in_words();
            if !distinct.contains(&words) {
                distinct.push(words);
            }
        }
        if let Some((_, span)) = found.last().filter(|_| distinct.len() > 1) {
            let text = format!(
                "The report it rests on is given different dates ({}). Is this one report, and which date is right?",
                distinct.join("; ")
            );
            questions.push(question("conflicting-dates", text, *span, distinct));
        }
    }

    /// A target that falls before the last review, or after it.
    fn last_review(&self, questions: &mut Vec<Question>) {
        let absolute =
            || self.register.rows.iter().filter(|row| row.timing.kind == TimingKind::OneOffAbsolute);
        let last =
            |row: &SuggestedObligation| row.timing.dates.iter().filter_map(|date| date.last_day()).max();
        let review = absolute()
            .filter(|row| row.theme == "review")
            .filter_map(|row| last(row).map(|day| (day, row)))
            .max_by_key(|(day, _)| *day);
        let target =
            absolute().filter(|row| row.theme != "review" && row.theme != "reporting").filter_map(last).max();
        let (Some((review, row)), Some(target)) = (review, target) else { return };
        if review != target {
            let text = format!(
                "The last target falls in {} and the last review in {}. What holds between the two, and when does the document end?",
                vocabulary::date::day_in_words(target),
                vocabulary::date::day_in_words(review)
            );
            questions.push(question("target-after-last-review", text, Self::timing_span(row), Vec::new()));
        }
    }
}

fn inferred(row: &SuggestedObligation) -> Question {
    let span = Asker::timing_span(row);
    let text = format!(
        "\u{201c}{}\u{201d} does not say from which day. We take it to be the day of issue. Is that right?",
        row.timing.text
    );
    let candidates = vec![
        anchor_name(AnchorKind::Issued).to_owned(),
        anchor_name(AnchorKind::Dated).to_owned(),
        anchor_name(AnchorKind::Received).to_owned(),
    ];
    question("anchor-inferred", text, span, candidates)
}

/// Whether the date at word `from` is that of an inspection report.
fn is_report_date(words: &[Word<'_>], from: usize) -> bool {
    let before = &words[from.saturating_sub(14)..from];
    let place = from - usize::from(from > 0 && matches!(words[from - 1].text, "on" | "the"));
    let printed = place > 0 && matches!(words[place - 1].text, "dated" | "published" | "of");
    let framework = before.iter().any(|word| matches!(word.text, "framework" | "act" | "guidance"));
    let report =
        before.iter().any(|word| matches!(word.text, "report" | "reports" | "inspection" | "ofsted"));
    printed && report && !framework
}
