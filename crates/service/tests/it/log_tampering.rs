//! A thousand changes behind the program's back, each of them found: contents, salts, hashes, order, checkpoints, the
//! end of the log, and the whole database put back to an earlier day.

use jiff::SignedDuration;
use service::Role;
use service::acts::OpenEpisode;
use service::log::{verify, verify_in};
use store::testing::Tampering;
use store::{Engine, Store};
use testkit::World;

const TAMPERS: u64 = 1_000;

/// Numbers that follow from a seed, enough for choosing what to change.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(limit).unwrap()).unwrap()
    }
}

const TEXTS: [&str; 6] = ["kind", "role", "thing", "thing_id", "summary", "detail"];

/// One change of a log with so many entries, hashes and checkpoints (at these sizes).
fn tampering(kind: u64, dice: &mut Dice, entries: i64, hashes: i64, checkpoints: &[i64]) -> Tampering {
    let entry = dice.below(entries);
    let hash = dice.below(hashes);
    let byte = usize::try_from(dice.below(32)).unwrap();
    let checkpoint =
        checkpoints[usize::try_from(dice.below(i64::try_from(checkpoints.len()).unwrap())).unwrap()];
    let column = TEXTS[usize::try_from(dice.below(6)).unwrap()];
    match kind % 12 {
        0 | 1 => Tampering::SetText {
            place: ["log_entry", column, "seq"],
            key: entry,
            text: format!("changed {}", dice.below(i64::from(u32::MAX))),
        },
        2 => Tampering::FlipByte { place: ["log_entry", "salt", "seq"], key: entry, byte },
        3 => Tampering::Delete { place: ["log_entry", "seq"], key: entry },
        4 => Tampering::DeleteFrom { place: ["log_entry", "seq"], key: entry },
        5 => Tampering::Swap { place: ["log_entry", "seq"], keys: [entry, (entry + 1) % entries] },
        6 => {
            let places = [entries, -1, entries + 5];
            Tampering::InsertEntry { like: entry, seq: places[usize::try_from(dice.below(3)).unwrap()] }
        }
        7 => Tampering::FlipByte { place: ["log_hash", "hash", "position"], key: hash, byte },
        8 => Tampering::Delete { place: ["log_hash", "position"], key: hash },
        9 => Tampering::Delete { place: ["log_checkpoint", "size"], key: checkpoint },
        10 => Tampering::SetText {
            place: ["log_checkpoint", "note", "size"],
            key: checkpoint,
            text: format!("headway.log/1\n{}\n", dice.below(100)),
        },
        _ => {
            let at = [
                (["log_head", "size", "\"only\""], 1),
                (["log_checkpoint", "size", "size"], checkpoint),
                (["log_hash", "position", "position"], hash),
                (["log_entry", "seq", "seq"], entry),
            ];
            let (place, key) = at[usize::try_from(dice.below(4)).unwrap()];
            Tampering::SetNumber { place, key, number: 10_000 + dice.below(1_000) }
        }
    }
}

/// A log with checkpoints at several sizes; gives its world, and the newest checkpoint kept outside.
async fn logged() -> (World, String) {
    let world = World::new().await;
    for number in 0..24 {
        world.advance(SignedDuration::from_mins(2));
        let act = OpenEpisode { title: format!("Notice {number}") };
        world.perform(Role::ProgrammeManager, act).await.unwrap();
    }
    let kept = world.service().checkpoint_now().await.unwrap();
    (world, kept)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_one_of_a_thousand_changes_is_found() {
    let (world, kept) = logged().await;
    let service = world.service();
    let entries = service.store.log_size().await.unwrap();
    let hashes = service.store.count("log_hash").await.unwrap();
    let checkpoints: Vec<i64> =
        service.store.checkpoints().await.unwrap().into_iter().map(|(size, ..)| size).collect();
    assert!(checkpoints.len() >= 5, "{checkpoints:?}");
    let key = service.keys.signing.verifying_key();
    let kept = [kept];
    let mut dice = Dice(497);
    let mut unseen = Vec::new();
    for number in 0..TAMPERS {
        let tampering = tampering(number, &mut dice, entries, hashes, &checkpoints);
        // Rolled back again, so that each change is one to a log that was whole.
        let mut transaction = service.store.begin().await.unwrap();
        let changed = transaction.tamper(&tampering).await.unwrap();
        assert!(changed > 0, "{tampering:?} changed nothing");
        if verify_in(&mut transaction, &key, &kept).await.unwrap().faults.is_empty() {
            unseen.push(tampering);
        }
    }
    assert!(unseen.is_empty(), "{} of {TAMPERS} went unseen: {unseen:?}", unseen.len());
}

#[tokio::test]
async fn a_database_put_back_to_an_earlier_day_shows_against_a_kept_checkpoint() {
    let (world, _) = logged().await;
    let service = world.service();
    let folder = testkit::TemporaryFolder::new();
    let earlier = folder.path().join("earlier.db");
    service.store.copy_sqlite(&earlier).await.unwrap();
    let act = OpenEpisode { title: "What somebody wants forgotten".into() };
    world.perform(Role::ProgrammeManager, act).await.unwrap();
    let kept = [service.checkpoint_now().await.unwrap()];
    let key = service.keys.signing.verifying_key();
    let store = Store::open_sqlite(&earlier).await.unwrap();
    assert!(verify(&store, &key, &[]).await.unwrap().faults.is_empty(), "in itself it is whole");
    assert!(!verify(&store, &key, &kept).await.unwrap().faults.is_empty());
    store.close().await;
}

#[tokio::test]
async fn changes_of_a_postgres_log_are_found_too() {
    let Some(world) = World::on(Engine::Postgres).await else { return };
    world.notice_in_force().await;
    let service = world.service();
    let kept = [service.checkpoint_now().await.unwrap()];
    let key = service.keys.signing.verifying_key();
    let tampering = Tampering::SetText {
        place: ["log_entry", "summary", "seq"],
        key: 2,
        text: "Nothing happened".into(),
    };
    service.store.tamper(&tampering).await.unwrap();
    let verdict = verify(&service.store, &key, &kept).await.unwrap();
    assert!(verdict.faults.iter().any(|fault| fault.contains("entry 2")), "{verdict:?}");
}
