//! Checks the names in a standard's file against the kinds of record and their fields.

use vocabulary::records::{Catalogue, DataClass, Field, FieldType, Kind};

use crate::condition::{Condition, Test};
use crate::date::{DateOf, EventsOf};
use crate::field::of_the_child;

/// The kinds that a file may speak of, the kind that its standard is about, and what was found wrong.
#[derive(Debug)]
pub(crate) struct Names<'c> {
    catalogue: &'c Catalogue,
    kind: &'c Kind,
    /// Whether a field that was named is sealed, or the kind itself.
    pub(crate) sealed: bool,
    /// The word at fault and what is wrong.
    pub(crate) problems: Vec<(String, String)>,
}

impl<'c> Names<'c> {
    /// For a standard about records of a kind; nothing when there is no such kind.
    pub(crate) fn of(catalogue: &'c Catalogue, kind: &str) -> Option<Self> {
        let kind = catalogue.kind(kind)?;
        Some(Self { catalogue, kind, sealed: kind.is_sealed(), problems: Vec::new() })
    }

    pub(crate) fn problem(&mut self, word: &str, what: impl Into<String>) {
        self.problems.push((word.to_owned(), what.into()));
    }

    /// A date: its field exists and holds days.
    pub(crate) fn date(&mut self, date: &DateOf) {
        match date {
            DateOf::Field(name) => self.day_of(self.kind, name),
            DateOf::Other(other) => {
                self.day_of(self.kind, &other.of);
                if other.nth == 0 {
                    self.problem("nth", "`nth` counts from 1");
                }
                self.list(&other.record, &other.field, &other.conditions);
            }
        }
    }

    pub(crate) fn optional_dates<'d>(&mut self, dates: impl IntoIterator<Item = Option<&'d DateOf>>) {
        for date in dates.into_iter().flatten() {
            self.date(date);
        }
    }

    /// A date of which hours are counted holds moments.
    pub(crate) fn moment(&mut self, date: &DateOf) {
        let (kind, name) = match date {
            DateOf::Field(name) => (Some(self.kind), name),
            DateOf::Other(other) => (self.catalogue.kind(&other.record), &other.field),
        };
        let field = kind.and_then(|kind| kind.field(name));
        if field.is_some_and(|field| field.field_type == FieldType::Day) {
            self.problem(name, format!("hours need a moment, and `{name}` holds a day"));
        }
    }

    pub(crate) fn events(&mut self, events: &EventsOf) {
        self.list(&events.record, &events.field, &events.conditions);
    }

    fn list(&mut self, record: &str, field: &str, conditions: &[Condition]) {
        let Some(kind) = self.catalogue.kind(record) else {
            let known = kinds_of(self.catalogue);
            return self.problem(record, format!("unknown kind of record `{record}`; the kinds are {known}"));
        };
        self.sealed |= kind.is_sealed();
        if kind.subject != self.kind.subject {
            let (ours, theirs) = (&self.kind.name, &kind.name);
            let what =
                format!("`{theirs}` is not about the same person as `{ours}`, so its dates can't be found");
            self.problem(record, what);
        }
        self.day_of(kind, field);
        self.conditions_of(kind, conditions, false);
    }

    /// Conditions on the standard's own records, with a clock for an age.
    pub(crate) fn conditions(&mut self, conditions: &[Condition]) {
        self.conditions_of(self.kind, conditions, true);
    }

    fn conditions_of(&mut self, kind: &'c Kind, conditions: &[Condition], has_clock: bool) {
        for condition in conditions {
            if condition.is_about_age() {
                self.age(kind, condition, has_clock);
                continue;
            }
            if condition.age_on.is_some() {
                self.problem("age_on", "`age_on` belongs to a condition on `age`");
            }
            if let Some(field) = self.field(kind, &condition.field)
                && let Some(fault) = mismatch(&condition.test, field.field_type)
            {
                self.problem(&condition.field, format!("`{}` {fault}", condition.field));
            }
        }
    }

    fn age(&mut self, kind: &'c Kind, condition: &Condition, has_clock: bool) {
        match &condition.age_on {
            Some(on) => self.day_of(kind, on),
            None if has_clock => {}
            None => self.problem("age", "there is no clock here to take an age on; name a day with `age_on`"),
        }
        if !matches!(condition.test, Test::AtLeast(_) | Test::AtMost(_)) {
            self.problem("age", "an age is tested with `at_least` or `at_most`");
        }
    }

    /// A field of codes, flags or texts of the standard's own records.
    pub(crate) fn words(&mut self, name: &str) {
        let fits = |field_type| matches!(field_type, FieldType::Code | FieldType::Flag | FieldType::Text);
        if self.field(self.kind, name).is_some_and(|field| !fits(field.field_type)) {
            self.problem(name, format!("`{name}` does not hold codes, flags or texts"));
        }
    }

    /// A field that counts.
    pub(crate) fn number(&mut self, name: &str) {
        if self.field(self.kind, name).is_some_and(|field| field.field_type != FieldType::Number) {
            self.problem(name, format!("`{name}` does not hold a number"));
        }
    }

    /// A field of any type.
    pub(crate) fn any_field(&mut self, name: &str) {
        self.field(self.kind, name);
    }

    fn day_of(&mut self, kind: &'c Kind, name: &str) {
        let fits = |field_type| matches!(field_type, FieldType::Day | FieldType::Moment);
        if self.field(kind, name).is_some_and(|field| !fits(field.field_type)) {
            self.problem(name, format!("`{name}` does not hold a day"));
        }
    }

    fn field(&mut self, kind: &'c Kind, name: &str) -> Option<&'c Field> {
        let (kind, name) = match of_the_child(name) {
            Some(name) => (self.catalogue.kind("child").unwrap_or(kind), name),
            None => (kind, name),
        };
        let field = kind.field(name);
        match field {
            Some(field) => self.sealed |= field.class == DataClass::C5,
            None => self.problem(name, unknown_field(kind, name)),
        }
        field
    }
}

/// The words for a field that a kind does not have.
pub(crate) fn unknown_field(kind: &Kind, name: &str) -> String {
    let known: Vec<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
    format!("unknown field `{name}` of `{}`; its fields are {}", kind.name, known.join(", "))
}

/// The kinds there are, in words.
pub(crate) fn kinds_of(catalogue: &Catalogue) -> String {
    let known: Vec<&str> = catalogue.kinds.iter().map(|kind| kind.name.as_str()).collect();
    known.join(", ")
}

/// What is wrong with a test of a field of this type, if anything.
fn mismatch(test: &Test, field_type: FieldType) -> Option<&'static str> {
    let words = matches!(field_type, FieldType::Code | FieldType::Flag | FieldType::Text);
    let days = matches!(field_type, FieldType::Day | FieldType::Moment);
    match test {
        Test::In(_) | Test::NotIn(_) if !words => Some("holds no code or flag to compare with"),
        Test::AtLeast(_) | Test::AtMost(_) if field_type != FieldType::Number => Some("holds no number"),
        Test::OnOrAfter(_) | Test::Before(_) if !days => Some("holds no day"),
        Test::In(known) | Test::NotIn(known) if field_type == FieldType::Flag => {
            let flags = known.iter().all(|word| ["yes", "no", "unknown"].contains(&word.as_str()));
            (!flags).then_some("is a flag: it is \"yes\", \"no\" or \"unknown\"")
        }
        _ => None,
    }
}
