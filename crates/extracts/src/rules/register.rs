//! Rules of registers alone, beside those of structure that every list is asked.

mod rule_s17;

use super::Rule;

/// The rules, in order.
pub const RULES: &[Rule] = &[rule_s17::RULE];
