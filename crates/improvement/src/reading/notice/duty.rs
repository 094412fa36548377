//! Makes suggested rows of one sentence: its parts with their strength, bearer, clock, evidence, theme and the words
//! that gave each.

use vocabulary::party::Party;

use super::bearer::{self, Bearers};
use super::chapeau::Lead;
use super::evidence;
use super::extra::{self, Aside};
use super::modality::{self, Form, Head};
use super::parties::Mention;
use super::segment::Block;
use super::sense::Sentence;
use super::split::{self, Part, PartKind};
use super::theme;
use super::timing::Found;
use super::verbs;
use super::words::{Word, find};
use crate::reading::source::LineIndex;
use crate::reading::{BearerRule, Cue, Modality, Span, SuggestedObligation};
use crate::timing::{Timing, TimingKind};

/// Where a sentence stands and what holds there.
#[derive(Debug)]
pub struct Place<'a> {
    /// The block it belongs to.
    pub block: &'a Block,
    /// The lines of the document.
    pub lines: &'a LineIndex,
    /// The given text.
    pub given: &'a str,
    /// The heading above.
    pub heading: &'a str,
    /// What the lists above hand down, and whether anything does.
    pub lead: &'a Lead,
    /// Whether the lead comes from a real lead-in or list.
    pub led: bool,
    /// The bearers of the duty before.
    pub previous: &'a [Party],
    /// The clock of the duty before.
    pub previous_timing: Option<&'a Timing>,
    /// Whether the sentence opens its block.
    pub first: bool,
    /// Where the sentence's own duty ends, when it is a lead-in.
    pub until: Option<usize>,
}

/// The rows of one sentence; references are put in later.
pub fn rows(sentence: &Sentence<'_>, place: &Place<'_>) -> Vec<SuggestedObligation> {
    let Some(head) = binding(sentence, place) else { return Vec::new() };
    let asides = extra::asides(sentence);
    let to = place.until.unwrap_or(sentence.words.len());
    let mut parts = split::parts(sentence, &head);
    parts.retain(|part| part.from < to);
    parts.iter_mut().for_each(|part| settle(part, to, sentence.words.len()));
    parts.retain(|part| {
        let (from, to) = sentence.without_marks(part.from, part.to);
        from < to
    });
    let main = bearer::of_main(
        sentence,
        &head,
        parts.first().map_or(to, |part| part.to),
        above(place),
        place.previous,
    );
    let main = appointee(sentence, &head, main, &asides);
    let mut rows: Vec<(usize, Vec<SuggestedObligation>)> = Vec::new();
    let mut running = (main.clone(), head.modality);
    let replaced = asides.iter().any(|aside| aside.replaces_main);
    for part in &parts {
        if replaced && matches!(part.kind, PartKind::Main) {
            continue;
        }
        let bearers = if matches!(part.kind, PartKind::Main) {
            main.clone()
        } else {
            bearer::of_part(sentence, part, &running.0, above(place))
        };
        if let PartKind::Clause(own) | PartKind::Relative(own) = &part.kind {
            running = (bearers.clone(), own.modality);
        }
        rows.push((
            part.from,
            PartRow { sentence, place, head: &head, part, parts: parts.len(), bearers, modality: running.1 }
                .rows(),
        ));
    }
    share_deadline(&mut rows);
    rows.extend(asides.iter().map(|aside| (aside.words.0, vec![aside_row(sentence, place, aside)])));
    rows.sort_by_key(|(from, _)| *from);
    rows.into_iter().flat_map(|(_, rows)| rows).collect()
}

/// Keeps a part's ranges in order and within the sentence, however odd the sentence.
fn settle(part: &mut Part, to: usize, length: usize) {
    part.to = part.to.min(to).max(part.from);
    for borrowed in [&mut part.before, &mut part.after].into_iter().flatten() {
        borrowed.0 = borrowed.0.min(length);
        borrowed.1 = borrowed.1.clamp(borrowed.0, length);
    }
}

fn above<'a>(place: &Place<'a>) -> &'a [Party] {
    &place.lead.bearers
}

/// The binding word, or what the lead-in makes of a sentence without one.
fn binding(sentence: &Sentence<'_>, place: &Place<'_>) -> Option<Head> {
    if let Some(head) = modality::head(sentence) {
        return (!describes_risk(sentence, &head) && !powerless(sentence, &head, place)).then_some(head);
    }
    let command = modality::command(sentence);
    if let Some(mut head) = command.filter(|head| place.led || clear_command(sentence, head)) {
        if place.led {
            head.modality = place.lead.modality;
        }
        return Some(head);
    }
    let short = sentence.words.iter().filter(|word| !word.is_mark()).count() < 2;
    if !place.led || short {
        return None;
    }
    let bare = Head {
        modality: place.lead.modality,
        form: Form::Outcome,
        cue: (0, 1),
        clause: 0,
        verb: 0,
        passive: false,
    };
    if place.lead.takes_nouns && place.first {
        return Some(Head { form: Form::Noun, ..bare });
    }
    (place.first || states_outcome(sentence)).then_some(bare)
}

