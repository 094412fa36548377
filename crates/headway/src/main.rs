//! The one program: its commands, each in a module of its own.

mod demo;
mod installation;
mod read;
mod serve;

use std::process::ExitCode;

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
    Demo(demo::DemoCommand),
    Serve(serve::ServeCommand),
    Read(read::ReadCommand),
}

fn main() -> ExitCode {
    // A worker starts once for every document, so it starts before anything else is set up.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == WORKER_ARGUMENT) {
        return read::worker::run();
    }
    match CommandLine::parse().command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Read(command) => command.run(),
    }
}
