//! Management oversight: entries on the files of open cases, monthly where teams work well, rarer where they don't.

use super::{Keeping, yes_no};
use crate::sheet::{Cell, Table};

pub fn entries(keeping: &Keeping<'_>) -> Table {
    const ROLES: &[(&str, f64)] =
        &[("Team manager", 82.0), ("Service manager", 8.0), ("Conference chair or reviewing officer", 10.0)];
    let mut table = keeping.table("oversight_entry");
    for child in &keeping.council.children {
        for (place, need) in child.needs.iter().enumerate().filter(|(_, need)| need.stands(&keeping.view)) {
            let (Some(closed), Some(first)) = (need.closed, need.assessments.first()) else { continue };
            let id = need.id(child, &keeping.view).into_owned();
            let number = child.person.number * 16 + place as u64 % 16;
            keeping.with(50, number, need.locality, |clerk| {
                let mut day = clerk.within_days(first.started.on, 8, 30, 0.4);
                while day < closed.on {
                    let entered = clerk.enter(day);
                    let (role, decides) = (clerk.chance.pick(ROLES), 0.5 + 0.45 * clerk.quality(day));
                    let decides = clerk.chance.happens(decides);
                    if let Some(on) = keeping.shown(&entered) {
                        table.push(vec![Cell::from(id.clone()), on.into(), role.into(), yes_no(decides)]);
                    }
                    day = clerk.within_days(day, 20, 31, 0.3).max(day.plus_days(1));
                }
            });
        }
    }
    table
}
