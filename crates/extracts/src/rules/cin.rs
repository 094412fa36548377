//! Rules of the children in need census, under the Department's numbers. The full set is to come.

mod rule_8805;
mod rule_8870q;
mod rule_8875;

use super::Rule;

/// The rules, in order.
pub const RULES: &[Rule] = &[rule_8805::RULE, rule_8870q::RULE, rule_8875::RULE];
