//! What was acknowledged is kept, and nothing is half there, however often the program is killed (R1 of the security
//! contract, for acts and the log).

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use service::acts::OpenEpisode;
use service::log::verify;
use service::{Actor, Attachments, Chance, Clock, IdempotencyKey, Keys, Role, Service};
use store::Store;
use testkit::World;
use vocabulary::id::{CouncilId, UserId};

/// Tells a child process where the database is, who acts, and the number of the first act.
const CHILD: &str = "HEADWAY_TEST_DURABILITY";
const KILLS: u64 = 100;

#[tokio::test]
async fn no_acknowledged_act_is_lost_and_none_stands_half_when_the_program_is_killed_a_hundred_times() {
    if let Ok(told) = std::env::var(CHILD) {
        act_until_killed(&told).await;
        return;
    }
    let world = World::new().await;
    let manager = world.actor(Role::ProgrammeManager);
    let before = world.service().store.log_entries(0, 10_000).await.unwrap().len();
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        let told = [
            world.database().file().display().to_string(),
            manager.council.to_string(),
            manager.person.to_string(),
            acknowledged.to_string(),
        ];
        acknowledged = killed(&told.join("|"), acknowledged, kill);
    }
    let titles: Vec<String> = world.programme().await.episodes.iter().map(|one| one.title.clone()).collect();
    for number in 0..acknowledged {
        let kept = titles.iter().filter(|title| **title == title_of(number)).count();
        assert_eq!(kept, 1, "act {number} of {acknowledged} acknowledged ones");
    }
    assert!(acknowledged >= KILLS, "only {acknowledged} acts were acknowledged over {KILLS} kills");
    // At most the last one was kept without its child living to say so; every row has its entry in the log.
    assert!((acknowledged..=acknowledged + 1).contains(&(titles.len() as u64)), "{} rows", titles.len());
    let entries = world.service().store.log_entries(0, 100_000).await.unwrap();
    assert_eq!(entries.len(), before + titles.len());
    let key = world.service().keys.signing.verifying_key();
    assert_eq!(verify(&world.service().store, &key, &[]).await.unwrap().faults, Vec::<String>::new());
}

fn title_of(number: u64) -> String {
    format!("Intervention {number}")
}

/// Lets a child act, kills it a few acts and a moment later, and gives the number of the first act not acknowledged.
fn killed(told: &str, from: u64, kill: u64) -> u64 {
    let itself = std::env::current_exe().unwrap();
    let mut child = Command::new(itself)
        .args([
            "durability::no_acknowledged_act_is_lost_and_none_stands_half_when_the_program_is_killed_a_hundred_times",
            "--exact",
            "--nocapture",
        ])
        .env(CHILD, told)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    let mut next = from;
    let mut lines = stdout
        .lines()
        .map_while(Result::ok)
        .filter_map(|line| line.trim().strip_prefix("kept ")?.parse::<u64>().ok());
    for number in lines.by_ref().take(1 + usize::try_from(kill % 3).unwrap()) {
        next = number + 1;
    }
    std::thread::sleep(Duration::from_micros(kill * 137 % 9_000));
    child.kill().unwrap();
    next = lines.last().map_or(next, |number| number + 1);
    child.wait().unwrap();
    next
}

/// The child: the act that may not have been acknowledged goes again under its own key.
async fn act_until_killed(told: &str) {
    let told: Vec<&str> = told.split('|').collect();
    let [file, council, person, first] = told[..] else { panic!("four parts in {told:?}") };
    let file = std::path::Path::new(file);
    let store = Store::open_sqlite(file).await.unwrap();
    let keys = Keys::from_bytes(&Chance::seeded(497).bytes().unwrap());
    let attachments = Attachments::in_folder(&file.with_file_name("attachments"));
    let service = Service::new(store, Clock::System, Chance::System, keys, attachments).unwrap();
    let council = CouncilId::parse(council).unwrap();
    let actor =
        Actor::trusted(UserId::parse(person).unwrap(), "Programme Manager", Role::ProgrammeManager, council);
    for number in first.parse::<u64>().unwrap().. {
        let act = OpenEpisode { title: title_of(number) };
        service.perform(&actor, &IdempotencyKey(format!("intervention-{number}")), act).await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nkept {number}").and_then(|()| out.flush()).unwrap();
    }
}
