//! What every page must carry, on a page of one paragraph.

use super::*;

#[derive(Template)]
#[template(
    source = "{% extends \"layout.html\" %}{% block content %}<p>{{ words }}</p>{% endblock %}",
    ext = "html"
)]
struct OneParagraph {
    frame: Frame,
    words: &'static str,
}

fn page(frame: Frame) -> String {
    OneParagraph { frame, words: "<b>words</b>" }.render().unwrap()
}

#[test]
fn a_page_says_as_at_when_for_whose_eyes_and_how_it_is_handled() {
    let page = page(Frame {
        as_at: Some("31 May 2026".to_owned()),
        audience: Some("Board members and the Department".to_owned()),
        handling: HandlingMark::OfficialSensitive,
        ..Frame::new("Duties")
    });
    assert!(page.contains("31 May 2026"));
    assert!(page.contains("Board members and the Department"));
    assert!(page.contains("OFFICIAL-SENSITIVE"));
    assert!(page.contains("headway-sheet--official-sensitive"));
}

#[test]
fn words_of_a_page_are_escaped() {
    assert!(page(Frame::new("A & B <i>")).contains("A &#38; B &#60;i&#62;"));
    assert!(page(Frame::new("Duties")).contains("&#60;b&#62;words"));
}

#[test]
fn a_form_with_problems_says_so_in_the_title_and_hides_the_banner() {
    let mut problems = Problems::default();
    problems.add("due_on", "Enter the date the plan is due");
    let page = page(Frame {
        problems,
        banner: Some(NotificationBanner::success("Saved")),
        ..Frame::new("When is it due?")
    });
    assert!(page.contains("<title>Error: When is it due?"));
    assert!(page.contains("href=\"#due_on\""));
    assert!(!page.contains("Saved"));
}

#[test]
fn an_area_without_an_address_is_words_and_not_a_link() {
    let areas = vec![NavigationItem::new("Home", "/").active(), NavigationItem::closed("Board")];
    let page = page(Frame { areas, ..Frame::new("Home") });
    assert!(page.contains("aria-current=\"true\""));
    assert!(page.contains("<span class=\"govuk-service-navigation__text\">Board</span>"));
}

#[test]
fn a_page_holds_no_style_or_script_of_its_own() {
    let page = page(Frame::new("Duties"));
    assert!(!page.contains(" style="));
    assert!(!page.contains("<style"));
    assert!(!page.contains(" onclick="));
    for script in page.split("<script").skip(1) {
        assert!(script.starts_with(" type=\"module\" src=\"/assets/"));
    }
}
