//! The options of a published case, taken one by one; what nobody takes is an option we do not offer.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::components::{Content, Html};

/// The names of options that were not taken.
pub type Unknown = Rc<RefCell<Vec<String>>>;

pub struct Options {
    values: Map<String, Value>,
    path: String,
    unknown: Unknown,
}

impl Options {
    pub fn new(value: &Value, unknown: &Unknown) -> Self {
        let values = value.as_object().cloned().unwrap_or_default();
        Self { values, path: String::new(), unknown: unknown.clone() }
    }

    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.values.remove(key).filter(|value| !value.is_null())
    }

    /// The value as words; what is false or empty in the published templates is absent.
    pub fn words(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => Some(text).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(true) => Some("true".to_owned()),
            _ => None,
        }
    }

    pub fn flag(&mut self, key: &str) -> bool {
        self.take(key) == Some(Value::Bool(true))
    }

    pub fn maybe_flag(&mut self, key: &str) -> Option<bool> {
        self.take(key)?.as_bool()
    }

    pub fn number(&mut self, key: &str) -> Option<u16> {
        self.words(key)?.parse().ok()
    }

    pub fn content_of(&mut self, text: &str, html: &str) -> Option<Content> {
        let (text, html) = (self.words(text), self.words(html));
        html.map(|html| Content::Html(Html::written(html.trim()))).or(text.map(Content::Text))
    }

    pub fn content(&mut self) -> Option<Content> {
        self.content_of("text", "html")
    }

    pub fn within(&mut self, key: &str) -> Option<Options> {
        let value = self.take(key)?;
        let map = value.as_object()?.clone();
        Some(Options { values: map, path: format!("{}{key}.", self.path), unknown: self.unknown.clone() })
    }

    /// The options of a value already taken.
    pub fn inside(&self, value: &Value, key: &str) -> Options {
        let values = value.as_object().cloned().unwrap_or_default();
        Options { values, path: format!("{}{key}.", self.path), unknown: self.unknown.clone() }
    }

    /// The objects of a list; the empty places the published templates skip are left out.
    pub fn list(&mut self, key: &str) -> Option<Vec<Options>> {
        let list = self.take(key)?.as_array()?.clone();
        let path = format!("{}{key}[].", self.path);
        let objects = list.into_iter().filter_map(|value| match value {
            Value::Object(values) if !values.is_empty() => {
                Some(Options { values, path: path.clone(), unknown: self.unknown.clone() })
            }
            _ => None,
        });
        Some(objects.collect())
    }

    /// The objects of a list with their places, counted from 1, empty places included.
    pub fn places(&mut self, key: &str) -> Vec<(usize, Options)> {
        let list = self.take(key).and_then(|list| list.as_array().cloned()).unwrap_or_default();
        let path = format!("{}{key}[].", self.path);
        let mut made = Vec::new();
        for (place, value) in list.into_iter().enumerate() {
            if let Value::Object(values) = value {
                made.push((place + 1, Options { values, path: path.clone(), unknown: self.unknown.clone() }));
            }
        }
        made
    }

    /// Says that the case needs something we do not offer.
    pub fn refuse(&mut self, what: &str) {
        self.unknown.borrow_mut().push(format!("{}{what}", self.path));
    }

    pub fn rows(&mut self, key: &str) -> Vec<Vec<Options>> {
        let rows = self.take(key).and_then(|rows| rows.as_array().cloned()).unwrap_or_default();
        let mut made = Vec::new();
        for row in rows {
            let Value::Array(_) = row else { continue };
            let mut holder = Options {
                values: Map::new(),
                path: format!("{}{key}", self.path),
                unknown: self.unknown.clone(),
            };
            holder.values.insert("[]".to_owned(), row);
            made.extend(holder.list("[]"));
        }
        made
    }

    pub fn pairs(&mut self, key: &str) -> Vec<(String, String)> {
        let Some(mut within) = self.within(key) else { return Vec::new() };
        let names: Vec<_> = within.values.keys().cloned().collect();
        names
            .into_iter()
            .filter_map(|name| {
                let value = within.values.remove(&name)?;
                let words = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                Some((name, words))
            })
            .collect()
    }
}

impl Drop for Options {
    fn drop(&mut self) {
        for key in self.values.keys() {
            self.unknown.borrow_mut().push(format!("{}{key}", self.path));
        }
    }
}

/// Puts the classes and attributes of a case on a part.
macro_rules! dress {
    ($part:expr, $options:expr) => {{
        let mut part = $part;
        if let Some(classes) = $options.words("classes") {
            part = part.classes(classes);
        }
        for (name, value) in $options.pairs("attributes") {
            part = part.attribute(name, value);
        }
        part
    }};
}
pub(super) use dress;
