//! The log: one line of acts, a tree that a second implementation computes alike, checkpoints that name each other, and
//! an export that is verified without Headway.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use service::acts::OpenEpisode;
use service::log::{canonical, export, open_checkpoint, verify};
use service::{Role, hexadecimal};
use sha2::{Digest, Sha256};
use store::Engine;
use testkit::World;

/// A world with a notice in force and a few acts over half an hour.
async fn busy(engine: Engine) -> Option<World> {
    let world = World::on(engine).await?;
    world.notice_in_force().await;
    for number in 0..6 {
        world.advance(SignedDuration::from_mins(2));
        let act = OpenEpisode { title: format!("Another {number}") };
        world.perform(Role::ProgrammeManager, act).await.unwrap();
    }
    Some(world)
}

#[tokio::test]
async fn a_log_that_nobody_touched_holds_on_both_engines() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = busy(engine).await else { continue };
        let service = world.service();
        let kept = vec![service.checkpoint_now().await.unwrap()];
        let key = service.keys.signing.verifying_key();
        let verdict = verify(&service.store, &key, &kept).await.unwrap();
        assert_eq!(verdict.faults, Vec::<String>::new());
        assert!(verdict.entries >= 11 && verdict.checkpoints >= 3, "{verdict:?}");
        assert_eq!(service.checkpoint_now().await.unwrap(), kept[0], "nothing new, so no new checkpoint");
    }
}

/// RFC 6962, section 2.1, written down again from its text.
fn tree_head(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => Sha256::new().chain_update([0]).chain_update(leaf).finalize().into(),
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            let hash = Sha256::new().chain_update([1]);
            hash.chain_update(tree_head(left)).chain_update(tree_head(right)).finalize().into()
        }
    }
}

#[tokio::test]
async fn the_root_is_the_one_that_the_standard_computes() {
    let world = busy(Engine::Sqlite).await.unwrap();
    let service = world.service();
    let entries = service.store.log_entries(0, 1_000).await.unwrap();
    let leaves: Vec<[u8; 32]> = entries
        .iter()
        .map(|entry| {
            let content = canonical(entry.seq, &entry.entry);
            Sha256::new().chain_update(&entry.salt).chain_update(content).finalize().into()
        })
        .collect();
    let checkpoints = service.store.checkpoints().await.unwrap();
    assert!(checkpoints.len() >= 3);
    for (size, note, _) in checkpoints {
        let read = open_checkpoint(&note, &service.keys.signing.verifying_key()).unwrap();
        assert_eq!(read.root, tree_head(&leaves[..usize::try_from(size).unwrap()]), "at {size}");
    }
}

#[tokio::test]
async fn a_note_with_anything_added_or_changed_is_no_checkpoint() {
    let world = busy(Engine::Sqlite).await.unwrap();
    let service = world.service();
    let key = service.keys.signing.verifying_key();
    let note = service.checkpoint_now().await.unwrap();
    assert!(open_checkpoint(&note, &key).is_some());
    for at in 0..note.len() {
        let mut bytes = note.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(open_checkpoint(&changed, &key).is_none(), "byte {at}");
        }
    }
    for changed in [format!("{note}x"), format!("\n{note}"), note.replace('\n', "\r\n"), String::new()] {
        assert!(open_checkpoint(&changed, &key).is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acts_from_two_nodes_at_once_are_one_line() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(world) = World::on(engine).await else { continue };
        let before = world.service().store.log_size().await.unwrap();
        let nodes = [world.service().clone(), world.another_node().await];
        let mut writers = Vec::new();
        for number in 0..40 {
            let (service, manager) = (nodes[number % 2].clone(), world.actor(Role::ProgrammeManager));
            let key = world.key();
            writers.push(tokio::spawn(async move {
                let act = OpenEpisode { title: format!("Notice {number}") };
                service.perform(&manager, &key, act).await.unwrap()
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let key = world.service().keys.signing.verifying_key();
        let verdict = verify(&world.service().store, &key, &[]).await.unwrap();
        assert_eq!((verdict.entries, verdict.faults), (before + 40, Vec::new()));
        nodes[1].store.close().await;
    }
}

fn node_verifies(text: &str, arguments: &[&str]) -> (bool, String) {
    let folder = testkit::TemporaryFolder::new();
    let file = folder.path().join("log.jsonl");
    std::fs::write(&file, text).unwrap();
    let verifier = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/verify-log.mjs");
    let run = Command::new("node").arg(verifier).arg(&file).args(arguments).output().expect("node runs");
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    (run.status.success(), said)
}

#[tokio::test]
async fn the_second_verifier_accepts_an_export_and_refuses_every_changed_one() {
    let world = busy(Engine::Sqlite).await.unwrap();
    let service = world.service();
    let kept = service.checkpoint_now().await.unwrap();
    let mut written = Vec::new();
    let counts = export(&service.store, &service.keys, &mut written).await.unwrap();
    let text = String::from_utf8(written).unwrap();
    let (holds, said) = node_verifies(&text, &[]);
    assert!(holds && said.contains(&format!("{} entries", counts.entries)), "{said}");
    let key = service::log::verifier_key(&service.keys.signing.verifying_key());
    assert!(node_verifies(&text, &["--key", &key]).0);

    let lines: Vec<&str> = text.lines().collect();
    let without = |gone: usize| {
        let rest = lines.iter().enumerate().filter(|(place, _)| *place != gone);
        rest.map(|(_, line)| format!("{line}\n")).collect::<String>()
    };
    let swapped = {
        let mut lines = lines.clone();
        lines.swap(2, 3);
        lines.join("\n") + "\n"
    };
    let salt = text.split("\"salt\":\"").nth(2).unwrap().split('"').next().unwrap();
    let other_salt = STANDARD.encode([9; 32]);
    let last = lines.len() - 1;
    let tampered = [
        ("an entry changed", text.replacen("Another 2", "Another 9", 1)),
        ("an entry gone", without(4)),
        ("the last entry gone", without(usize::try_from(counts.entries).unwrap())),
        ("entries swapped", swapped),
        ("a salt changed", text.replacen(salt, &other_salt, 1)),
        ("a checkpoint gone", without(last - 2)),
        ("the newest checkpoint gone", without(last - 1)),
        ("the end gone", without(last)),
        ("the header gone", without(0)),
        ("a signature changed", text.replacen("\\u2014 ", "", 1).replacen("— headway", "- headway", 1)),
    ];
    for (what, text) in tampered {
        let (holds, said) = node_verifies(&text, &[]);
        assert!(!holds, "{what}: {said}");
    }
    let stranger = format!("headway.log/1+{}+{}", hexadecimal(&[1; 4]), STANDARD.encode([1; 33]));
    assert!(!node_verifies(&text, &["--key", &stranger]).0, "another installation's key");

    // An older state of the whole log, whole in itself: only the kept checkpoint shows it.
    let note = testkit::TemporaryFolder::new();
    let file = note.path().join("kept.txt");
    std::fs::write(&file, kept).unwrap();
    let early = World::new().await;
    let mut older = Vec::new();
    export(&early.service().store, &early.service().keys, &mut older).await.unwrap();
    let older = String::from_utf8(older).unwrap();
    assert!(node_verifies(&older, &[]).0);
    assert!(!node_verifies(&older, &["--checkpoint", file.to_str().unwrap()]).0);
    assert!(node_verifies(&text, &["--checkpoint", file.to_str().unwrap()]).0);
}
