//! Markup in a form that can be compared: attributes in order of name, spaces as a browser sees them.

/// Tags and texts, one a line.
pub fn normalised(markup: &str) -> String {
    let mut lines = Vec::new();
    let mut rest = markup;
    while !rest.is_empty() {
        if rest.starts_with('<') {
            let end = tag_end(rest);
            lines.push(tag(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = spaces(&decoded(&rest[..end]));
            if !text.is_empty() {
                lines.push(text);
            }
            rest = &rest[end..];
        }
    }
    lines.join("\n")
}

fn tag_end(rest: &str) -> usize {
    let mut quoted = false;
    for (at, letter) in rest.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    panic!("a tag without an end: {rest}");
}

fn tag(inner: &str) -> String {
    let inner = inner.trim().trim_end_matches('/').trim();
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let attribute = &rest[..end];
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let close = after.find('"').unwrap();
            value = spaces(&decoded(&after[..close]));
            rest = &after[close + 1..];
        }
        if attribute == "class" {
            let mut classes: Vec<_> = value.split(' ').collect();
            classes.sort_unstable();
            value = classes.join(" ");
        }
        attributes.push(format!("{attribute}=\"{value}\""));
    }
    attributes.sort();
    format!("<{name} {}>", attributes.join(" "))
}

fn spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> String {
    let named = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
    ];
    let mut text = text.to_owned();
    for (entity, letter) in named {
        text = text.replace(entity, letter);
    }
    text.replace("&#38;", "&").replace("&amp;", "&")
}
