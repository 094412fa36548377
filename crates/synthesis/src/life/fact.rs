//! A day in a child's life and what the case record said of it, from when on.
//!
//! Councils enter events late and correct them; an extract shows only what stood in the record when it was made.

use vocabulary::day::Day;

/// Something that happened on a day, as the record came to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The day it happened.
    pub on: Day,
    /// The day it was entered.
    pub entered: Day,
    /// The wrong day that was entered at first, and when it was put right.
    pub first_said: Option<Mistake>,
}

/// A day entered wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What the record said.
    pub said: Day,
    /// The day it was put right.
    pub corrected: Day,
}

/// What an extract is made of: the record as it stood on one day, of events up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The day the extract was made.
    pub known: Day,
    /// The last day it speaks of.
    pub up_to: Day,
}

impl View {
    /// A picture of the record on its own day, as Annex A is.
    pub fn of(day: Day) -> Self {
        Self { known: day, up_to: day }
    }

    /// The day the record gives for a fact, if it knows of it.
    pub fn day(&self, fact: &Fact) -> Option<Day> {
        if fact.entered > self.known {
            return None;
        }
        let said = fact.first_said.filter(|mistake| self.known < mistake.corrected);
        Some(said.map_or(fact.on, |mistake| mistake.said)).filter(|&day| day <= self.up_to)
    }

    /// The same for a fact that may not have come about.
    pub fn maybe(&self, fact: &Option<Fact>) -> Option<Day> {
        fact.as_ref().and_then(|fact| self.day(fact))
    }

    /// The latest of several facts that the record knows.
    pub fn latest<'a>(&self, facts: impl IntoIterator<Item = &'a Fact>) -> Option<Day> {
        facts.into_iter().filter_map(|fact| self.day(fact)).max()
    }
}

/// Makes sure that nothing was entered before what had to be entered first: an end is never known before its start.
pub fn entered_in_order(facts: &mut [&mut Fact]) {
    facts.sort_by_key(|fact| fact.on);
    let mut by = None;
    for fact in facts.iter_mut().rev() {
        fact.entered = by.map_or(fact.entered, |by: Day| fact.entered.min(by)).max(fact.on);
        by = Some(fact.entered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(on: i32, entered: i32) -> Fact {
        Fact { on: Day(on), entered: Day(entered), first_said: None }
    }

    #[test]
    fn an_extract_knows_what_was_entered_by_its_day() {
        let late = fact(10, 40);
        assert_eq!(View::of(Day(31)).day(&late), None);
        assert_eq!(View::of(Day(40)).day(&late), Some(Day(10)));
        assert_eq!(View { known: Day(90), up_to: Day(9) }.day(&late), None);
    }

    #[test]
    fn a_mistake_is_shown_until_it_is_put_right() {
        let wrong = Fact { first_said: Some(Mistake { said: Day(8), corrected: Day(60) }), ..fact(10, 12) };
        assert_eq!(View::of(Day(59)).day(&wrong), Some(Day(8)));
        assert_eq!(View::of(Day(60)).day(&wrong), Some(Day(10)));
    }

    #[test]
    fn an_end_is_never_known_before_its_start() {
        let (mut start, mut end) = (fact(10, 90), fact(20, 25));
        entered_in_order(&mut [&mut end, &mut start]);
        assert_eq!((start.entered, end.entered), (Day(25), Day(25)));
    }
}
