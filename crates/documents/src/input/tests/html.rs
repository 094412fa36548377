//! Web pages: one paragraph, item or row a line, in time linear in the page.

use super::{read, text_of};

fn check(html: &str, text: &str) {
    assert_eq!(text_of(format!("<!DOCTYPE html>{html}").as_bytes()), text, "{html}");
}

#[test]
fn headings_and_paragraphs_stand_alone() {
    check(
        "<body><h1>Notice  to\n Northmoor</h1><p>The council <b>must</b>&nbsp;act.<p>The board &amp; chair&rsquo;s part",
        "Notice to Northmoor\n\nThe council must act.\n\nThe board & chair’s part\n",
    );
}

#[test]
fn list_items_carry_the_label_the_page_shows() {
    check(
        "<ol><li>First<li>Second<ol type=a><li>Part<li>Part</ol></li><li value=7>Seventh</ol>",
        "1. First\n2. Second\na. Part\nb. Part\n7. Seventh\n",
    );
    check("<ol type='i' start=\"3\"><li><p>Third</p></li><li>Fourth</ol>", "iii. Third\niv. Fourth\n");
    check("<p>Aims:</p><ul><li>One</li><li>Two</li></ul><p>End", "Aims:\n\n• One\n• Two\n\nEnd\n");
}

#[test]
fn tables_are_read_row_by_row() {
    check(
        "<table><tr><th>Area</th><th>Judgement</th></tr><tr><td>Overall<td><p>Inadequate</table><p>After",
        "Area\tJudgement\nOverall\tInadequate\n\nAfter\n",
    );
    check("<table><tr><td><p>Layout only</p><p>Second</p></td></tr></table>", "Layout only\n\nSecond\n");
}

#[test]
fn furniture_and_scripts_are_left_out() {
    check(
        "<head><title>x</title><style>p{}</style></head><header role=banner>Site</header><nav><a>Home</a></nav>\
         <script>if (a < b) document.write('<p>no</p>')</script><p>Kept</p><footer>Contact</footer>",
        "Kept\n",
    );
    check("<p>Skip</p><main><header><h1>Title</h1></header><p>Body</p></main><p>Cookies", "Title\n\nBody\n");
    check("<nav><p>All there is</p></nav>", "All there is\n");
}

#[test]
fn raised_numbers_are_references_and_raised_letters_are_not() {
    check("<p>the child<sup>2</sup> on 27<sup>th</sup> May<sup>[3]</sup>", "the child[2] on 27th May[3]\n");
}

#[test]
fn tag_soup_is_forgiven() {
    check(
        "<p>Fewer than < 5 & rising <b>x</p></div></table></li>y<br>z",
        "Fewer than < 5 & rising x\n\ny\nz\n",
    );
    check("<p>Seen<!-- never closed <p>unseen", "Seen\n");
    check("<p>Seen<a href=\"never closed>unseen", "Seen\n");
    check("<p é=1 hidden>unseen</p>&#x80;&#0;&bogus;&#99999999;", "€ &bogus;&#99999999;\n");
}

#[test]
fn the_encoding_a_page_names_is_used() {
    let mut page = b"<html><meta charset=\"iso-8859-2\"><p>Ko".to_vec();
    page.extend(b"\xb9ice must act");
    assert_eq!(text_of(&page), "Košice must act\n");
    assert!(read(&page).warnings[0].contains("ISO-8859-2"));
}

#[test]
fn a_million_open_elements_are_read_at_once() {
    let page = format!("<html>{}words{}", "<div>".repeat(1_000_000), "<ol><li><table>".repeat(1000));
    assert_eq!(text_of(page.as_bytes()), "words\n");
}
