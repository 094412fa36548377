//! Chance that can be repeated: a stream of numbers decided by a seed and by what it is drawn for.
//!
//! Every family has a stream of its own, so that a council of more families begins with the same ones.
//! The generator is SplitMix64 (Steele, Lea and Flood, 2014); it is fast and its bits are good enough for a simulation.

/// A stream of repeatable chance.
#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes the bits of a number so that neighbours have nothing in common.
pub fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

impl Chance {
    /// The stream of a seed, for one purpose and one thing.
    pub fn new(seed: u64, purpose: u64, thing: u64) -> Self {
        let state = mixed(seed.wrapping_add(STEP));
        let state = mixed(state ^ purpose.wrapping_mul(STEP));
        Self { state: mixed(state ^ thing.wrapping_mul(STEP)) }
    }

    /// The next number of the stream.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mixed(self.state)
    }

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// A whole number between two, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        let count = u64::from(most.max(least).abs_diff(least)) + 1;
        least + i32::try_from(self.number() % count).unwrap_or(0)
    }

    /// A waiting time of this mean, in whole days.
    pub fn wait(&mut self, mean: f64) -> i32 {
        // The longest wait is bounded, so that nothing falls outside the calendar.
        let days = -mean * (1.0 - self.unit()).ln();
        days.min(20_000.0) as i32
    }

    /// One of several, by their weights.
    pub fn pick<T: Copy>(&mut self, weighted: &[(T, f64)]) -> T {
        let whole: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let mut left = self.unit() * whole;
        for &(one, weight) in weighted {
            left -= weight;
            if left < 0.0 {
                return one;
            }
        }
        weighted[weighted.len() - 1].0
    }

    /// One of several, all alike.
    pub fn any<T: Copy>(&mut self, all: &[T]) -> T {
        all[(self.number() % all.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_thing_give_the_same_stream_and_others_another() {
        let draw = |seed, thing| {
            let mut chance = Chance::new(seed, 1, thing);
            [chance.number(), chance.number()]
        };
        assert_eq!(draw(1, 7), draw(1, 7));
        assert_ne!(draw(1, 7), draw(1, 8));
        assert_ne!(draw(1, 7), draw(2, 7));
    }

    #[test]
    fn picks_follow_their_weights() {
        let mut chance = Chance::new(1, 1, 1);
        let often =
            (0..10_000).filter(|_| chance.pick(&[("often", 3.0), ("seldom", 1.0)]) == "often").count();
        assert!((7_300..7_700).contains(&often), "{often}");
        let mean = (0..10_000).map(|_| chance.wait(100.0)).sum::<i32>() / 10_000;
        assert!((95..105).contains(&mean), "{mean}");
    }
}
