//! What a chart says, in a few sentences that come before the table and the picture.

use vocabulary::date::{day_in_words, month_name};
use vocabulary::day::Day;

use super::{
    Assurance, ControlChart, Measure, POINTS_FOR_LIMITS, Segment, Side, Signal, SignalKind, Unit, Variation,
};

/// The month of a day: `May 2026`.
pub fn month(day: Day) -> String {
    let date = day.date();
    format!("{} {}", month_name(date.month()), date.year())
}

fn date(day: Day) -> String {
    day_in_words(day.date())
}

/// A figure in its unit: `82%`, `31.5 days`, `14`.
pub fn amount(value: f64, unit: Unit) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // Not "-0".
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    match unit {
        Unit::Percent => format!("{tenths}%"),
        Unit::Days if tenths == 1.0 => "1 day".to_owned(),
        Unit::Days => format!("{tenths} days"),
        Unit::Number => format!("{tenths}"),
    }
}

impl Variation {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Improving => "Special cause variation: improving",
            Self::Concerning => "Special cause variation: concerning",
            Self::Neither => "Special cause variation: neither better nor worse",
            Self::CommonCause => "Common cause variation",
        }
    }
}

impl Assurance {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::WillConsistentlyMeet => "Will consistently meet the target",
            Self::HitAndMiss => "Will hit and miss the target",
            Self::WillFallShort => "Will fall short of the target",
        }
    }
}

impl ControlChart {
    /// The chart in words, for people who never look at one.
    pub fn sentence(&self, measure: &Measure) -> String {
        let Some((latest, value)) = self.latest() else { return "There are no figures yet.".to_owned() };
        let counts = match (latest.numerator, latest.denominator) {
            (Some(numerator), Some(denominator)) => format!(" ({numerator} of {denominator})"),
            _ => String::new(),
        };
        let figure = amount(value, measure.unit);
        let mut sentences = vec![format!("{}: {figure}{counts} {}.", latest.period, measure.sentence)];
        sentences.push(self.variation_sentence());
        sentences.extend(self.current().and_then(|segment| limits_sentence(segment, measure)));
        sentences.extend(self.assurance.and_then(|assurance| assurance_sentence(assurance, measure)));
        sentences.extend(self.current().and_then(|segment| self.basis_sentence(segment)));
        sentences.join(" ")
    }

    /// A signal in words, with its points: `7 points in a row above the mean (June 2025 to December 2025)`.
    pub fn signal_words(&self, signal: &Signal) -> String {
        let what = match (signal.kind, signal.side) {
            (SignalKind::OutsideLimits, side) => {
                let limit =
                    if side == Side::Above { "above the upper limit" } else { "below the lower limit" };
                let count = signal.points.len();
                if count == 1 {
                    format!("a point {limit}")
                } else {
                    format!("{count} points in a row {limit}")
                }
            }
            (SignalKind::Shift, Side::Above) => {
                format!("{} points in a row above the mean", signal.points.len())
            }
            (SignalKind::Shift, Side::Below) => {
                format!("{} points in a row below the mean", signal.points.len())
            }
            (SignalKind::NearLimit, Side::Above) => "two of three points near the upper limit".to_owned(),
            (SignalKind::NearLimit, Side::Below) => "two of three points near the lower limit".to_owned(),
            (SignalKind::Trend, Side::Above) => format!("{} points in a row rising", signal.points.len()),
            (SignalKind::Trend, Side::Below) => format!("{} points in a row falling", signal.points.len()),
        };
        let period = |place: Option<&usize>| place.map_or("", |&place| self.points[place].period.as_str());
        match (period(signal.points.first()), period(signal.points.last())) {
            (first, last) if first == last => format!("{what} ({first})"),
            (first, last) => format!("{what} ({first} to {last})"),
        }
    }

    fn variation_sentence(&self) -> String {
        let latest = self.points.iter().rposition(|point| point.value.is_some());
        let is_current = |signal: &&Signal| latest.is_some_and(|latest| signal.points.contains(&latest));
        let (current, earlier): (Vec<&Signal>, Vec<&Signal>) =
            self.signals.iter().partition(|it| is_current(it));
        let words = |signals: &[&Signal]| {
            signals.iter().map(|signal| self.signal_words(signal)).collect::<Vec<_>>().join("; ")
        };
        let mut sentence = self.variation.words().to_owned();
        if !current.is_empty() {
            sentence += &format!(": {}", words(&current));
        }
        sentence.push('.');
        if !earlier.is_empty() {
            sentence += &format!(" Earlier: {}.", words(&earlier));
        }
        sentence
    }

    fn basis_sentence(&self, segment: &Segment) -> Option<String> {
        let mut sentences = Vec::new();
        if segment.is_trial() {
            let points = if segment.figures == 1 {
                "1 point".to_owned()
            } else {
                format!("{} points", segment.figures)
            };
            sentences.push(format!("Trial limits: {points} so far, {POINTS_FOR_LIMITS} are needed."));
        }
        if let Some(rebase) = &segment.rebase {
            let since = &self.points[segment.first].period;
            sentences.push(format!(
                "New limits from {since}, decided by {} on {}: {}.",
                rebase.author(),
                date(rebase.decided_on()),
                rebase.cause().trim_end_matches('.')
            ));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

fn limits_sentence(segment: &Segment, measure: &Measure) -> Option<String> {
    let (lower, upper) = segment.shown_limits(measure.unit)?;
    let [lower, upper, mean] = [lower, upper, segment.mean].map(|value| amount(value, measure.unit));
    Some(format!("While nothing changes, expect between {lower} and {upper}, around {mean}."))
}

fn assurance_sentence(assurance: Assurance, measure: &Measure) -> Option<String> {
    Some(format!("{} of {}.", assurance.words(), amount(measure.target?, measure.unit)))
}
