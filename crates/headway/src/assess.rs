//! `headway assess`: the figures of a council as at a day, and with `--outcomes` every outcome behind them.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use practice::indicator::{IndicatorValue, Period, PeriodKind};
use practice::outcome::{Outcome, Status};
use serde::Serialize;
use service::{Figures, Knowledge, Service};
use store::Scope;

use crate::installation::{self, open_existing, refused};
use crate::log::Place;

/// Prints the indicators of a council as at a day.
#[derive(Args)]
#[command(
    after_help = "Example:\n  headway assess --data ./northmoor --council \"Northmoor Council\" --as-at 2026-10-31 --format text\n\nThe file of --outcomes holds children's own identifiers: keep it as you keep the extract."
)]
pub struct AssessCommand {
    #[command(flatten)]
    place: Place,
    /// The council's name; not needed where there is one.
    #[arg(long)]
    council: Option<String>,
    /// The day of the question, as 2026-10-31.
    #[arg(long, value_name = "DATE")]
    as_at: Date,
    /// How the indicators are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Also writes one row an outcome to this CSV file.
    #[arg(long, value_name = "FILE.csv")]
    outcomes: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object.
    Json,
    /// One row an indicator.
    Csv,
    /// Words for people.
    Text,
}

#[derive(Serialize)]
struct Answer<'a> {
    council: &'a str,
    as_at: String,
    snapshot: String,
    seconds: f64,
    standards: Vec<StandardRow<'a>>,
    indicators: Vec<IndicatorRow>,
}

#[derive(Serialize)]
struct StandardRow<'a> {
    code: &'a str,
    met: usize,
    missed: usize,
    due: usize,
    not_applicable: usize,
    cannot_tell: usize,
}

#[derive(Serialize)]
struct IndicatorRow {
    code: String,
    period: String,
    group: String,
    numerator: u32,
    denominator: u32,
    value: Option<f64>,
}

impl AssessCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.perform()).unwrap_or_else(|error| refused(&error))
    }

    async fn perform(&self) -> Result<ExitCode> {
        let began = Instant::now();
        let service = open_existing(self.place.data.as_deref(), self.place.database_url.as_deref()).await?;
        let (name, scope) = council_scope(&service, self.council.as_deref()).await?;
        let figures = service.figures(&scope, Knowledge::as_at(self.as_at)).await?;
        let Some(figures) = figures else {
            bail!("{name} has no load as at {} or before: load an extract with headway load", self.as_at)
        };
        if let Some(file) = &self.outcomes {
            self.write_outcomes(&service, &scope, &figures, file).await?;
        }
        let answer = Answer {
            council: &name,
            as_at: self.as_at.to_string(),
            snapshot: figures.snapshots.last().map(|newest| newest.id.to_string()).unwrap_or_default(),
            seconds: began.elapsed().as_secs_f64(),
            standards: standard_rows(&figures),
            indicators: newest(&figures).map(|value| indicator_row(&figures, value)).collect(),
        };
        print(&answer, self.format)?;
        service.store.close().await;
        Ok(ExitCode::SUCCESS)
    }

    async fn write_outcomes(
        &self,
        service: &Service,
        scope: &Scope,
        figures: &Figures,
        file: &std::path::Path,
    ) -> Result<()> {
        let names = service.own_names(scope).await?;
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(["code", "child", "event_on", "due_on", "met_on", "status", "list", "row"])?;
        let words = &figures.history.picture.words;
        for outcome in &figures.outcomes.outcomes {
            let day = |day: Option<vocabulary::day::Day>| day.map(|day| day.to_string()).unwrap_or_default();
            let id = words.text(outcome.subject);
            out.write_record([
                figures.library.standards[usize::from(outcome.standard)].code.as_str(),
                names.get(id).map_or(id, String::as_str),
                &day(outcome.event_on),
                &day(outcome.due_on),
                &day(outcome.met_on),
                outcome.status.code(),
                words.text(outcome.source.list),
                &outcome.source.row.to_string(),
            ])?;
        }
        // It holds the council's own identifiers of children, so it is nobody's but its maker's to open.
        service::write_private(file, &out.into_inner()?)
            .with_context(|| format!("the file {} cannot be written", file.display()))?;
        eprintln!("{} outcomes were written to {}.", figures.outcomes.outcomes.len(), file.display());
        Ok(())
    }
}

/// The council of a name, or the only one there is, with the scope of whoever holds the machine.
pub async fn council_scope(service: &Service, name: Option<&str>) -> Result<(String, Scope)> {
    let councils = service.store.councils().await?;
    let found = match name {
        Some(name) => councils.iter().find(|council| council.name == name),
        None if councils.len() == 1 => councils.first(),
        None => None,
    };
    let known: Vec<&str> = councils.iter().map(|council| council.name.as_str()).collect();
    let Some(council) = found else {
        bail!("name the council with --council; there are: {}", known.join(", "))
    };
    Ok((council.name.clone(), service.authoriser.machine_scope(council.id)))
}

fn standard_rows(figures: &Figures) -> Vec<StandardRow<'_>> {
    let mut rows: Vec<StandardRow<'_>> = figures
        .library
        .standards
        .iter()
        .map(|standard| StandardRow {
            code: &standard.code,
            met: 0,
            missed: 0,
            due: 0,
            not_applicable: 0,
            cannot_tell: 0,
        })
        .collect();
    for Outcome { standard, status, .. } in &figures.outcomes.outcomes {
        let row = &mut rows[usize::from(*standard)];
        match status {
            Status::Met => row.met += 1,
            Status::Missed => row.missed += 1,
            Status::Due => row.due += 1,
            Status::NotApplicable => row.not_applicable += 1,
            Status::CannotTell => row.cannot_tell += 1,
        }
    }
    rows
}

/// The values of the periods that the day of the question lies in.
fn newest(figures: &Figures) -> impl Iterator<Item = &IndicatorValue> {
    figures.values.iter().filter(|value| value.period.end == figures.as_at)
}

/// A period as scripts read it: `month 2026-10`, `12 months to 2026-10-31`.
fn period_name(period: Period) -> String {
    let (start, end) = (period.start, period.end);
    match period.kind {
        PeriodKind::Month => format!("month {}", &end.to_string()[..7]),
        PeriodKind::Quarter => format!("quarter from {start}"),
        PeriodKind::RollingYear => format!("12 months to {end}"),
        PeriodKind::YearToDate => format!("year to date {start} to {end}"),
        PeriodKind::Position => format!("on {end}"),
    }
}

fn indicator_row(figures: &Figures, value: &IndicatorValue) -> IndicatorRow {
    IndicatorRow {
        code: figures.library.measures[usize::from(value.measure)].code.clone(),
        period: period_name(value.period),
        group: figures.group_name(value.group),
        numerator: value.numerator,
        denominator: value.denominator,
        value: value.value,
    }
}

fn print(answer: &Answer<'_>, format: Format) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer(&mut out, answer)?;
            writeln!(out)?;
        }
        Format::Csv => {
            let mut rows = csv::Writer::from_writer(out);
            for row in &answer.indicators {
                rows.serialize(row)?;
            }
            rows.flush()?;
        }
        Format::Text => {
            writeln!(out, "{} as at {}", answer.council, answer.as_at)?;
            for row in answer.indicators.iter().filter(|row| row.group == "council") {
                let value = row.value.map_or("no figure".to_owned(), |value| format!("{value:.1}"));
                writeln!(
                    out,
                    "  {}: {value} ({} of {}), {}",
                    row.code, row.numerator, row.denominator, row.period
                )?;
            }
        }
    }
    Ok(())
}
