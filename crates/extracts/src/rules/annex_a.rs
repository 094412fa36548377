//! Rules of Annex A alone, the project's own: A01 and on.

mod rule_a01;

use super::Rule;

/// The rules, in order.
pub const RULES: &[Rule] = &[rule_a01::RULE];
