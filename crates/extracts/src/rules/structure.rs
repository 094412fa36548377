//! Rules of structure: what holds for every list of every collection, as its layout declares it.
//!
//! They are the project's own, numbered S01 and on; the Department's numbered rules stand with their collection.

mod rule_s01;
mod rule_s02;
mod rule_s03;
mod rule_s04;
mod rule_s05;
mod rule_s06;
mod rule_s07;
mod rule_s08;
mod rule_s09;
mod rule_s10;
mod rule_s11;
mod rule_s12;
mod rule_s13;
mod rule_s14;
mod rule_s15;
mod rule_s16;

use super::Rule;

/// The rules, in order.
pub const RULES: &[Rule] = &[
    rule_s01::RULE,
    rule_s02::RULE,
    rule_s03::RULE,
    rule_s04::RULE,
    rule_s05::RULE,
    rule_s06::RULE,
    rule_s07::RULE,
    rule_s08::RULE,
    rule_s09::RULE,
    rule_s10::RULE,
    rule_s11::RULE,
    rule_s12::RULE,
    rule_s13::RULE,
    rule_s14::RULE,
    rule_s15::RULE,
    rule_s16::RULE,
];
