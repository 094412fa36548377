//! A protection plan's latest review, from the reviews that stand in its group of the census.

use std::collections::HashMap;

use vocabulary::records::{Cell, Column, FieldType, Table};

use super::push_day;
use crate::source::Gathered;
use crate::table::ListTable;

/// Adds the day of the latest review to each plan. A review that can't be read makes the latest one unknown.
pub fn add_latest_review(records: &mut Table, gathered: &Gathered, kept: &[Vec<u32>]) {
    let list = |name: &str| {
        let number = gathered.layout.list(name)?;
        Some((number, gathered.tables[number].as_ref()?))
    };
    let (Some((number, plans)), Some((_, reviews))) = (list("ChildProtectionPlans"), list("Reviews")) else {
        return;
    };
    let Some(plan_of) = plans_of(plans, reviews) else { return };
    let held_on = reviews.layout.column("CPPreviewDate").unwrap_or_default();
    let mut latest = vec![Cell::Blank; plans.len()];
    for (review, plan) in plan_of.into_iter().enumerate() {
        let Some(latest) = plan.and_then(|plan| latest.get_mut(plan as usize)) else { continue };
        *latest = match (*latest, reviews.day(held_on, review)) {
            (Cell::Unreadable, _) | (_, Cell::Unreadable) => Cell::Unreadable,
            (Cell::Value(one), Cell::Value(other)) => Cell::Value(one.max(other)),
            (Cell::Blank, cell) | (cell, Cell::Blank) => cell,
        };
    }
    let mut column = Column::of(FieldType::Day);
    kept[number].iter().for_each(|&plan| push_day(&mut column, latest[plan as usize]));
    records.columns.push(("last_review_on".to_owned(), column));
}

/// The plan of each review: the group around it, or in files of their own the plan of the same child and number.
fn plans_of(plans: &ListTable, reviews: &ListTable) -> Option<Vec<Option<u32>>> {
    if reviews.parents.len() == reviews.len() && plans.parents.len() == plans.len() {
        return Some(reviews.parents.iter().copied().map(Some).collect());
    }
    let key = |table: &ListTable, row: usize| {
        let number = table.layout.column("CPPID")?;
        Some((table.subject(row).value()?, table.word(number, row).value()?))
    };
    let numbered = plans.columns[plans.layout.column("CPPID")?].is_some();
    let known: HashMap<_, u32> =
        (0..plans.len()).filter_map(|row| Some((key(plans, row)?, u32::try_from(row).ok()?))).collect();
    numbered.then(|| (0..reviews.len()).map(|row| known.get(&key(reviews, row)?).copied()).collect())
}
