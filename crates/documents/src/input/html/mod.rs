//! Web pages: the main content as lines, one paragraph, heading, list item or table row each.
//!
//! Pages in the wild are tag soup, so this neither builds a tree nor asks for well-formed markup: one pass over the
//! tokens, in time and memory linear in the page.

mod entities;
mod page;
mod tokens;

use page::{Page, Part};
use tokens::Tokens;

/// The readable text of a page: of its main part if it marks one, otherwise without its furniture, otherwise all.
pub(super) fn text_of(html: &str) -> String {
    let has_main = html.to_ascii_lowercase().contains("<main");
    let parts: &[Part] =
        if has_main { &[Part::Main, Part::Body, Part::Everything] } else { &[Part::Body, Part::Everything] };
    for part in parts {
        let text = Page::new(*part).lay_out(Tokens::new(html));
        if !text.trim().is_empty() {
            return text;
        }
    }
    String::new()
}
