//! The one program: its commands, each in a module of its own.

mod assess;
mod backup;
mod check;
mod declared;
mod demo;
mod doctor;
mod export;
mod installation;
mod library;
mod load;
mod log;
mod migrate;
mod postcodes;
mod read;
mod restore;
mod serve;
mod synth;
mod user;

use std::process::ExitCode;

/// Pages are made of many small texts; this hands them out twice as fast as the system's (docs/performance.md).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

use clap::{Parser, Subcommand};
use documents::worker::WORKER_ARGUMENT;

/// What a council, its improvement board and the Department use while an improvement notice is in force.
#[derive(Parser)]
#[command(name = "headway", version, disable_help_subcommand = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Assess(assess::AssessCommand),
    Demo(demo::DemoCommand),
    Serve(serve::ServeCommand),
    Backup(backup::BackupCommand),
    Check(check::CheckCommand),
    Doctor(doctor::DoctorCommand),
    Export(export::ExportCommand),
    Library(library::LibraryCommand),
    Load(load::LoadCommand),
    Log(log::LogCommand),
    Migrate(migrate::MigrateCommand),
    /// Prints the description of the JSON interface (OpenAPI 3.1).
    #[command(after_help = "Example:\n  headway openapi > openapi.json")]
    Openapi,
    Postcodes(postcodes::PostcodesCommand),
    Read(read::ReadCommand),
    Restore(restore::RestoreCommand),
    Synth(synth::SynthCommand),
    User(user::UserCommand),
}

/// Ends quietly when whoever read the output has gone, as `headway library list | head` has: what panics there is printing.
fn end_with_the_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.payload_as_str().unwrap_or_default();
        if words.starts_with("failed printing to std") && words.contains("Broken pipe") {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

fn main() -> ExitCode {
    // A worker starts once for every document, so it starts before anything else is set up.
    match std::env::args_os().nth(1) {
        Some(argument) if argument == WORKER_ARGUMENT => return read::worker::run(),
        Some(argument) if argument == service::EXTRACT_WORKER_ARGUMENT => return check::worker::run(),
        _ => {}
    }
    end_with_the_reader();
    match CommandLine::parse().command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Doctor(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Library(command) => command.run(),
        Command::Load(command) => command.run(),
        Command::Assess(command) => command.run(),
        Command::Log(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::Openapi => {
            println!("{}", web::openapi::document());
            ExitCode::SUCCESS
        }
        Command::Postcodes(command) => command.run(),
        Command::Read(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Synth(command) => command.run(),
        Command::User(command) => command.run(),
    }
}
