//! The questions about a duty's fields, filled in from a row or from what was typed.

use improvement::words;

use super::fields_of_row::{BOUNDS, CLOCKS, MODALITIES, PARTIES, THEMES, UNITS};
use super::wording::{ANCHORS, anchor_label};
use crate::components::{AsContent, Choices, Content, Details, Html, Input, Problems, Select, Textarea};
use crate::fields::Fields;

/// Which questions are asked, under ids that begin with a word of their own.
#[derive(Clone, Copy, Debug)]
pub struct DutyForm<'a> {
    /// What the ids begin with.
    pub prefix: &'a str,
    /// What stands in the fields.
    pub typed: &'a Fields,
    /// What is wrong with them; each problem under its id.
    pub problems: &'a Problems,
    /// Whether the clock may be set. The clock of a row in force changes by a variation or a correction.
    pub clock: bool,
}

impl DutyForm<'_> {
    /// The questions in order.
    pub fn questions(&self) -> Vec<Content> {
        let mut questions =
            vec![self.text(), self.bearers(), self.bearer_rule(), self.modality(), self.counterparties()];
        if self.clock {
            questions.extend(self.when());
        }
        questions.push(self.evidence());
        questions.push(self.theme());
        questions
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    fn text(&self) -> Content {
        let area = Textarea::new("text", "What must be done").id(self.id("text")).rows(4);
        area.value(self.typed.text("text")).problem_in(self.problems).as_content()
    }

    fn parties(&self, name: &str, legend: &str, hint: &str) -> Content {
        let other = format!("{name}_other");
        let mut choices = Choices::checkboxes(name, legend)
            .id(self.id(name))
            .small()
            .classes("headway-choices--columns")
            .hint(hint);
        for party in PARTIES {
            choices = choices.choice(party.as_str(), words::sentence_case(&words::party_in_words(&party)));
        }
        for party in self.typed.all(name) {
            choices = choices.chosen(party);
        }
        let others = Textarea::new(&other, "Others, one a line")
            .id(self.id(&other))
            .rows(2)
            .value(self.typed.text(&other))
            .as_content();
        let choices = choices.problem_in(self.problems).as_content();
        Html::written(format!("{choices}{others}")).as_content()
    }

    fn bearers(&self) -> Content {
        self.parties("bearer", "Who must act", "Choose all that the words name.")
    }

    fn counterparties(&self) -> Content {
        let parties =
            self.parties("counterparty", "To or with whom", "Choose none if the words name nobody.");
        let any = self.typed.all("counterparty").next().is_some()
            || self.typed.maybe("counterparty_other").is_some();
        let details = Details::new("To or with whom", parties);
        if any { details.open().as_content() } else { details.as_content() }
    }

    fn bearer_rule(&self) -> Content {
        let chosen = self.typed.maybe("bearer_rule").unwrap_or("all");
        Choices::radios("bearer_rule", "If it falls on several")
            .id(self.id("bearer_rule"))
            .small()
            .inline()
            .choice("all", "Each of them must act")
            .choice("any", "Any one of them is enough")
            .chosen(chosen)
            .as_content()
    }

    fn modality(&self) -> Content {
        let mut choices = Choices::radios("modality", "How strongly")
            .id(self.id("modality"))
            .small()
            .chosen(self.typed.text("modality"));
        for (modality, name) in MODALITIES {
            let label =
                format!("{}. {}", words::modality_in_words(modality), words::modality_meaning(modality));
            choices = choices.choice(name, label);
        }
        choices.problem_in(self.problems).as_content()
    }

    fn when(&self) -> Vec<Content> {
        let mut clock =
            Choices::radios("clock", "When").id(self.id("clock")).small().chosen(self.typed.text("clock"));
        for (_, name, meaning) in CLOCKS {
            clock = clock.choice(name, meaning);
        }
        let more = [self.once(), self.again(), self.ends()].map(|content| content.to_string()).concat();
        vec![
            clock.problem_in(self.problems).as_content(),
            self.line("timing_text", "The words that give the time", "As printed; empty if there are none."),
            Html::written(more).as_content(),
        ]
    }

    fn once(&self) -> Content {
        let dates = Textarea::new("dates", "Printed dates, one a line")
            .id(self.id("dates"))
            .hint("For instance: 31 October 2026, or October 2026. Only dates that the document prints.")
            .rows(2)
            .value(self.typed.text("dates"))
            .problem_in(self.problems)
            .as_content();
        let mut from = Select::new("run_from", "The day it runs from")
            .id(self.id("run_from"))
            .option("", "None")
            .chosen(self.typed.text("run_from"));
        for (kind, name) in ANCHORS {
            from = from.option(name, anchor_label(kind));
        }
        let mut bound = Select::new("bound", "Which side of that day")
            .id(self.id("bound"))
            .option("", "Not said")
            .chosen(self.typed.text("bound"));
        for (_, name, meaning) in BOUNDS {
            bound = bound.option(name, meaning);
        }
        let offset = self.interval("offset", "How long from that day");
        let parts = [dates, from.as_content(), offset, bound.as_content()];
        self.group("Once: dates, or a length of time from a day", &parts, &["dates", "run_from"])
    }

    fn again(&self) -> Content {
        let gap = Choices::radios("gap", "Is that the longest gap?")
            .id(self.id("gap"))
            .small()
            .choice("longest", "Yes: “at least every”. A longer gap is a breach")
            .choice("nominal", "No: “every”. The document names no longest gap")
            .chosen(self.typed.maybe("gap").unwrap_or("nominal"))
            .as_content();
        let set_by = self.line("set_by", "Who must set it, if it is left open", "For instance: board");
        let event = self.line(
            "event",
            "The event each time belongs to",
            "For instance: each board meeting, when requested",
        );
        let parts = [self.interval("every", "How often"), gap, event, set_by];
        self.group(
            "Again and again: how often, or with which event",
            &parts,
            &["every_amount", "event", "set_by"],
        )
    }

    fn ends(&self) -> Content {
        let until = self.line("until", "Until when", "In the document’s words.");
        self.group("Until", &[until], &["until"])
    }

    /// Questions that matter for some kinds of time only; open when one of them is answered or wrong.
    fn group(&self, summary: &str, parts: &[Content], names: &[&str]) -> Content {
        let body: String = parts.iter().map(ToString::to_string).collect();
        let wrong = ["dates", "every_amount", "every_unit", "offset_amount", "offset_unit"];
        let faulty = wrong.iter().any(|name| self.problems.with_field(&self.id(name)).is_some());
        let answered = names.iter().any(|name| self.typed.maybe(name).is_some());
        let details = Details::new(summary, Html::written(body));
        if faulty || answered { details.open().as_content() } else { details.as_content() }
    }

    fn interval(&self, name: &str, label: &str) -> Content {
        let (amount, unit) = (format!("{name}_amount"), format!("{name}_unit"));
        let number = Input::number(&amount, label)
            .id(self.id(&amount))
            .value(self.typed.text(&amount))
            .problem_in(self.problems);
        let mut units =
            Select::new(&unit, "Unit").id(self.id(&unit)).option("", "Choose").chosen(self.typed.text(&unit));
        for (_, known) in UNITS {
            units = units.option(known, known);
        }
        let units = units.problem_in(self.problems);
        Html::written(format!(
            "<div class=\"headway-beside\">{}{}</div>",
            number.as_content(),
            units.as_content()
        ))
        .as_content()
    }

    fn line(&self, name: &str, label: &str, hint: &str) -> Content {
        Input::new(name, label)
            .id(self.id(name))
            .hint(hint)
            .value(self.typed.text(name))
            .problem_in(self.problems)
            .as_content()
    }

    fn evidence(&self) -> Content {
        Textarea::new("evidence", "Evidence asked for, one a line")
            .id(self.id("evidence"))
            .rows(2)
            .value(self.typed.text("evidence"))
            .as_content()
    }

    fn theme(&self) -> Content {
        let typed = self.typed.text("theme");
        let mut select =
            Select::new("theme", "Theme").id(self.id("theme")).option("", "Choose a theme").chosen(typed);
        for theme in THEMES {
            select = select.option(theme, words::theme_title(theme));
        }
        if !typed.is_empty() && !THEMES.contains(&typed) {
            select = select.option(typed, words::theme_title(typed));
        }
        select.problem_in(self.problems).as_content()
    }
}
