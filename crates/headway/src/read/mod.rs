//! `headway read`: an instrument's register on standard output. Changes nothing.

pub mod source;
mod text;
mod tsv;
pub mod worker;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use documents::input::PlainRefusal;
use documents::worker::{ReadDocument, Worker};

use source::Source;

const EXAMPLE: &str = "\
Example:
  headway read notice.pdf                       the register, to be read
  headway read notice.docx --format tsv > duties.tsv
  headway read - --format json < notice.txt

Exit status: 0 read, 1 refused, 2 wrong usage.";

/// Reads an instrument (txt, md, html, docx, pdf) and prints its register; changes nothing.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct ReadCommand {
    /// The document; `-` reads standard input. Its content decides its kind, not its name.
    file: String,
    /// How the register is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One JSON object, for programs.
    Json,
    /// One row an obligation, for spreadsheets.
    Tsv,
    /// A register for people.
    Text,
}

impl ReadCommand {
    /// Reads, prints, and says how it went.
    pub fn run(&self) -> ExitCode {
        match self.read() {
            Ok(document) => {
                for warning in &document.warnings {
                    complain(&format!("headway: warning: {warning}\n"));
                }
                print(&self.printed(&document))
            }
            Err(refusal) => {
                let PlainRefusal { what, where_, what_to_do } = refusal;
                let file = if self.file == "-" { "standard input" } else { &self.file };
                complain(&format!(
                    "headway: cannot read {file}\n  What:       {what}\n  Where:      {where_}\n  What to do: {what_to_do}\n"
                ));
                ExitCode::FAILURE
            }
        }
    }

    fn read(&self) -> Result<ReadDocument, PlainRefusal> {
        let source = Source::open(&self.file)?;
        let worker = Worker::of_this_program().map_err(|_| PlainRefusal {
            what: "The program cannot find itself to start its reader.".to_owned(),
            where_: "This computer, not the document.".to_owned(),
            what_to_do: "Try again. If it still fails, install Headway again.".to_owned(),
        })?;
        let read = match &source.name {
            Some(name) => worker.read_named(name, &source.bytes),
            None => worker.read(&source.bytes),
        };
        read.map_err(|refusal| refusal.for_people())
    }

    fn printed(&self, document: &ReadDocument) -> String {
        match self.format {
            Format::Json => {
                let json = serde_json::to_string_pretty(&document.reading);
                json.expect("a reading has text keys only, so it has a JSON form") + "\n"
            }
            Format::Tsv => tsv::table(&document.reading),
            Format::Text => text::register(document),
        }
    }
}

/// Writes the answer. A reader that has seen enough (`| head`) is no failure.
pub fn print(answer: &str) -> ExitCode {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(answer.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("headway: cannot write the answer: {error}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Tells a person on standard error.
pub fn complain(message: &str) {
    let lines: Vec<String> = message.lines().map(shown).collect();
    // With nobody listening there is nobody to tell.
    let _unheard = io::stderr().lock().write_all((lines.join("\n") + "\n").as_bytes());
}

/// A line of a document as a terminal may show it: without the signs that move cursors or turn text round.
pub fn shown(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => ' ',
            letter if letter.is_control() => ' ',
            letter => letter,
        })
        .collect()
}
