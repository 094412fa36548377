//! A database of a test's own on either engine, gone when the test is.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use service::Authoriser;
use store::{Engine, Scope, Store, testing};
use vocabulary::id::CouncilId;

use crate::folder::TemporaryFolder;

/// Names the PostgreSQL server to the tests.
const SERVER: &str = "HEADWAY_TEST_POSTGRES";

static COUNT: AtomicU64 = AtomicU64::new(0);

/// The PostgreSQL server for tests; none when this run goes without, which is said, and which continuous integration
/// may not.
pub fn test_server() -> Option<String> {
    let server = std::env::var(SERVER).ok().filter(|server| !server.is_empty());
    if server.is_none() {
        let required = std::env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(!required, "{SERVER} is not set: continuous integration tests PostgreSQL too");
        println!("skipped on PostgreSQL: {SERVER} is not set (cargo xtask test sets it)");
    }
    server
}

/// What the program itself may see of a council: the programme.
pub fn programme_scope(council: CouncilId) -> Scope {
    Authoriser::new().expect("the policies parse").own_scope(council)
}

/// A database that is removed when it is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    place: Place,
    folder: TemporaryFolder,
}

#[derive(Debug)]
enum Place {
    File,
    Server { server: String, name: String, url: String },
}

impl TestDatabase {
    /// A new database on an engine; none where this run goes without PostgreSQL.
    pub async fn on(engine: Engine) -> Option<Self> {
        Self::made(engine, true).await
    }

    /// The same without the schema.
    pub async fn bare_on(engine: Engine) -> Option<Self> {
        Self::made(engine, false).await
    }

    async fn made(engine: Engine, with_schema: bool) -> Option<Self> {
        let folder = TemporaryFolder::new();
        if engine == Engine::Sqlite {
            return Some(Self { place: Place::File, folder });
        }
        let server = test_server()?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        testing::drop_database(&server, &name).await.expect("the test server answers");
        let made = if with_schema {
            testing::create_database(&server, &name).await
        } else {
            testing::create_bare_database(&server, &name).await
        };
        let url = made.expect("the test server makes a database");
        Some(Self { place: Place::Server { server, name, url }, folder })
    }

    /// Opens it, as the program does; it can be opened more than once.
    pub async fn open(&self) -> Store {
        self.try_open().await.expect("a new database opens")
    }

    /// Opens it, or says why not.
    pub async fn try_open(&self) -> Result<Store, store::StoreError> {
        match &self.place {
            Place::File => Store::open_sqlite(&self.file()).await,
            Place::Server { url, .. } => Store::open_postgres(url).await,
        }
    }

    /// The SQLite file; on PostgreSQL nothing stands there.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("headway.db")
    }

    /// The database's address, on PostgreSQL.
    pub fn url(&self) -> Option<&str> {
        match &self.place {
            Place::File => None,
            Place::Server { url, .. } => Some(url),
        }
    }

    /// A folder beside the database, for keys and attachments.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Place::Server { server, name, .. } = &self.place else { return };
        let (server, name) = (server.clone(), name.clone());
        // A thread of its own, since a test drops its world inside its runtime.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                // A server that is already gone has nothing left to remove.
                let _gone = runtime.block_on(testing::drop_database(&server, &name));
            }
        });
        let _ended = removal.join();
    }
}