/// Outside lists only a command with an unmistakable verb counts.
fn clear_command(sentence: &Sentence<'_>, head: &Head) -> bool {
    let verb = sentence.word(head.verb);
    verbs::is_clear_imperative(verb) && head.cue.0 == head.verb && sentence.words.len() >= 4
}

/// "As part of this that audits are undertaken by ..." in a list item.
fn states_outcome(sentence: &Sentence<'_>) -> bool {
    find(&sentence.words, 0, "are|is ?also ?fully ?regularly undertaken|carried|reported|shared|completed|held|made|provided|implemented|recorded|reviewed|supported").is_some()
}

/// "Children may be at risk" tells, it empowers nobody.
fn describes_risk(sentence: &Sentence<'_>, head: &Head) -> bool {
    if head.modality != Modality::May {
        return false;
    }
    let acting = bearer::subject(sentence, head.clause, head.cue.0).is_some();
    let power = matches!(
        sentence.word(head.verb),
        "include"
            | "cover"
            | "lead"
            | "result"
            | "be"
            | "amended"
            | "varied"
            | "published"
            | "required"
            | "extended"
            | "revoked"
            | "appointed"
            | "revised"
            | "invited"
            | "comprise"
            | "form"
            | "also"
    );
    let using = sentence.words.iter().any(|word| matches!(word.text, "powers" | "direction"));
    !(acting || power || using)
}

/// A power or prospect told outside any list, of nobody in the field.
fn powerless(sentence: &Sentence<'_>, head: &Head, place: &Place<'_>) -> bool {
    let will = sentence.word(head.cue.0) == "will";
    let named = !sentence.mentions.is_empty();
    let helps = will
        && matches!(sentence.word(head.verb), "help" | "enable" | "allow" | "assist")
        && bearer::subject(sentence, head.clause, head.cue.0).is_none();
    helps || (will && !named && !place.led && !head.passive)
}

/// A person yet to be appointed bears under the name the sentence gives the role.
fn appointee(sentence: &Sentence<'_>, head: &Head, main: Bearers, asides: &[Aside]) -> Bearers {
    if asides.iter().any(|aside| aside.replaces_main) {
        let role = sentence.mentions.iter().find(|mention| {
            mention.to <= head.cue.0
                && [Party::ADVISER, Party::COMMISSIONER, Party::CHAIR].contains(&mention.party)
        });
        return role.map_or(main, |mention| Bearers {
            parties: vec![mention.party.clone()],
            rule: BearerRule::All,
            inferred: false,
            cue: Some((mention.from, mention.to)),
        });
    }
    let appointed = asides.iter().any(|aside| {
        !aside.replaces_main && aside.words.1 <= head.cue.0 && aside.text.starts_with("Appoint")
    });
    if !appointed {
        return main;
    }
    let role = [Party::ADVISER, Party::COMMISSIONER, Party::CHAIR].into_iter().find(|party| {
        sentence.cased.to_ascii_lowercase().contains(&format!("\"the {party}\""))
            || sentence.cased.to_ascii_lowercase().contains(&format!("the \"{party}\""))
    });
    role.map_or(main, |party| Bearers {
        parties: vec![party],
        rule: BearerRule::All,
        inferred: false,
        cue: Some((head.clause, head.cue.0)),
    })
}

/// "Prepare a plan and submit it by 31 March": the last date holds for what comes before it.
fn share_deadline(rows: &mut [(usize, Vec<SuggestedObligation>)]) {
    let Some((last, before)) = rows.split_last_mut() else { return };
    let Some(source) = last.1.last().filter(|row| {
        last.1.len() == 1
            && matches!(row.timing.kind, TimingKind::OneOffAbsolute | TimingKind::OneOffRelative)
            && !row.timing.text.is_empty()
    }) else {
        return;
    };
    let shares = source.flags.iter().any(|flag| flag == "shares-deadline");
    for row in before.iter_mut().flat_map(|(_, rows)| rows).filter(|row| shares && row.timing.text.is_empty())
    {
        row.timing = source.timing.clone();
        row.flags.retain(|flag| flag != "interval-not-set");
        row.flags.push("shares-deadline".to_owned());
    }
}

