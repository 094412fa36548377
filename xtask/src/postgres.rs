//! A PostgreSQL server for the tests: its own folder, port and password on the loopback, gone when we are.
//!
//! The server refuses to run as root, so root lends it the rights of Debian's `postgres` user. A guard process holds
//! the other end of a pipe: however we end, the pipe closes, and the guard stops the server and removes its folder.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::{is_root, on_path, read, target};

/// The oldest version we support, and the one the tests prefer.
const FLOOR: u32 = 15;
const USER: &str = "headway_tests";
const TRIES: usize = 5;

/// What the tests can lose, the server needn't protect.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=300",
    "shared_buffers=128MB",
    "logging_collector=off",
    "timezone=UTC",
];

/// A running server; dropping it stops and removes it.
pub struct TestServer {
    url: String,
    guard: Child,
}

impl TestServer {
    /// Makes a new server and waits until it answers.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let account = Account::find()?;
        let folder = account.new_folder()?;
        let guard = guard(&account, &programs, &folder)?;
        let mut server = Self { url: String::new(), guard };
        let password = random_word()?;
        account.initialise(&programs, &folder, &password)?;
        for _ in 0..TRIES {
            let port = free_port()?;
            if account.start(&programs, &folder, port)? {
                server.url = format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres");
                println!("  PostgreSQL for the tests listens on 127.0.0.1:{port}");
                return Ok(server);
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        bail!("PostgreSQL didn't start in {TRIES} tries; its log says:\n{log}")
    }

    /// Where it is, with the user and password.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // The guard has our word to stop; if it is gone there is nothing left to wait for.
        let _ = self.guard.wait();
    }
}

/// Runs a server for development until the process is interrupted.
pub fn run_until_interrupted() -> Result<()> {
    let server = TestServer::start()?;
    println!("HEADWAY_TEST_POSTGRES={}", server.url());
    println!("It stops, and all in it is removed, when this program ends (Ctrl-C).");
    loop {
        std::thread::park();
    }
}

/// Whether the server's programs are here, and somebody who may run them.
pub fn can_run() -> bool {
    programs().is_ok() && Account::find().is_ok()
}

/// The folder of the server's programs: the oldest version that we support, or what the search path has.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(version, folder)| *version >= FLOOR && folder.join("initdb").exists())
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.into_iter().next() {
        return Ok(folder);
    }
    let found = on_path("initdb").and_then(|path| path.parent().map(Path::to_path_buf));
    found.context("PostgreSQL's server programs are missing: `cargo xtask setup` installs them")
}

/// Whose rights the server runs with.
struct Account {
    lent: bool,
}

impl Account {
    fn find() -> Result<Self> {
        let lent = is_root();
        if lent && read(Command::new("id").args(["-u", "postgres"])).is_err() {
            bail!(
                "root can't run PostgreSQL, and there is no user `postgres`: `cargo xtask setup` makes one"
            );
        }
        Ok(Self { lent })
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = if self.lent {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        command
    }

    /// A new folder of the server's own: beside the build, or where the account can't reach that, the system's own.
    fn new_folder(&self) -> Result<PathBuf> {
        let name = format!("postgres-for-tests-{}", std::process::id());
        for parent in [target()?, std::env::temp_dir()] {
            let folder = parent.join(&name);
            fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
            if !self.lent || self.takes(&folder) {
                return Ok(folder);
            }
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        bail!("the user `postgres` can reach neither the build folder nor the system's temporary folder")
    }

    fn takes(&self, folder: &Path) -> bool {
        let given =
            Command::new("chown").arg("postgres").arg(folder).status().is_ok_and(|status| status.success());
        given && self.command("test").arg("-w").arg(folder).status().is_ok_and(|status| status.success())
    }

    fn initialise(&self, programs: &Path, folder: &Path, password: &str) -> Result<()> {
        let password_file = folder.join("password");
        fs::write(&password_file, password).context("cannot write the server's password")?;
        read(
            self.command(programs.join("initdb"))
                .arg("--pgdata")
                .arg(folder.join("data"))
                .arg("--pwfile")
                .arg(&password_file)
                .args(["--username", USER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])
                .args(["--auth-host=password", "--auth-local=reject"]),
        )?;
        fs::remove_file(&password_file).context("cannot remove the server's password")
    }

    fn start(&self, programs: &Path, folder: &Path, port: u16) -> Result<bool> {
        let settings: Vec<String> = SETTINGS.iter().map(|setting| format!("-c {setting}")).collect();
        let status = self
            .command(programs.join("pg_ctl"))
            .arg("--pgdata")
            .arg(folder.join("data"))
            .arg("--log")
            .arg(folder.join("log"))
            .arg("--options")
            .arg(format!("-p {port} {}", settings.join(" ")))
            .args(["--wait", "--timeout=60", "--silent", "start"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("cannot start pg_ctl")?;
        Ok(status.success())
    }
}

/// Waits for our end of a pipe to close, then stops the server and removes its folder.
fn guard(account: &Account, programs: &Path, folder: &Path) -> Result<Child> {
    const SCRIPT: &str = "cat >/dev/null; folder=$1; shift; \"$@\" >/dev/null 2>&1; rm -rf \"$folder\"";
    let mut stop = account.command(programs.join("pg_ctl"));
    stop.arg("--pgdata").arg(folder.join("data")).args(["--mode=immediate", "--wait", "--silent", "stop"]);
    Command::new("sh")
        .args(["-c", SCRIPT, "guard"])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args())
        .current_dir("/")
        .stdin(Stdio::piped())
        // Out of the terminal's group, so that an interrupt ends us and leaves the guard to clear up.
        .process_group(0)
        .spawn()
        .context("cannot start the server's guard")
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no free port on the loopback")?;
    Ok(listener.local_addr()?.port())
}

fn random_word() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("no randomness")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
