//! Social workers in post and their supervision. Who holds which case is decided elsewhere (`life::locality`).

use vocabulary::day::Day;

use super::{Keeping, yes_no};
use crate::life::clerk::Clerk;
use crate::life::fact::Fact;
use crate::life::locality::{LOCALITIES, Locality, Stage, team, worker};
use crate::life::{FIRST, LAST};
use crate::sheet::{Cell, Table};

/// A social worker's time with the council.
struct Post {
    worker: u32,
    locality: Locality,
    stage: Stage,
    started: Fact,
    ended: Option<Fact>,
    employment: &'static str,
    newly_qualified: bool,
}

const STAGES: [Stage; 3] = [Stage::Assessment, Stage::Safeguarding, Stage::LookedAfter];

/// Every social worker; those of the leaving care teams are advisers.
fn workers(keeping: &Keeping<'_>) -> impl Iterator<Item = Post> {
    let in_a_team = keeping.council.workforce.in_a_team;
    (0_u32..).zip(LOCALITIES).flat_map(move |(first, locality)| {
        (0_u32..).zip(STAGES).flat_map(move |(second, stage)| {
            let team = first * 4 + second;
            (0..in_a_team).map(move |place| post(keeping, locality, stage, team * in_a_team + place + 1))
        })
    })
}

fn post(keeping: &Keeping<'_>, locality: Locality, stage: Stage, number: u32) -> Post {
    keeping.with(60, u64::from(number), locality, |clerk| {
        let started = FIRST.plus_days(clerk.chance.between(2_500, 4_900));
        let started = clerk.world.at_work(started);
        let stays = locality.tenure() * 2 + clerk.chance.wait(f64::from(locality.tenure()) * 3.0);
        let ended = Some(started.plus_days(stays)).filter(|day| *day < LAST);
        let agency = clerk.chance.happens(0.1 + 0.2 * (1.0 - locality.quality(started)));
        Post {
            worker: number,
            locality,
            stage,
            started: Fact { on: started, entered: started, first_said: None },
            ended: ended.map(|day| clerk.enter(clerk.world.at_work(day))),
            employment: if agency { "Agency" } else { "Permanent" },
            newly_qualified: !agency && clerk.chance.happens(0.2),
        }
    })
}

pub fn posts(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("social_worker_post");
    for post in workers(keeping) {
        let Some(started) = keeping.view.day(&post.started) else { continue };
        let new = post.newly_qualified;
        let weeks = Some(started.plus_days(42)).filter(|day| new && *day <= keeping.view.known);
        let months = Some(started.plus_months(6)).filter(|day| new && *day <= keeping.view.known);
        table.push(vec![
            Cell::from(worker(post.worker)),
            started.into(),
            keeping.cell(&post.ended),
            post.employment.into(),
            yes_no(new),
            weeks.into(),
            months.into(),
            team(post.locality, post.stage).into(),
        ]);
    }
    table
}

pub fn supervision(keeping: &Keeping<'_>) -> Table {
    let mut table = keeping.table("supervision");
    for post in workers(keeping) {
        let until = post.ended.map_or(LAST, |ended| ended.on);
        keeping.with(61, u64::from(post.worker), post.locality, |clerk| {
            let mut day = next_session(clerk, &post, post.started.on);
            while day < until {
                let held = clerk.enter(day);
                let quality = clerk.quality(day);
                let (long, reflective) =
                    (clerk.chance.happens(0.4 + 0.5 * quality), clerk.chance.happens(0.3 + 0.6 * quality));
                let reviewed = clerk.chance.happens(0.4 + 0.55 * quality);
                if let Some(on) = keeping.shown(&held) {
                    table.push(vec![
                        Cell::from(worker(post.worker)),
                        on.into(),
                        yes_no(long),
                        yes_no(reviewed),
                        yes_no(reflective),
                        team(post.locality, post.stage).into(),
                    ]);
                }
                day = next_session(clerk, &post, day);
            }
        });
    }
    table
}

/// Monthly; weekly for six weeks and then fortnightly for half a year where somebody is newly qualified.
fn next_session(clerk: &mut Clerk<'_>, post: &Post, last: Day) -> Day {
    let limit = match last.days_since(post.started.on) {
        days if post.newly_qualified && days < 42 => 7,
        days if post.newly_qualified && days < 182 => 14,
        _ => 30,
    };
    clerk.within_days(last, limit * 2 / 3, limit, 0.35).max(last.plus_days(1))
}
