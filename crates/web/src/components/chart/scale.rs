//! Where a figure stands in a drawing, and which figures are written beside it.

/// What figures are in, and where their scale may begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Hundredths, from 0 to 100.
    Percent,
    /// Days, never below 0.
    Days,
    /// Numbers of anything, never below 0.
    Number,
}

/// A scale between two figures, drawn between two places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) lowest: f64,
    pub(super) highest: f64,
    step: f64,
    /// Where the lowest and the highest stand.
    pub(super) places: (f64, f64),
}

impl Axis {
    fn highest(self) -> f64 {
        if self == Self::Percent { 100.0 } else { f64::INFINITY }
    }

    /// A figure as it is written: `82%`, `31.5 days`, `14`.
    pub(super) fn written(self, value: f64) -> String {
        let tenths = (value * 10.0).round() / 10.0;
        let tenths = if tenths == 0.0 { 0.0 } else { tenths };
        match self {
            Self::Percent => format!("{tenths}%"),
            Self::Days if tenths == 1.0 => "1 day".to_owned(),
            Self::Days => format!("{tenths} days"),
            Self::Number => format!("{tenths}"),
        }
    }

    /// A figure as it stands beside the scale, where there is little room.
    pub(super) fn tick(self, value: f64) -> String {
        if self == Self::Percent { self.written(value) } else { Self::Number.written(value) }
    }

    /// A limit where figures can be.
    pub(super) fn within(self, value: f64) -> f64 {
        value.clamp(0.0, self.highest())
    }
}

impl Scale {
    /// A scale of round figures that holds all of these.
    pub(super) fn holding(values: impl IntoIterator<Item = f64>, axis: Axis, places: (f64, f64)) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (lowest, highest) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(lowest, highest), value| {
                (lowest.min(value), highest.max(value))
            });
        let (lowest, highest) = if lowest <= highest { (lowest, highest) } else { (0.0, 1.0) };
        let step = round_step((highest - lowest).max(lowest.abs() * 0.05).max(1e-6) / 4.0);
        let from = ((lowest / step).floor() * step).max(0.0);
        let to = ((highest / step).ceil() * step).min(axis.highest());
        let (from, to) = if to > from { (from, to) } else { ((from - step).max(0.0), from + step) };
        Self { lowest: from, highest: to, step, places }
    }

    /// Where a figure stands.
    pub(super) fn place(&self, value: f64) -> f64 {
        let part = (value - self.lowest) / (self.highest - self.lowest);
        self.places.0 + part.clamp(0.0, 1.0) * (self.places.1 - self.places.0)
    }

    /// The figures written beside the scale.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut tick = (self.lowest / self.step).ceil() * self.step;
        while tick <= self.highest + self.step * 1e-6 && ticks.len() < 12 {
            ticks.push(tick);
            tick += self.step;
        }
        ticks
    }
}

/// The next 1, 2 or 5 times a power of ten.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|&round| round >= step).unwrap_or(step)
}
