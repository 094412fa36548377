//! The complete list of what must improve, each item whole and free of page furniture.
//!
//! Item numbers may run on into the strengths that follow, the board's list may go on with the council's numbers or
//! switch to bullets, themes may stand between items, and a report may have no list at all.

use vocabulary::party::Party;

use super::headings::{self, Heading};
use super::joined::Joined;
use super::labels::{self, Label};
use super::lines::Line;
use crate::reading::Recommendation;

/// An item with the lines it takes.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// What is read.
    pub recommendation: Recommendation,
    /// First and last line, by index; furniture between them belongs to the span.
    pub lines: [usize; 2],
    /// The label as printed.
    pub label: String,
}

/// All items after the cover of a report (of the council or of its board), and the indices of the heading lines that lead to them.
pub(crate) fn read(lines: &[Line<'_>], cover_end: usize, about_board: bool) -> (Vec<Item>, Vec<usize>) {
    let mut items = Vec::new();
    let mut chapeaux = Vec::new();
    let mut board_part = about_board;
    let mut index = 0;
    while index < lines.len() {
        let prose = lines[index].is_prose();
        if prose
            && index >= cover_end
            && let Some(board) = headings::part_of_board(lines[index].text)
        {
            board_part = board;
        }
        match headings::heading_at(lines, index) {
            Some((heading @ (Heading::Opens { .. } | Heading::Groups(_)), used)) => {
                let mut list = List::open(lines, index, used, &heading, board_part);
                list.run();
                index = list.next.max(index + used);
                let found = list.items();
                if !found.is_empty() {
                    chapeaux.extend(list.chapeaux);
                    items.extend(found);
                }
            }
            _ => index += 1,
        }
    }
    number_the_unnumbered(&mut items);
    (items, chapeaux)
}

/// Items without a printed number are counted in order, over the whole report.
fn number_the_unnumbered(items: &mut [Item]) {
    for (order, item) in items.iter_mut().enumerate() {
        if item.recommendation.reference.is_empty() {
            item.recommendation.reference = (order + 1).to_string();
        }
    }
}

#[derive(Debug)]
struct Draft {
    label: Option<Label>,
    lines: Vec<usize>,
    words: Joined,
    group: Option<String>,
    board: bool,
    nested: bool,
}

struct List<'l, 't> {
    lines: &'l [Line<'t>],
    next: usize,
    board: bool,
    certain: bool,
    /// Priority or deadline, then theme.
    groups: [Option<String>; 2],
    drafts: Vec<Draft>,
    chapeaux: Vec<usize>,
    hanging: bool,
    /// A heading or lead-in stands since the last item.
    broken: bool,
    intro: usize,
}