/// One part of a sentence on its way to a row.
pub(super) struct PartRow<'s, 'a> {
    pub(super) sentence: &'s Sentence<'a>,
    pub(super) place: &'s Place<'s>,
    pub(super) head: &'s Head,
    pub(super) part: &'s Part,
    pub(super) parts: usize,
    pub(super) bearers: Bearers,
    pub(super) modality: Modality,
}

impl PartRow<'_, '_> {
    fn rows(&self) -> Vec<SuggestedObligation> {
        let found = self.time();
        let base = self.base(found.as_ref());
        let Some(found) = found else { return vec![base] };
        let several_dates = found.timing.kind == TimingKind::OneOffAbsolute && found.timing.dates.len() > 1;
        if several_dates {
            return found
                .timing
                .dates
                .iter()
                .map(|date| dated(&base, |timing| timing.dates = vec![*date]))
                .collect();
        }
        if found.offsets.len() > 1 {
            return found
                .offsets
                .iter()
                .map(|offset| dated(&base, |timing| timing.offset = Some(*offset)))
                .collect();
        }
        vec![base]
    }

    fn base(&self, found: Option<&Found>) -> SuggestedObligation {
        let sentence = self.sentence;
        let (from, to) = sentence.without_marks(self.part.from, self.part.to);
        let words = self.own_words();
        let around = self.words_for_theme();
        let (theme, theme_cue) = theme::of(&around, self.place.heading);
        let mut row = SuggestedObligation {
            reference: String::new(),
            text: self.text(),
            line: 0,
            span: [0, 0],
            bearers: self.bearers.parties.clone(),
            bearer_rule: self.bearers.rule,
            counterparties: Vec::new(),
            modality: self.modality,
            timing: found.map(|found| found.timing.clone()).unwrap_or_default(),
            evidence: Vec::new(),
            theme: theme.to_owned(),
            confidence: 0.0,
            flags: Vec::new(),
            cues: Vec::new(),
        };
        row.span = span_of(sentence, self.place.block, self.place.given, from, to);
        row.line = self.place.lines.line_of(row.span[0]);
        self.note_cues(&mut row, found, theme_cue.map(|cue| byte_range(&around, cue)));
        self.note_counterparties(&mut row, from, to);
        self.settle_timing(&mut row, found, &words);
        self.note_flags(&mut row, found);
        row
    }

