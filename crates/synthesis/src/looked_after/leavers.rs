//! OC3: care leavers whose seventeenth to twenty-first birthday falls in the year.

use crate::life::family::Child;
use crate::sheet::Table;

use super::Return;

pub fn leavers(sending: &Return<'_>) -> Table {
    let mut table = sending.table("OC3");
    for child in sending.council.children.iter().filter(|child| child.leaver.is_some()) {
        if let Some(activity) = answers(sending, child) {
            let mut row = sending.about(child);
            row.extend(activity.map(Into::into));
            table.push(row);
        }
    }
    table
}

/// In touch, activity, accommodation; the latter two are not known of those whom the council isn't in touch with.
fn answers(sending: &Return<'_>, child: &Child) -> Option<[String; 3]> {
    let (year, leaver) = (sending.year, child.leaver.as_ref()?);
    let birthday = (17..=21).map(|age| child.person.born.plus_years(age)).find(|day| year.holds(*day))?;
    let left =
        child.care.iter().all(|period| year.view.day(&period.ended).is_some_and(|ended| ended <= birthday));
    if leaver.qualifying || !left {
        return None;
    }
    let now = leaver.circumstances(&child.person, sending.council.seed, birthday);
    if now.in_touch != "YES" {
        return Some([now.in_touch.to_owned(), "0".to_owned(), "0".to_owned()]);
    }
    let suitable = if now.suitable { "1" } else { "2" };
    Some([now.in_touch.to_owned(), now.activity.to_owned(), format!("{}{suitable}", now.accommodation)])
}
