//! Rules of the SSDA903 return, under the Department's numbers. The full set is to come.

mod rule_355;

use super::Rule;

/// The rules, in order.
pub const RULES: &[Rule] = &[rule_355::RULE];