    /// The part's words with those it borrows after it.
    pub(super) fn own_words(&self) -> Vec<Word<'_>> {
        let all = &self.sentence.words;
        let mut words: Vec<Word<'_>> =
            all[self.part.from.min(all.len())..self.part.to.min(all.len())].to_vec();
        if let Some((from, to)) = self.part.after {
            words.extend_from_slice(&all[from.min(all.len())..to.min(all.len())]);
        }
        words
    }

    /// A purpose or object is about what its sentence is about; other parts are about their own words.
    fn words_for_theme(&self) -> Vec<Word<'_>> {
        if matches!(self.part.kind, PartKind::Purpose) {
            return self.sentence.words.clone();
        }
        let mut words: Vec<Word<'_>> = self
            .part
            .before
            .map(|(from, to)| self.sentence.words[from..to.max(from)].to_vec())
            .unwrap_or_default();
        words.extend(self.own_words());
        words
    }

    fn text(&self) -> String {
        let sentence = self.sentence;
        let own = sentence.printed(self.part.from, self.part.to);
        let mut text = String::new();
        if self.head.form == Form::Noun && !self.place.lead.phrase.is_empty() {
            text.push_str(&self.place.lead.phrase);
            text.push(' ');
        }
        let relative = matches!(&self.part.kind, PartKind::Relative(head) if !head.passive);
        // ", and must report" says again how strongly it binds, and whom it binds further up.
        let bare = matches!(sentence.word(self.part.from), "must" | "shall" | "should" | "will" | "may");
        let named = self.bearers.cue.filter(|_| relative || bare);
        if let Some((from, to)) = named.or(self.part.before) {
            let from = from - usize::from(bare && from > 0 && sentence.word(from - 1) == "the");
            text.push_str(sentence.printed(from, to));
            text.push(' ');
        }
        text.push_str(own);
        if let Some((from, to)) = self.part.after {
            text.push_str(if from == self.head.clause && from > 0 { ", " } else { " " });
            text.push_str(sentence.printed(from, to));
        }
        let plain = without_lead_words(&text);
        vocabulary::words::sentence_case(plain.trim_end_matches(['.', ',', ';', ' ']))
    }

    fn note_cues(&self, row: &mut SuggestedObligation, found: Option<&Found>, theme: Option<(usize, usize)>) {
        let sentence = self.sentence;
        let own = match &self.part.kind {
            PartKind::Clause(head) | PartKind::Relative(head) => head.cue,
            _ => self.head.cue,
        };
        let printed = self.head.form != Form::Outcome && self.head.form != Form::Noun;
        if printed || matches!(self.part.kind, PartKind::Clause(_) | PartKind::Relative(_)) {
            row.cues.push(self.cue(
                "modality",
                sentence.words[own.0].start,
                sentence.words[own.1.min(sentence.words.len()) - 1].end,
            ));
        }
        if (self.place.led && self.head.form != Form::Modal)
            && let Some((text, span)) = &self.place.lead.cue
        {
            row.cues.push(Cue { field: "modality".to_owned(), text: text.clone(), span: *span });
        }
        if let Some((from, to)) = self.bearers.cue {
            row.cues.push(self.cue("bearer", sentence.words[from].start, sentence.words[to - 1].end));
        }
        if let Some(found) = found.filter(|found| found.cue.0 < found.cue.1) {
            row.cues.push(self.cue("timing", found.cue.0, found.cue.1));
        }
        for (from, to) in evidence::asked(&sentence.words[self.part.from..self.part.to]) {
            let (from, to) =
                (sentence.words[self.part.from + from].start, sentence.words[self.part.from + to - 1].end);
            row.evidence.push(sentence.cased[from..to].to_owned());
            row.cues.push(self.cue("evidence", from, to));
        }
        if let Some((from, to)) = theme {
            row.cues.push(self.cue("theme", from, to));
        }
    }

    fn cue(&self, field: &str, from: usize, to: usize) -> Cue {
        Cue {
            field: field.to_owned(),
            text: self.sentence.cased[from..to].to_owned(),
            span: origin_span(self.place.block, self.place.given, from, to),
        }
    }

    fn note_counterparties(&self, row: &mut SuggestedObligation, from: usize, to: usize) {
        let asking = self.head.passive && matches!(self.sentence.word(self.head.verb), "agreed" | "approved");
        for mention in
            self.sentence.mentions.iter().filter(|mention| mention.from >= from && mention.to <= to)
        {
            if row.bearers.contains(&mention.party)
                || row.counterparties.contains(&mention.party)
                || !self.is_addressed(mention, asking)
            {
                continue;
            }
            row.counterparties.push(mention.party.clone());
            let (start, end) =
                (self.sentence.words[mention.from].start, self.sentence.words[mention.to - 1].end);
            row.cues.push(self.cue("counterparty", start, end));
        }
    }

    /// Whether somebody is told, served or worked with, and not only mentioned.
    fn is_addressed(&self, mention: &Mention, asking: bool) -> bool {
        let mut at = mention.from;
        while at > 0
            && matches!(
                self.sentence.word(at - 1),
                "the" | "a" | "an" | "its" | "their" | "all" | "each" | "both" | "that"
            )
        {
            at -= 1;
        }
        let before = if at == 0 { "" } else { self.sentence.word(at - 1) };
        let joined = matches!(before, "and" | ",")
            && self.sentence.mentions.iter().any(|other| {
                other.to < mention.from && mention.from - other.to <= 3 && self.is_addressed(other, asking)
            });
        let object = at == self.head.verb + 1 && !mention.possessive;
        let receiver = self.sentence.word(self.head.verb) == "receive" && mention.to <= self.head.cue.0;
        matches!(before, "to" | "with") || (before == "by" && asking) || joined || object || receiver
    }

    fn note_flags(&self, row: &mut SuggestedObligation, found: Option<&Found>) {
        let mut confidence: f64 = match self.head.form {
            Form::Modal => 0.92,
            Form::Command => 0.86,
            Form::Noun => 0.78,
            Form::Outcome => 0.5,
        };
        if self.head.form == Form::Outcome {
            row.flags.push("outcome-statement".to_owned());
        }
        if self.parts > 1 {
            confidence -= 0.08;
            row.flags.push("split".to_owned());
        }
        if self.bearers.inferred {
            confidence -= if self.head.form == Form::Modal { 0.15 } else { 0.05 };
            if self.head.form == Form::Modal {
                row.flags.push("bearer-inferred".to_owned());
            }
        }
        if self.place.lead.takes_nouns && self.place.lead.modality == Modality::May && self.place.led {
            row.flags.push("optional-list".to_owned());
        }
        if self.head.form == Form::Modal && sentence_word_is_not(self.sentence, self.head.cue.1) {
            row.flags.push("prohibition".to_owned());
        }
        if matches!(self.part.kind, PartKind::Purpose) {
            row.flags.push("aim".to_owned());
        }
        for flag in found.iter().flat_map(|found| &found.flags) {
            if !row.flags.iter().any(|known| known == flag) {
                row.flags.push((*flag).to_owned());
            }
            confidence -= 0.05;
        }
        let own_clause = matches!(self.part.kind, PartKind::Verb | PartKind::Content | PartKind::Object);
        let deadline = matches!(row.timing.kind, TimingKind::OneOffAbsolute | TimingKind::OneOffRelative);
        if own_clause
            && deadline
            && found.is_some_and(|found| found.cue.0 < found.cue.1)
            && self.head.form != Form::Outcome
            && row.timing.dates.len() < 2
            && self.follows_plainly()
        {
            row.flags.push("shares-deadline".to_owned());
        }
        row.confidence = (confidence.clamp(0.2, 0.99) * 100.0).round() / 100.0;
    }

    /// Whether the deadline of this part can be that of the one before: not after "followed by".
    fn follows_plainly(&self) -> bool {
        self.part.from < 2 || self.sentence.word(self.part.from - 1) != "by"
    }
}

