//! What the invented council's people say of its measures: targets proposed and approved, comments on months, one new
//! baseline with its cause.

use anyhow::Result;
use jiff::ToSpan;
use service::Role;
use service::acts::{ApproveTarget, BeginBaseline, CommentOnMeasure, ProposeTarget, Seen};

use super::days::Days;
use super::people::Account;
use super::{Demonstration, act};

/// Measure, what is to be reached, where the way starts, who set it.
const TARGETS: [(&str, f64, f64, &str); 3] = [
    (
        "assessment-45wd-dfe",
        90.0,
        80.0,
        "Improvement board, second meeting, minute 6: the notice asks for timely assessments and England stood at 85.7% in 2024-25",
    ),
    (
        "s47-icpc-15wd",
        85.0,
        75.0,
        "Improvement board, second meeting, minute 7: England stood at 81.4% in 2024-25",
    ),
    (
        "cp-visits-overdue",
        5.0,
        15.0,
        "Director’s decision after the notice: no child on a plan waits longer than four weeks without a reason",
    ),
];

/// Measure, months before the newest, who says it, what.
const COMMENTS: [(&str, i32, Role, &str); 4] = [
    (
        "assessment-45wd-dfe",
        0,
        Role::Analyst,
        "Some assessments of the last week are signed off but not written up. The next extract will show them, and the figure will move.",
    ),
    (
        "assessment-45wd-dfe",
        1,
        Role::Director,
        "The teams differ more than the months do. I asked both heads of service to look at every assessment past day 35 each Monday.",
    ),
    (
        "s47-icpc-15wd",
        0,
        Role::Analyst,
        "Few conferences a month, so one family with several children moves the figure far. Read the counts.",
    ),
    (
        "rereferral-12m",
        0,
        Role::ProgrammeManager,
        "The board asked whether cases are closed too early. The audit of closed cases will be on the agenda of the next meeting.",
    ),
];

/// Says it all, on the days on which it would have been said.
pub async fn tell(service: &Demonstration, accounts: &[Account], days: &Days) -> Result<()> {
    let month_end = days.today.first_of_month().saturating_sub(1.days());
    let decided = days.issued.saturating_add(6.weeks());
    for (measure, value, from_value, basis) in TARGETS {
        let proposal = ProposeTarget {
            measure: measure.into(),
            value,
            reach_by: days.issued.saturating_add(18.months()).last_of_month(),
            from_value,
            from_day: days.issued.last_of_month(),
            basis: basis.into(),
        };
        let id = act(service, accounts, days, (Role::Analyst, decided), proposal).await?;
        let approval = ApproveTarget { target: Seen { id, version: 1 } };
        act(service, accounts, days, (Role::Director, decided.saturating_add(2.days())), approval).await?;
    }
    let reorganised = month_end.saturating_sub(14.months()).last_of_month();
    let baseline = BeginBaseline {
        measure: "assessment-45wd-dfe".into(),
        from_month: reorganised,
        cause: "Assessments moved from one duty team to the area teams".into(),
    };
    act(service, accounts, days, (Role::Analyst, decided), baseline).await?;
    let said_on = month_end.saturating_add(9.days()).min(days.today);
    for (measure, months_before, role, text) in COMMENTS {
        let month = month_end.saturating_sub(months_before.months()).last_of_month();
        let comment = CommentOnMeasure { measure: measure.into(), month, text: text.into() };
        act(service, accounts, days, (role, said_on), comment).await?;
    }
    Ok(())
}