impl<'l, 't> List<'l, 't> {
    fn open(lines: &'l [Line<'t>], index: usize, used: usize, heading: &Heading, board_part: bool) -> Self {
        let (board, certain) = match heading {
            Heading::Opens { board, certain } => (*board || board_part, *certain),
            _ => (board_part, false),
        };
        let mut list = Self {
            lines,
            next: index + used,
            board,
            certain,
            groups: [None, None],
            drafts: Vec::new(),
            chapeaux: (index..index + used).collect(),
            hanging: false,
            broken: true,
            intro: 0,
        };
        list.group_by(heading, lines[index].text);
        list
    }

    fn group_by(&mut self, heading: &Heading, printed: &str) {
        match heading {
            Heading::Groups(group) => self.groups = [Some(group.clone()), None],
            Heading::Opens { certain: false, .. } if headings::plain(printed).starts_with("areas for") => {
                self.groups = [Some(printed.trim_end_matches([':', ' ']).to_owned()), None];
            }
            _ => self.groups = [None, None],
        }
        self.broken = true;
    }

    fn run(&mut self) {
        while self.next < self.lines.len() {
            let index = self.next;
            if !self.lines[index].is_prose() {
                self.next += 1;
                continue;
            }
            if !self.step(index) {
                break;
            }
        }
        if self.drafts.is_empty() {
            self.paragraphs();
        }
    }

    /// Takes the line at `index`; false ends the list before it.
    fn step(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        if let Some((label, rest)) = labels::label(line.text) {
            return self.labelled(index, label, rest);
        }
        if self.goes_on(index) {
            return self.append(index);
        }
        match headings::heading_at(self.lines, index) {
            Some((Heading::Closes, _)) if !self.is_theme(index) => return false,
            Some((heading @ Heading::Groups(_), used)) => return self.heading(index, used, &heading),
            Some((heading @ Heading::Opens { board, .. }, used)) => {
                let own_list = headings::plain(line.text).starts_with("areas for") && (!board || self.board);
                return own_list && self.heading(index, used, &heading);
            }
            Some((Heading::Closes, _)) | None => {}
        }
        self.unlabelled(index)
    }

    /// A numbered paragraph that only leads to the list ("should take the following action") is no item.
    fn drop_lead_in(&mut self) -> bool {
        let leads = self.drafts.last().is_some_and(|draft| {
            let lower = draft.words.text.to_lowercase();
            lower.contains("following action") || lower.starts_with("in order to improve")
        });
        if leads && let Some(draft) = self.drafts.pop() {
            self.chapeaux.extend(draft.lines);
        }
        leads
    }

    fn heading(&mut self, index: usize, used: usize, heading: &Heading) -> bool {
        self.drop_lead_in();
        self.group_by(heading, self.lines[index].text);
        self.chapeaux.extend(index..index + used);
        self.next = index + used;
        true
    }

    fn labelled(&mut self, index: usize, label: Label, rest: &str) -> bool {
        let line = &self.lines[index];
        let style = self.drafts.last().and_then(|draft| draft.label);
        let open = self.drafts.last().is_some_and(|draft| !draft.words.text.is_empty()) && !self.broken;
        match (style, label) {
            (Some(Label::Number { number: last, dotted }), Label::Number { number, dotted: now }) => {
                let follows = number > last && number <= last + 3 && dotted == now;
                if !follows && open {
                    return if number == 1 && self.ends_whole() { false } else { self.append(index) };
                }
            }
            (Some(Label::Number { .. }), Label::Bullet(glyph)) if open && !self.drop_lead_in() => {
                return if self.is_dash_in_prose(glyph) { self.append(index) } else { self.nest(index) };
            }
            (Some(Label::Bullet(one)), Label::Bullet(glyph))
                if open && labels::is_plain(glyph) && !labels::is_plain(one) =>
            {
                return if self.is_dash_in_prose(glyph) { self.append(index) } else { self.nest(index) };
            }
            (Some(Label::Bullet(_)), Label::Number { .. }) if open => {
                return if self.ends_whole() || line.blank_above { false } else { self.append(index) };
            }
            (Some(one @ Label::Bullet(_)), other @ Label::Bullet(_)) if open && !one.same_style(other) => {
                let deeper = self
                    .drafts
                    .last()
                    .is_some_and(|draft| line.indent > self.lines[draft.lines[0]].indent + 1);
                if deeper || self.ends_in_colon() || self.nested() {
                    return self.nest(index);
                }
            }
            _ => {}
        }
        self.begin(index, Some(label), rest);
        true
    }

    fn begin(&mut self, index: usize, label: Option<Label>, rest: &str) {
        let line = &self.lines[index];
        let mut words = Joined::default();
        words.push(rest, line.span[1] - rest.len());
        let group = match &self.groups {
            [Some(one), Some(two)] => Some(format!("{one}: {two}")),
            [one, two] => one.clone().or_else(|| two.clone()),
        };
        self.drafts.push(Draft { label, lines: vec![index], words, group, board: self.board, nested: false });
        self.broken = false;
        self.next = index + 1;
    }

    fn append(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        if let Some(draft) = self.drafts.last_mut() {
            let first = &self.lines[draft.lines[0]];
            self.hanging |= line.page == first.page && line.indent > first.indent + 1;
            draft.words.push(line.text, line.span[0]);
            draft.lines.push(index);
        }
        self.next = index + 1;
        true
    }

    /// A point inside an item: its words belong to the item, its glyph does not.
    fn nest(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let rest = labels::label(line.text).map_or(line.text, |(_, rest)| rest);
        if let Some(draft) = self.drafts.last_mut() {
            draft.words.push(rest, line.span[1] - rest.len());
            draft.lines.push(index);
            draft.nested = true;
        }
        self.next = index + 1;
        true
    }

    /// A dash that opens a line in the middle of a sentence is no bullet.
    fn is_dash_in_prose(&self, glyph: char) -> bool {
        labels::is_plain(glyph) && !self.ends_in_colon() && !self.ends_whole() && !self.nested()
    }

    fn nested(&self) -> bool {
        self.drafts.last().is_some_and(|draft| draft.nested)
    }

    fn ends_in_colon(&self) -> bool {
        self.drafts.last().is_some_and(|draft| draft.words.text.ends_with(':'))
    }

    fn ends_whole(&self) -> bool {
        self.drafts.last().is_some_and(|draft| draft.words.text.ends_with(['.', ';', '!', '?', ')']))
    }

    /// Whether a line without a label belongs to the item before it.
    fn goes_on(&self, index: usize) -> bool {
        let Some(draft) = self.drafts.last().filter(|_| !self.broken) else { return false };
        let line = &self.lines[index];
        let last = draft.lines[draft.lines.len() - 1];
        let first = &self.lines[draft.lines[0]];
        if draft.words.text.is_empty() {
            return true;
        }
        let new_page = line.page != self.lines[last].page;
        let ended = self.ends_whole();
        if line.text.starts_with(char::is_lowercase) || (new_page && !ended && !self.is_closing(index)) {
            return true;
        }
        if line.page == first.page && line.indent > first.indent + 1 {
            return !(line.blank_above && ended);
        }
        let outside = self.hanging && line.page == first.page && line.indent <= first.indent;
        let blank = line.blank_above && !new_page;
        let heads = ended && self.heads_something(index);
        !(outside || blank || heads || self.is_closing(index))
    }

    /// The name of an area of the service between two items groups them; elsewhere the same words end the list.
    fn is_theme(&self, index: usize) -> bool {
        const AREAS: [&str; 7] = [
            "leadership",
            "the experience",
            "experience",
            "children ",
            "help and protection",
            "outcomes for",
            "adoption",
        ];
        let line = &self.lines[index];
        let plain = headings::plain(line.text);
        let area = AREAS.iter().any(|start| plain.starts_with(start)) && plain.len() < 90;
        let graded =
            ["inadequate", "improvement", "good", "outstanding"].iter().any(|grade| plain.ends_with(grade));
        let next = self.lines[index + 1..].iter().find(|line| line.is_prose());
        area && !graded
            && next.is_some_and(|next| labels::label(next.text).is_some())
            && self.leads_to_item(index)
    }

    /// A short line without an end, right above a labelled line, after an item that has ended.
    fn heads_something(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let short = line.text.len() <= 90
            && line.text.starts_with(char::is_uppercase)
            && !line.text.ends_with(['.', ';', ',']);
        let next = self.lines[index + 1..].iter().find(|line| line.is_prose());
        short && next.is_some_and(|next| labels::label(next.text).is_some())
    }

    fn is_closing(&self, index: usize) -> bool {
        headings::heading_at(self.lines, index).is_some()
    }

    /// A theme between items, a lead-in above the first, or words that say there is nothing.
    fn unlabelled(&mut self, index: usize) -> bool {
        const LONGEST_INTRO: usize = 10;
        let line = &self.lines[index];
        if headings::part_of_board(line.text) == Some(true) && !self.board {
            return false;
        }
        let theme =
            line.text.len() <= 90 && !line.text.ends_with(['.', ';', ',']) && self.leads_to_item(index);
        if theme && line.text.starts_with(char::is_uppercase) && !line.text.ends_with(':') {
            self.groups[1] = Some(line.text.to_owned());
        } else if !(self.drafts.is_empty()
            || self.broken
            || self.leads_to_item(index) && self.is_lead_in(line.text))
        {
            return false;
        } else {
            self.intro += 1;
        }
        self.chapeaux.push(index);
        self.broken = true;
        self.next = index + 1;
        self.intro <= LONGEST_INTRO
    }

    /// "The local authority should:", "There are no priority actions.": part of the list, asking nothing alone.
    fn is_lead_in(&self, text: &str) -> bool {
        text.ends_with(':') || says_none(text)
    }

    /// Whether one of the next lines is an item that carries the list on.
    fn leads_to_item(&self, index: usize) -> bool {
        const REACH: usize = 3;
        let style = self.drafts.last().and_then(|draft| draft.label);
        let mut ahead = self.lines[index + 1..].iter().filter(|line| line.is_prose()).take(REACH);
        ahead.find_map(|line| labels::label(line.text)).is_some_and(|(label, _)| match (style, label) {
            (Some(Label::Number { number: last, .. }), Label::Number { number, .. }) => number == last + 1,
            (Some(one), other) => one.same_style(other),
            (None, _) => true,
        })
    }

    /// A list whose glyphs were lost: each paragraph, or each line that starts afresh, is an item. Under a heading
    /// that need not head a list, only words that ask for something are taken for one.
    fn paragraphs(&mut self) {
        const MOST_LINES: usize = 60;
        let headings = self
            .chapeaux
            .iter()
            .take_while(|index| headings::heading_at(self.lines, **index).is_some())
            .count();
        self.chapeaux.truncate(headings.max(1));
        self.broken = true;
        let mut index = self.chapeaux.last().map_or(self.next, |last| last + 1);
        let limit = (index + MOST_LINES).min(self.lines.len());
        while index < limit {
            let line = &self.lines[index];
            if !line.is_prose() {
                index += 1;
                continue;
            }
            match headings::heading_at(self.lines, index) {
                Some((heading @ Heading::Groups(_), used)) => {
                    self.heading(index, used, &heading);
                    index += used;
                    continue;
                }
                Some(_) => break,
                None if labels::label(line.text).is_some() => break,
                None => {}
            }
            if !self.paragraph_line(index) {
                break;
            }
            index += 1;
        }
        self.next = index;
    }

    fn paragraph_line(&mut self, index: usize) -> bool {
        let line = &self.lines[index];
        let afresh = self.broken
            || (line.blank_above && !line.text.starts_with(char::is_lowercase))
            || self.ends_whole();
        if says_none(line.text) || line.text.ends_with(':') {
            self.chapeaux.push(index);
            self.broken = true;
        } else if !afresh {
            self.append(index);
        } else if self.certain || asks(line.text) {
            self.begin(index, None, line.text);
        } else {
            return false;
        }
        true
    }

    fn items(&self) -> Vec<Item> {
        self.drafts.iter().filter_map(|draft| self.item(draft)).collect()
    }

    fn item(&self, draft: &Draft) -> Option<Item> {
        let (first, last) = (*draft.lines.first()?, *draft.lines.last()?);
        let text = draft.words.text.trim().to_owned();
        if text.is_empty() || says_none(&text) {
            return None;
        }
        let printed = self.lines[first].text;
        let label_length = draft
            .label
            .map_or(0, |_| printed.len() - labels::label(printed).map_or(0, |(_, rest)| rest.len()));
        let reference = match draft.label {
            Some(Label::Number { number, .. }) => number.to_string(),
            _ => String::new(),
        };
        let recommendation = Recommendation {
            reference,
            text,
            span: [self.lines[first].span[0], self.lines[last].span[1]],
            addressee: Some(if draft.board { Party::LSCB } else { Party::COUNCIL }),
            group: draft.group.clone(),
        };
        Some(Item { recommendation, lines: [first, last], label: printed[..label_length].trim().to_owned() })
    }
}

