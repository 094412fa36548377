//! Prints a PDF's text, for the development loop: `cargo run -p pdf_text --example pdf_to_text FILE [--second]`.

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: pdf_to_text FILE [--second]");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let started = Instant::now();
    match pdf_text::extract(&bytes, pdf_text::Limits::default()) {
        Ok(reading) => {
            eprintln!("{} pages in {:?}; {:?}", reading.pages, started.elapsed(), reading.warnings);
            if arguments.next().is_some() {
                let other = pdf_text::second_opinion(&bytes).unwrap_or_default();
                let share = pdf_text::disagreement(&reading.text, &other);
                eprintln!("second opinion after {:?}, differing share {share:.4}", started.elapsed());
            }
            print!("{}", reading.text);
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            eprintln!("{path}: {refusal}");
            ExitCode::FAILURE
        }
    }
}
