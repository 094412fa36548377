//! Every exported table: the one list from which files are written and the data dictionary is made.
//!
//! `dimension_` and `fact_` tables are a star for warehouses and reporting tools: facts hold numbers and the keys of the
//! dimensions that say what the numbers are of. Keys hold within one export only; codes hold from one to the next.

use vocabulary::day::Day;

use crate::declared::{Table, tables};

tables! {
    /// One day of the calendar, for every day between the first and the last that a fact names.
    DateRow as "dimension_date" {
        /// The day as a number, such as 20260531; the key that facts and periods name.
        date_key: i64, C0;
        /// The day.
        date: Day, C0;
        /// The calendar year.
        year: i64, C0;
        /// The quarter of the calendar year, from 1.
        quarter: i64, C0;
        /// The month, from 1.
        month: i64, C0;
        /// The month in words, such as May 2026.
        month_name: String, C0;
        /// The financial year from 1 April, such as 2026-27.
        financial_year: String, C0;
        /// Whether it is the last day of its month.
        is_month_end: bool, C0;
        /// Whether it is a working day in England and Wales; empty where the table of bank holidays does not reach.
        is_working_day: Option<bool>, C0;
    }

    /// One practice standard that the measures are counted by.
    StandardRow as "dimension_standard" {
        /// The key that measures and outcomes name.
        standard_key: i64, C0;
        /// The standard's code, the same in every export.
        standard_code: String, C0;
        /// What must happen, in one line.
        title: String, C0;
        /// What it is about.
        theme: String, C0;
        /// What it rests on: law, guidance, the Department's way of measuring, or the council's own decision.
        basis: String, C0;
        /// How far its source was read. Only a source that was read is shown as law.
        source_status: String, C0;
        /// The edition and paragraph of the source.
        edition: String, C0;
        /// The day of the source.
        source_date: Option<Day>, C0;
        /// The first day of a clock that it governs; empty when it always did.
        in_force_from: Option<Day>, C0;
        /// The last day of a clock that it governs; empty while it is in force.
        in_force_to: Option<Day>, C0;
    }

    /// One measure: what is counted of a standard's outcomes, and by which day.
    MeasureRow as "dimension_measure" {
        /// The key that figures name.
        measure_key: i64, C0;
        /// The measure's code, the same in every export.
        measure_code: String, C0;
        /// What it measures, in one line.
        title: String, C0;
        /// The words that follow the figure in a sentence.
        sentence: String, C0;
        /// What the value is in: per cent, or number.
        unit: String, C0;
        /// Which way is better: higher, lower or neither.
        polarity: String, C0;
        /// By which day an outcome is counted: completed, due, started or position.
        counted_by: String, C0;
        /// Which outcomes the numerator holds: met or missed; events for a number.
        numerator_is: String, C0;
        /// Whether it stands among the few that a board looks at first.
        is_headline: bool, C0;
        /// The standard that it is counted by.
        standard_key: i64, C0;
        /// The newest published figure to read it beside, if one is known.
        benchmark_value: Option<f64>, C0;
        /// What the published figure counts.
        benchmark_unit: Option<String>, C0;
        /// The year or day that the published figure is about.
        benchmark_period: Option<String>, C0;
        /// Where the published figure was read.
        benchmark_source: Option<String>, C0;
    }

    /// One period that figures are counted for.
    PeriodRow as "dimension_period" {
        /// The key that figures name.
        period_key: i64, C0;
        /// How long it is: month, quarter, twelve months, year to date, or position for a single day.
        period_kind: String, C0;
        /// Its first day.
        period_start: Day, C0;
        /// Its last day, or the day of the figures while it runs.
        period_end: Day, C0;
        /// Its first day as a key of the calendar.
        start_date_key: i64, C0;
        /// Its last day as a key of the calendar.
        end_date_key: i64, C0;
    }

    /// One group whose outcomes are counted: the council, or a team as the extract names it.
    GroupRow as "dimension_group" {
        /// The key that figures and outcomes name.
        group_key: i64, C2;
        /// What it is: council or team.
        group_kind: String, C2;
        /// Its name.
        group_name: String, C2;
    }

    /// One figure: a measure for a period and a group, before disclosure control.
    IndicatorRow as "fact_indicator" {
        /// The measure.
        measure_key: i64, C2;
        /// The period.
        period_key: i64, C2;
        /// The group.
        group_key: i64, C2;
        /// How many the measure shows.
        numerator: i64, C2;
        /// Of how many.
        denominator: i64, C2;
        /// How many more cannot be told, and are in neither.
        cannot_tell: i64, C2;
        /// The percentage or the number; empty where the percentage would be of none.
        value: Option<f64>, C2;
        /// The mean of the control chart at that month; for the council's months and positions only.
        chart_mean: Option<f64>, C2;
        /// The lower limit of the control chart at that month.
        chart_lower_limit: Option<f64>, C2;
        /// The upper limit of the control chart at that month.
        chart_upper_limit: Option<f64>, C2;
        /// The signal of the control chart that the month is part of: outside limits, shift, near limit or trend.
        chart_signal: Option<String>, C2;
    }

    /// One event of one child judged by one standard. Written on the command line only, when children are asked for.
    OutcomeRow as "fact_outcome" {
        /// The child's random id in Headway, which no other system knows.
        child_id: String, C3;
        /// The standard that the event is judged by.
        standard_key: i64, C3;
        /// The child's team, as a group; empty where the extract gives none.
        group_key: Option<i64>, C3;
        /// What can be said of the event: met, missed, due, not_applicable or cannot_tell.
        status: String, C3;
        /// Why it is not applicable or cannot be told.
        reason: Option<String>, C3;
        /// The day the clock starts, or the day of the event.
        event_on: Option<Day>, C3;
        /// The last day on which it is in time.
        due_on: Option<Day>, C3;
        /// The day it was done, in time or not.
        met_on: Option<Day>, C3;
        /// The day on which it stopped being asked.
        ended_on: Option<Day>, C3;
    }

    /// One figure with everything said of it in one row, for spreadsheets. Small numbers are in it.
    FigureRow as "figures" {
        /// The measure's code, the same in every export.
        measure: String, C2;
        /// What it measures, in one line.
        title: String, C2;
        /// How long the period is: month, twelve months, or position for a single day.
        period_kind: String, C2;
        /// The period's first day.
        period_start: Day, C2;
        /// The period's last day, or the day of the figures while it runs.
        period_end: Day, C2;
        /// Whose it is: council or team.
        group_kind: String, C2;
        /// The name of the council or the team.
        group: String, C2;
        /// How many the measure shows.
        numerator: i64, C2;
        /// Of how many.
        denominator: i64, C2;
        /// How many more cannot be told, and are in neither.
        cannot_tell: i64, C2;
        /// The percentage or the number; empty where the percentage would be of none.
        value: Option<f64>, C2;
        /// What the value is in: per cent, or number.
        unit: String, C2;
        /// Which way is better: higher, lower or neither.
        polarity: String, C2;
        /// The code of the standard that it is counted by.
        standard: String, C2;
        /// The edition and paragraph of the standard's source.
        edition: String, C2;
        /// How far the source was read. Only a source that was read is shown as law.
        source_status: String, C2;
        /// The newest published figure to read it beside, if one is known.
        benchmark: Option<f64>, C2;
        /// What the published figure counts.
        benchmark_unit: Option<String>, C2;
        /// The year or day that the published figure is about.
        benchmark_period: Option<String>, C2;
        /// Where the published figure was read.
        benchmark_source: Option<String>, C2;
        /// The day the figures tell of.
        as_at: Day, C2;
        /// The day up to which what was loaded counts.
        known_on: Day, C2;
        /// Class, who took it out and when, program and place in the log, so that a single row still says it.
        taken_out: String, C2;
    }

    /// One event of one child that is past its day, or whose day comes soon. Taken out with a purpose, 50 children at most.
    EventRow as "exceptions" {
        /// The child's random id in Headway, which no other system knows.
        child_id: String, C3;
        /// The child's age in whole years on the day of the figures, if it can be told.
        age_in_years: Option<i64>, C3;
        /// The code of the standard that the event is judged by.
        standard: String, C3;
        /// What must happen.
        title: String, C3;
        /// The last day on which it is in time.
        due_on: Option<Day>, C3;
        /// Days late, or days left while it is due.
        days: i64, C3;
        /// What can be said of the event: missed or due.
        status: String, C3;
        /// The team that the extract names.
        team: Option<String>, C3;
        /// The day the figures tell of.
        as_at: Day, C3;
        /// What the file is for, as the person said who took it out.
        purpose: String, C3;
        /// Class, who took it out and when, program and place in the log, so that a single row still says it.
        taken_out: String, C3;
    }

    /// One column of one exported table.
    DictionaryRow as "data_dictionary" {
        /// The table, which is the file's name too.
        table: String, C0;
        /// The column's name in the file.
        column: String, C0;
        /// What its cells hold.
        holds: String, C0;
        /// Whether a cell may be empty.
        may_be_empty: bool, C0;
        /// The class of data: C0 published, C1 programme, C2 figures before disclosure control, C3 children under random ids.
        class: String, C0;
        /// What it means.
        meaning: String, C0;
    }
}

