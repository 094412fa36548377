//! Backups: made while people work, read back, restored only whole.

use std::path::{Path, PathBuf};

use service::acts::OpenEpisode;
use service::backup::{Lock, Parts, Unlock, restore};
use service::{Refusal, Role, write_private};
use store::Store;
use testkit::{TemporaryFolder, World};

const PASSPHRASE: &str = "the ferry leaves at quarter past";

/// The parts of a world as an installation has them.
fn parts(world: &World) -> Parts {
    let folder = world.database().folder().to_owned();
    let key = folder.join("keys").join("headway.key");
    // The world's keys follow from its seed: the same bytes as a file.
    let bytes = service::Chance::seeded(497).bytes::<64>().unwrap();
    write_private(&key, &bytes).unwrap();
    Parts { folder, key, dump: None }
}

async fn back_up(world: &World, out: &Path) -> service::backup::Manifest {
    let lock = Lock::under_passphrase(PASSPHRASE).unwrap();
    world.service().back_up(&parts(world), lock, out).await.unwrap()
}

fn left_in(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_made_while_people_work_restores_to_what_was_acknowledged_by_then() {
    let world = World::new().await;
    world.notice_in_force().await;
    let service = world.service().clone();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let writer = {
        let (service, stop, manager) = (service.clone(), stop.clone(), world.actor(Role::ProgrammeManager));
        tokio::spawn(async move {
            let mut acknowledged = 0_usize;
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                let key = service::IdempotencyKey(format!("write-{acknowledged}"));
                let act = OpenEpisode { title: format!("Written {acknowledged}") };
                service.perform(&manager, &key, act).await.unwrap();
                acknowledged += 1;
            }
            acknowledged
        })
    };
    let before = service.store.log_size().await.unwrap();
    let folder = TemporaryFolder::new();
    let out = folder.path().join("headway.backup");
    let manifest = back_up(&world, &out).await;
    stop.store(true, std::sync::atomic::Ordering::SeqCst);
    let acknowledged = writer.await.unwrap();
    assert!(manifest.log_size >= before && acknowledged > 0);
    assert_eq!(left_in(folder.path()), std::slice::from_ref(&out), "no half-written file beside it");
    assert!(
        !left_in(world.database().folder()).iter().any(|path| path.to_string_lossy().contains(".backup"))
    );

    let target = folder.path().join("restored");
    let restored = restore(&out, Unlock::with_passphrase(PASSPHRASE), &target).await.unwrap();
    assert_eq!(restored.manifest, manifest);
    let copy = Store::open_sqlite(&target.join("headway.db")).await.unwrap();
    let (kept, original) = (
        copy.log_entries(0, 100_000).await.unwrap(),
        service.store.log_entries(0, manifest.log_size).await.unwrap(),
    );
    assert_eq!(format!("{kept:?}"), format!("{original:?}"), "a prefix of what was acknowledged");
    assert_eq!(copy.count("receipt").await.unwrap() + 1, manifest.log_size, "rows and log are of one moment");
    copy.close().await;
    for (path, _) in manifest.files.iter().filter(|(path, _)| path.starts_with("attachments/")) {
        assert!(target.join(path).is_file(), "{path}");
    }
    assert!(manifest.files.len() >= 3, "database, keys and the notice's file");
}

#[tokio::test]
async fn a_backup_for_a_recipient_opens_with_their_key_alone() {
    let world = World::new().await;
    let identity = age::x25519::Identity::generate();
    let folder = TemporaryFolder::new();
    let out = folder.path().join("headway.backup");
    let lock = Lock::for_recipient(&identity.to_public().to_string()).unwrap();
    world.service().back_up(&parts(&world), lock, &out).await.unwrap();
    let target = folder.path().join("restored");
    let wrong = restore(&out, Unlock::with_passphrase(PASSPHRASE), &target).await;
    assert!(matches!(wrong, Err(Refusal::Unavailable(_))));
    let key = age_key(&identity);
    restore(&out, Unlock::with_identity(&key).unwrap(), &target).await.unwrap();
}

