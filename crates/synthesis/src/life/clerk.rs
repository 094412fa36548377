//! How work gets done and written down in a locality: on time or late, entered at once or weeks after.

use vocabulary::day::Day;
use vocabulary::working_days::{WorkingDayTable, england_and_wales};

use super::fact::Fact;
use super::locality::Locality;
use super::season::Season;
use crate::chance::Chance;

/// What is the same for everyone in the council: the calendar and the demand.
#[derive(Clone, Debug)]
pub struct World {
    /// Working days.
    pub working_days: WorkingDayTable,
    /// Demand and what waits.
    pub season: Season,
}

impl World {
    /// The calendar of England and Wales and the council's demand.
    pub fn of_england() -> Self {
        Self {
            working_days: WorkingDayTable::new(england_and_wales(), 2000, 2040),
            season: Season::of_the_whole_time(),
        }
    }

    /// The day itself when people are at work on it, or the next such day.
    pub fn at_work(&self, day: Day) -> Day {
        match self.working_days.is_working_day(day) {
            Some(false) => self.working_days.add(day, 1).unwrap_or(day),
            _ => day,
        }
    }
}

/// What is done for one family, and by whom.
#[derive(Debug)]
pub struct Clerk<'a> {
    /// The calendar and the demand.
    pub world: &'a World,
    /// The family's own chance.
    pub chance: &'a mut Chance,
    /// Whose teams do the work.
    pub locality: Locality,
}

impl Clerk<'_> {
    /// How well the teams work on a day, with what waits for them.
    pub fn quality(&self, day: Day) -> f64 {
        let quality = self.locality.quality(day);
        let pressure = self.world.season.pressure(self.locality, day);
        (quality - 0.4 * pressure * (1.2 - quality)).clamp(0.05, 1.0)
    }

    /// Writes down what happened: mostly within days, sometimes after weeks, sooner where teams work well.
    pub fn enter(&mut self, on: Day) -> Fact {
        let quality = self.quality(on);
        let lag = if self.chance.happens(0.25 + 0.4 * quality) {
            0
        } else if self.chance.happens(0.05 - 0.03 * quality) {
            self.chance.between(25, 90)
        } else {
            1 + self.chance.wait(6.0 - 4.0 * quality)
        };
        Fact { on, entered: on.plus_days(lag), first_said: None }
    }

    /// A working day some working days after another.
    pub fn working(&mut self, from: Day, least: i32, most: i32) -> Day {
        let count = self.chance.between(least, most).unsigned_abs();
        let day = self.world.working_days.add(from, count).unwrap_or(from);
        self.world.at_work(day)
    }

    /// When something due within some working days gets done: near the limit, or late.
    pub fn within_working(&mut self, from: Day, least: i32, limit: i32, ease: f64) -> Day {
        let count = self.days_taken(from, least, limit, ease);
        let day = self.world.working_days.add(from, count.unsigned_abs()).unwrap_or(from);
        self.world.at_work(day)
    }

    /// When something due within some days gets done, on a working day.
    pub fn within_days(&mut self, from: Day, least: i32, limit: i32, ease: f64) -> Day {
        let day = from.plus_days(self.days_taken(from, least, limit, ease));
        let open = self.world.at_work(day);
        // A meeting that a holiday would push past its limit is held before the holiday.
        if open.days_since(from) > limit && day.days_since(from) <= limit { self.before(open) } else { open }
    }

    fn before(&self, day: Day) -> Day {
        let mut earlier = day.plus_days(-1);
        while self.world.working_days.is_working_day(earlier) == Some(false) {
            earlier = earlier.plus_days(-1);
        }
        earlier
    }

    /// `ease` is the share done in time where teams are at their worst, from 0 to 1.
    fn days_taken(&mut self, from: Day, least: i32, limit: i32, ease: f64) -> i32 {
        let quality = self.quality(from);
        if self.chance.happens(ease + (0.98 - ease) * quality) {
            // The later of two days: most work is finished shortly before it is due.
            self.chance.between(least, limit).max(self.chance.between(least, limit))
        } else {
            limit + 1 + self.chance.wait(f64::from(limit) * (0.55 - 0.35 * quality))
        }
    }
}