/// "None", "There are no areas for priority action": an announcement, not an item.
fn says_none(text: &str) -> bool {
    let plain = headings::plain(text);
    let announces = plain.starts_with("there are no ")
        || plain.starts_with("there were no ")
        || plain.starts_with("no priority")
        || plain.starts_with("inspectors identified no ")
        || plain.starts_with("no areas for");
    let about = plain.contains("priority")
        || plain.contains("areas for")
        || plain.contains("immediate action")
        || plain.contains("recommendations");
    plain == "none" || plain.starts_with("none identified") || (announces && about && plain.len() < 120)
}

/// Whether a sentence begins by asking for something ("Ensure that ...", "review all ...").
fn asks(text: &str) -> bool {
    const VERBS: [&str; 34] = [
        "ensure",
        "improve",
        "strengthen",
        "review",
        "develop",
        "make",
        "continue",
        "establish",
        "implement",
        "increase",
        "reduce",
        "provide",
        "monitor",
        "agree",
        "revise",
        "embed",
        "secure",
        "take",
        "hold",
        "evaluate",
        "work",
        "put",
        "clarify",
        "complete",
        "introduce",
        "raise",
        "extend",
        "accelerate",
        "address",
        "undertake",
        "support",
        "promote",
        "update",
        "consider",
    ];
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    VERBS.contains(&first.as_str())
}