/// The data dictionary: one row a column, in the order of tables and columns.
pub fn dictionary() -> Vec<DictionaryRow> {
    let of_table = |table: &'static Table| {
        table.columns.iter().map(|column| DictionaryRow {
            table: table.name.to_owned(),
            column: column.name.to_owned(),
            holds: column.kind.words().to_owned(),
            may_be_empty: column.optional,
            class: column.class.name().to_owned(),
            meaning: column.meaning.to_owned(),
        })
    };
    DICTIONARY.iter().flat_map(of_table).collect()
}

/// The data dictionary as a page of the documentation (`docs/data-dictionary.md`).
pub fn dictionary_as_markdown() -> String {
    use std::fmt::Write as _;
    let mut page = "# Data dictionary\n\n\
        Every table that Headway exports, from the declaration that writes them (`crates/star_schema/src/tables.rs`).\n\
        Made by `headway export --dictionary`; `cargo xtask docs` writes it anew.\n\
        Classes: C0 published, C1 programme, C2 figures before disclosure control, C3 children under random ids.\n"
        .to_owned();
    for table in DICTIONARY {
        let class = table.class().name();
        let _ = write!(page, "\n## {}\n\n{}\nClass {class}.\n\n", table.name, table.meaning);
        page.push_str(
            "| column | holds | may be empty | class | meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        for column in table.columns {
            let empty = if column.optional { "yes" } else { "no" };
            let (holds, class) = (column.kind.words(), column.class.name());
            let _ =
                writeln!(page, "| `{}` | {holds} | {empty} | {class} | {} |", column.name, column.meaning);
        }
    }
    page
}