fn sentence_word_is_not(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.word(at) == "not"
}

fn dated(base: &SuggestedObligation, change: impl Fn(&mut Timing)) -> SuggestedObligation {
    let mut row = base.clone();
    change(&mut row.timing);
    if !row.flags.iter().any(|flag| flag == "split") {
        row.flags.push("split".to_owned());
    }
    row
}

fn without_lead_words(text: &str) -> &str {
    let mut plain = text.trim();
    for word in [
        "and ",
        "that ",
        "to ",
        "also ",
        "as part of this, ",
        "As part of this ",
        "In particular, ",
        "or ",
        "by ",
    ] {
        plain = plain.strip_prefix(word).unwrap_or(plain);
    }
    plain
}

/// The bytes of a range of words, without marks at its end.
pub(super) fn byte_range(words: &[Word<'_>], cue: (usize, usize)) -> (usize, usize) {
    let start = words[cue.0.min(words.len() - 1)].start;
    let mut last = cue.1.saturating_sub(1).clamp(cue.0, words.len() - 1);
    while last > cue.0 && words[last].is_mark() {
        last -= 1;
    }
    (start, words[last].end.max(start))
}

/// The given text behind bytes `from..to` of a block's cleaned text.
pub fn origin_span(block: &Block, given: &str, from: usize, to: usize) -> Span {
    let origin = &block.cleaned.origin;
    let start = origin.get(from).copied().unwrap_or_else(|| block.span()[0]);
    let last = to.checked_sub(1).and_then(|at| origin.get(at)).copied().unwrap_or(start).max(start);
    let length = given[last..].chars().next().map_or(0, char::len_utf8);
    [start, last + length]
}

fn span_of(sentence: &Sentence<'_>, block: &Block, given: &str, from: usize, to: usize) -> Span {
    if from >= to {
        return origin_span(block, given, 0, 1);
    }
    origin_span(block, given, sentence.words[from].start, sentence.words[to - 1].end)
}

fn aside_row(sentence: &Sentence<'_>, place: &Place<'_>, aside: &Aside) -> SuggestedObligation {
    let (from, to) = aside.words;
    let words = &sentence.words[from..to];
    let (theme, _) = theme::of(words, place.heading);
    let span = span_of(sentence, place.block, place.given, from, to);
    let named = span_of(sentence, place.block, place.given, aside.named.0, aside.named.1);
    let when = if aside.kind == TimingKind::Conditional {
        sentence.printed(from, to).to_owned()
    } else {
        String::new()
    };
    SuggestedObligation {
        reference: String::new(),
        text: aside.text.clone(),
        line: place.lines.line_of(span[0]),
        span,
        bearers: vec![aside.bearer.clone()],
        bearer_rule: BearerRule::All,
        counterparties: Vec::new(),
        modality: aside.modality,
        timing: Timing { kind: aside.kind, text: when, ..Timing::default() },
        evidence: Vec::new(),
        theme: theme.to_owned(),
        confidence: 0.7,
        flags: vec!["split".to_owned(), "aside".to_owned()],
        cues: vec![
            Cue { field: "modality".to_owned(), text: sentence.printed(from, to).to_owned(), span },
            Cue {
                field: "bearer".to_owned(),
                text: sentence.printed(aside.named.0, aside.named.1).to_owned(),
                span: named,
            },
        ],
    }
}