fn age_key(identity: &age::x25519::Identity) -> String {
    use age::secrecy::ExposeSecret as _;
    format!("# created for a test\n{}\n", identity.to_string().expose_secret())
}

#[tokio::test]
async fn a_wrong_passphrase_and_a_damaged_file_are_refused_and_leave_nothing_behind() {
    let world = World::new().await;
    world.notice_in_force().await;
    // A key of the test's own, since a passphrase takes a second to open each time.
    let identity = age::x25519::Identity::generate();
    let folder = TemporaryFolder::new();
    let out = folder.path().join("headway.backup");
    let lock = Lock::for_recipient(&identity.to_public().to_string()).unwrap();
    world.service().back_up(&parts(&world), lock, &out).await.unwrap();
    let whole = std::fs::read(&out).unwrap();
    let target = folder.path().join("restored");
    let mut damaged: Vec<Vec<u8>> = [0, 1, 100, 300, whole.len() / 2, whole.len() - 1]
        .iter()
        .map(|length| whole[..*length].to_vec())
        .collect();
    for place in (0..24).map(|step| step * (whole.len() - 1) / 23) {
        let mut flipped = whole.clone();
        flipped[place] ^= 0x10;
        damaged.push(flipped);
    }
    let mut longer = whole.clone();
    longer.push(0);
    damaged.push(longer);
    for (number, bytes) in damaged.into_iter().enumerate() {
        std::fs::write(&out, bytes).unwrap();
        let unlock = Unlock::with_identity(&age_key(&identity)).unwrap();
        let refused = restore(&out, unlock, &target).await;
        assert!(matches!(refused, Err(Refusal::Unavailable(_))), "case {number}");
        assert_eq!(left_in(folder.path()), std::slice::from_ref(&out), "case {number}");
    }
    std::fs::write(&out, &whole).unwrap();
    let stranger = age::x25519::Identity::generate();
    let refused = restore(&out, Unlock::with_identity(&age_key(&stranger)).unwrap(), &target).await;
    assert!(refused.unwrap_err().to_string().contains("does not open"));
    assert_eq!(left_in(folder.path()), std::slice::from_ref(&out));
    restore(&out, Unlock::with_identity(&age_key(&identity)).unwrap(), &target).await.unwrap();
}

#[tokio::test]
async fn a_restore_never_writes_into_a_folder_that_holds_something() {
    let world = World::new().await;
    let identity = age::x25519::Identity::generate();
    let folder = TemporaryFolder::new();
    let out = folder.path().join("headway.backup");
    let lock = Lock::for_recipient(&identity.to_public().to_string()).unwrap();
    world.service().back_up(&parts(&world), lock, &out).await.unwrap();
    let target = folder.path().join("in use");
    std::fs::create_dir(&target).unwrap();
    std::fs::write(target.join("headway.db"), "precious").unwrap();
    let refused = restore(&out, Unlock::with_identity(&age_key(&identity)).unwrap(), &target).await;
    assert!(refused.unwrap_err().to_string().contains("not empty"));
    assert_eq!(std::fs::read(target.join("headway.db")).unwrap(), b"precious");
    let again =
        world.service().back_up(&parts(&world), Lock::under_passphrase(PASSPHRASE).unwrap(), &out).await;
    assert!(again.unwrap_err().to_string().contains("stands there already"));
}

#[tokio::test]
async fn a_backup_of_a_log_that_does_not_hold_is_refused() {
    let world = World::new().await;
    let tampering = store::testing::Tampering::SetText {
        place: ["log_entry", "summary", "seq"],
        key: 0,
        text: "Nothing happened".into(),
    };
    world.service().store.tamper(&tampering).await.unwrap();
    let folder = TemporaryFolder::new();
    let out = folder.path().join("headway.backup");
    let lock = Lock::under_passphrase(PASSPHRASE).unwrap();
    let refused = world.service().back_up(&parts(&world), lock, &out).await;
    assert!(refused.unwrap_err().to_string().contains("log does not hold"));
    assert_eq!(left_in(folder.path()), Vec::<PathBuf>::new());
}
