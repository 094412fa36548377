//! Web pages as bad tools and worse people make them.

use super::Files;
use super::random::{Random, flip_bits};

const SOUND: &str = "<!DOCTYPE html><html><head><title>Notice</title></head><body><main><h1>Notice to Northmoor</h1>\
    <ol type=\"a\"><li>The council must set up a board.</li><li>The board must meet every six weeks.</li></ol>\
    <table><tr><th>Area</th><td>Inadequate</td></tr></table><p>Guidance<sup>1</sup> applies.</p></main></body></html>";

fn page(body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><body>{body}").into_bytes()
}

fn sound() -> Vec<u8> {
    SOUND.as_bytes().to_vec()
}

pub(super) fn add(files: &mut Files, seed: u64) {
    files.add_cuts("page", "html", 15, sound);
    for copy in 0..15 {
        files.add(format!("page-flipped-{copy:02}.html"), move || {
            let mut bytes = sound();
            flip_bits(&mut bytes[15..], seed ^ (copy << 8), 20);
            bytes
        });
    }
    add_endless(files);
    add_odd(files);
    for copy in 0..8_u64 {
        files.add(format!("page-of-random-tags-{copy}.html"), move || random_tags(seed ^ (copy << 16)));
    }
}

fn add_endless(files: &mut Files) {
    let repeated: [(&str, &str, usize); 14] = [
        ("million-divisions", "<div>", 1_000_000),
        ("nested-lists", "<ol><li>x", 40_000),
        ("nested-tables", "<table><tr><td>x", 20_000),
        ("open-angles", "<", 500_000),
        ("open-closings", "</", 1_000_000),
        ("open-comments", "<!--", 1_000_000),
        ("ampersands", "&", 500_000),
        ("half-references", "&#x", 300_000),
        ("superscripts", "<sup>1", 50_000),
        ("breaks", "<br>", 100_000),
        ("open-scripts", "<script>", 200_000),
        ("false-script-ends", "<script></scrip ", 100_000),
        ("quotes", "<a href=\"'>", 60_000),
        ("forms-and-navigation", "<nav><form>", 60_000),
    ];
    for (name, piece, times) in repeated {
        files.add(format!("page-{name}.html"), move || page(&format!("<p>words {}", piece.repeat(times))));
    }
    for (name, start) in [
        ("comment", "<!-- "),
        ("script", "<script>"),
        ("attribute", "<a href=\""),
        ("tag", "<p "),
        ("style", "<style>"),
        ("declaration", "<!x "),
    ] {
        files.add(format!("page-unfinished-{name}.html"), move || {
            page(&format!("<p>words{start}{}", "x ".repeat(400_000)))
        });
    }
    files.add("page-giant-attribute.html", || page(&format!("<p title=\"{}\">words", "x".repeat(3_000_000))));
    files.add("page-giant-name.html", || page(&format!("<{}>words", "x".repeat(2_000_000))));
    files.add("page-100000-attributes.html", || page(&format!("<ol {}><li>words", "a=1 ".repeat(100_000))));
    files.add("page-of-25-megabytes.html", || page(&"<p>words".repeat(3_200_000)));
    files.add("page-six-megabytes-of-text.html", || page(&"<p>words and words".repeat(400_000)));
}

fn add_odd(files: &mut Files) {
    let odd: [(&str, &[u8]); 16] = [
        ("nul", b"<!DOCTYPE html><p>wo\0rds"),
        ("no-text", b"<!DOCTYPE html><html><body></body></html>"),
        ("only-script", b"<html><script>document.write('x')</script></html>"),
        ("label-utf-16", b"<html><meta charset=utf-16><p>caf\xe9"),
        ("label-unknown", b"<html><meta charset=\"klingon\"><p>caf\xe9"),
        ("label-unfinished", b"<html><meta charset=\"\xe9"),
        ("label-replacement", b"<html><meta charset=iso-2022-kr><p>caf\xe9"),
        ("list-overflow", b"<html><ol start=9223372036854775807><li>a<li>b<li value=-9223372036854775808>c<li>d</ol>"),
        ("list-no-number", b"<html><ol start=x type=\xc3\xa9><li value=1e9>a</ol>"),
        ("attribute-letters", "<html><ol é=ü 日本><li ß>words</ol é>".as_bytes()),
        ("references", b"<html><p>&#x110000;&#xd800;&#0;&#1114112;&#99999999999999999999;&#;&#x;&;&amp &ampx;"),
        ("raised-across-blocks", b"<html><p>a<sup>1<p>2</sup>b<sup></sup><sup>\xf0\x9f\x98\x80</sup>"),
        ("closings-only", b"<html></td></tr></table></ol></li></sup></main></pre></nav>words"),
        ("escape-sequences", b"<html><p>\x1b[2J\x1b]0;title\x07words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words"),
        ("frame", b"<html><frameset><frame src=x></frameset></html>"),
        ("xml-page", b"<?xml version=\"1.0\"?><!DOCTYPE html [<!ENTITY a \"b\">]><html><p>words &a;</p></html>"),
    ];
    for (name, bytes) in odd {
        files.add(format!("page-{name}.html"), move || bytes.to_vec());
    }
}

fn random_tags(seed: u64) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "<p>",
        "</p>",
        "<ol type=i>",
        "</ol>",
        "<ul>",
        "</ul>",
        "<li>",
        "<li value=3>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<sup>",
        "</sup>",
        "<pre>",
        "</pre>",
        "<main>",
        "</main>",
        "<nav>",
        "</nav>",
        "<div hidden>",
        "\n words ",
        "4",
    ];
    let mut random = Random(seed);
    let body: String = (0..3000).map(|_| PIECES[random.below(PIECES.len())]).collect();
    page(&body)
}
