//! What an act changed, as its log entry keeps it, made readable: field, before, after.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// One field of what an act recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DetailRow {
    /// The field, in words.
    pub field: String,
    /// What stood before; empty where nothing is recorded.
    pub before: String,
    /// What stands since.
    pub after: String,
}

/// The rows of an entry's detail. Fields that stayed the same are left out.
pub fn rows(detail: &str) -> Vec<DetailRow> {
    let Ok(Value::Object(mut fields)) = serde_json::from_str(detail) else { return Vec::new() };
    let before = fields.remove("before").or_else(|| fields.remove("was")).unwrap_or_default();
    let after = fields.remove("after").unwrap_or_default();
    let mut rows = Vec::new();
    match (&before, &after) {
        (Value::Object(old), Value::Object(new)) => {
            let names = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name)));
            for name in names {
                let none = Value::Null;
                push(&mut rows, name, old.get(name).unwrap_or(&none), new.get(name).unwrap_or(&none));
            }
        }
        (Value::Null, Value::Null) => {}
        (old, new) => push(&mut rows, "value", old, new),
    }
    for (name, value) in &fields {
        push(&mut rows, name, &Value::Null, value);
    }
    rows
}

fn push(rows: &mut Vec<DetailRow>, name: &str, before: &Value, after: &Value) {
    if before != after {
        rows.push(DetailRow {
            field: field_in_words(name),
            before: in_words(before),
            after: in_words(after),
        });
    }
}

fn field_in_words(name: &str) -> String {
    improvement::words::theme_title(&name.replace('_', "-"))
}

fn in_words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(in_words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
        }
        Value::Object(fields) => {
            let told = fields.iter().filter(|(_, value)| !value.is_null());
            let pairs = told.map(|(name, value)| format!("{}: {}", field_in_words(name), in_words(value)));
            pairs.collect::<Vec<_>>().join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told() {
        let detail = r#"{"before":{"text":"Meet monthly","bearers":["board"]},"after":{"text":"Meet every 4 weeks","bearers":["board"]},"reason":"Misread"}"#;
        let rows = rows(detail);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].field.as_str(), rows[0].before.as_str()), ("Text", "Meet monthly"));
        assert_eq!((rows[1].field.as_str(), rows[1].after.as_str()), ("Reason", "Misread"));
    }

    #[test]
    fn a_former_single_value_is_told_as_such() {
        let rows = rows(r#"{"was":null,"expires_on":"2026-07-01","enabled":false}"#);
        assert_eq!(rows.iter().map(|row| row.after.as_str()).collect::<Vec<_>>(), ["No", "2026-07-01"]);
    }

    #[test]
    fn a_detail_that_cannot_be_read_hides_nothing_else() {
        assert_eq!(rows("not json"), []);
    }
}
