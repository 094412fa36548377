//! Prints the reading of a report or letter, for the development loop: `read_report FILE.pdf|FILE.txt [--json]`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: read_report FILE [--json]");
        return ExitCode::from(2);
    };
    let text = match text_of(&path) {
        Ok(text) => text,
        Err(message) => {
            eprintln!("{path}: {message}");
            return ExitCode::FAILURE;
        }
    };
    let reading = improvement::reading::read(&text);
    if arguments.next().is_some() {
        match serde_json::to_string_pretty(&reading) {
            Ok(json) => println!("{json}"),
            Err(error) => eprintln!("{error}"),
        }
        return ExitCode::SUCCESS;
    }
    println!("{:#?}", reading.document);
    for item in &reading.recommendations {
        let addressee = item.addressee.as_ref().map_or("", |party| party.as_str());
        println!("{} [{addressee}] [{}] {}", item.reference, item.group.as_deref().unwrap_or(""), item.text);
    }
    for finding in &reading.findings {
        println!(
            "{:?} | {:?} | {:?} | {:?} | {:?} | {}",
            finding.polarity,
            finding.topic,
            finding.hedge,
            finding.cohort,
            finding.service_area,
            finding.text
        );
    }
    for duty in &reading.obligations {
        println!("{:?} {}", duty.modality, duty.text);
    }
    println!("{:#?}", reading.questions);
    ExitCode::SUCCESS
}

fn text_of(path: &str) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    if path.ends_with(".txt") {
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    pdf_text::extract(&bytes, pdf_text::Limits::default())
        .map(|reading| reading.text)
        .map_err(|refusal| refusal.to_string())
}
