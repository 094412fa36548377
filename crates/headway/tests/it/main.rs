//! The whole program from outside, one module a command.

mod check;
mod export;
mod loading;
mod oracle;
mod own_library;
mod postcodes;
mod read;
mod registers;

use std::process::Command;

/// The program.
fn headway() -> Command {
    Command::new(env!("CARGO_BIN_EXE_headway"))
}
