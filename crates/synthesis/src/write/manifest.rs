//! The list of what was made, of every fault in it and of what the council put right: `manifest.json`.

use std::fmt::Write as _;

use crate::dirt::Fault;
use crate::life::correction::Correction;
use crate::order::Order;

/// The bytes of the list.
pub fn manifest(order: &Order, faults: &[Fault], corrections: &[Correction]) -> Vec<u8> {
    let mut text = String::from("{\n");
    let months = order.month_ends();
    let about = [
        ("council", quoted("Northmoor")),
        ("code", quoted("999")),
        ("seed", order.seed.to_string()),
        ("children", order.children.to_string()),
        ("first_month", months.first().map_or_else(|| "null".to_owned(), |month| quoted(&month.to_string()))),
        ("last_month", quoted(&order.until.to_string())),
        ("dirty", order.dirty.to_string()),
    ];
    for (name, value) in about {
        let _infallible = writeln!(text, "  {}: {value},", quoted(name));
    }
    array(&mut text, "faults", faults.iter().map(fault), ",");
    array(&mut text, "corrections", corrections.iter().map(correction), "");
    text.push_str("}\n");
    text.into_bytes()
}

fn array(text: &mut String, name: &str, items: impl Iterator<Item = String>, end: &str) {
    let items: Vec<String> = items.map(|item| format!("    {item}")).collect();
    let _infallible = writeln!(text, "  {}: [\n{}\n  ]{end}", quoted(name), items.join(",\n"));
}

fn fault(fault: &Fault) -> String {
    format!(
        "{{\"file\": {}, \"list\": {}, \"row\": {}, \"column\": {}, \"kind\": {}, \"before\": {}, \"after\": {}}}",
        quoted(&fault.file),
        quoted(fault.list),
        fault.row,
        fault.column.map_or_else(|| "null".to_owned(), quoted),
        quoted(fault.kind),
        quoted(&fault.before),
        quoted(&fault.after),
    )
}

fn correction(correction: &Correction) -> String {
    format!(
        "{{\"on\": {}, \"child\": {}, \"what\": {}, \"record\": {}, \"before\": {}, \"after\": {}}}",
        quoted(&correction.on.to_string()),
        quoted(&correction.child),
        quoted(correction.what),
        quoted(correction.record),
        quoted(&correction.before),
        quoted(&correction.after),
    )
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            letter if letter.is_control() => {
                let _infallible = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_signs_of_its_own_stays_one_string() {
        assert_eq!(quoted("=IF(\"a\\b\")\n"), "\"=IF(\\\"a\\\\b\\\")\\u000a\"");
    }
}
