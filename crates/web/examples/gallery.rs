//! Serves one page with every part, to be looked at, printed and checked for accessibility.
//!
//! `cargo run -p web --example gallery -- 8099`, then open the address it prints. All names are invented.

use std::sync::Arc;

use askama::Template;
use axum::response::{Html as HtmlAnswer, IntoResponse, Response};
use axum::{Router, http::header, routing::get};
use web::components::*;
use web::layout::{CouncilName, Frame, HandlingMark, SearchBox, SignedIn};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'; font-src 'none'";

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    frame: Frame,
    problems: Problems,
    abbreviations: FirstUses,
}

#[derive(Template)]
#[template(path = "gallery_plain.html")]
struct Plain {
    frame: Frame,
    part: Html,
}

fn frame(heading: &str) -> Frame {
    Frame {
        council: CouncilName { name: "Northmoor Council".to_owned(), logo: None },
        signed_in: Some(SignedIn {
            name: "Amara Whitfield".to_owned(),
            role: Some("Programme manager".to_owned()),
            account_href: "/account".to_owned(),
            sign_out_action: "/sign-out".to_owned(),
        }),
        areas: vec![
            NavigationItem::new("Home", "/"),
            NavigationItem::new("Duties and plan", "/duties").active(),
            NavigationItem::new("Board", "/board"),
            NavigationItem::closed("Practice and data"),
            NavigationItem::closed("Audit and voice"),
            NavigationItem::closed("Reviews and reports"),
        ],
        as_at: Some("31 May 2026, data loaded 2 June 2026".to_owned()),
        audience: Some("Board members, the adviser and the Department".to_owned()),
        history_href: Some("/duties/history".to_owned()),
        downloads: vec![Link::new("PDF", "/duties.pdf"), Link::new("Spreadsheet", "/duties.xlsx")],
        handling: HandlingMark::OfficialSensitive,
        search: Some(SearchBox { action: "/search".to_owned(), words: String::new() }),
        form_token: Some("example".to_owned()),
        ..Frame::new(heading)
    }
}

fn duties() -> Frame {
    Frame {
        caption: Some("Improvement notice, 12 January 2026".to_owned()),
        sub_navigation: Some(SubNavigation::new(
            "Duties and plan",
            [
                Link::new("Duties", "/duties").current(),
                Link::new("Calendar", "/calendar"),
                Link::new("Plan on a page", "/plan"),
                Link::new("Findings", "/findings"),
            ],
        )),
        breadcrumbs: Some(Breadcrumbs::new([
            Link::new("Home", "/"),
            Link::new("Duties and plan", "/duties"),
        ])),
        banner: Some(NotificationBanner::success("Duty 4 is confirmed and in force from 12 January 2026.")),
        watermark: Some("Draft".to_owned()),
        ..frame("What the notice asks of us")
    }
}

fn address_of_page(page: usize) -> String {
    format!("/duties?page={page}")
}

fn page(template: &impl Template) -> Response {
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], HtmlAnswer(template.render().unwrap_or_default()))
        .into_response()
}

async fn gallery() -> Response {
    let glossary = Glossary::new([("DCS", "director of children's services")]);
    let mut problems = Problems::default();
    problems.add("agreed_on-day", "Enter the date the board agreed this");
    page(&Gallery { frame: duties(), problems, abbreviations: FirstUses::new(Arc::new(glossary)) })
}

async fn form() -> Response {
    let mut problems = Problems::default();
    problems.add("title", "Enter what will be done");
    problems.add("due_on-year", "The due date must be after the start date");
    let questions = Fieldset::new(Legend::new("New action").classes("govuk-fieldset__legend--m"))
        .with(
            Input::new("title", "What will be done")
                .hint("One sentence, without names of children")
                .problem_in(&problems),
        )
        .with(
            DateInput::approximate("due_on", "When is it due?")
                .hint("For example, 31 7 2026")
                .values("", "7", "2025")
                .problem_in(&problems),
        )
        .with(Textarea::new("measure", "How will we know it worked?").at_most_characters(400))
        .with(Button::submit("Save and continue"));
    let frame = Frame { problems, back_link: Some(BackLink::new("/")), ..frame("Add an action to the plan") };
    page(&Plain { frame, part: Html::of(&questions) })
}

async fn interruption() -> Response {
    let card = InterruptionCard::new(
        "You are about to close this objective",
        "/objectives/3/close",
        "Close the objective",
        Link::new("Go back to the objective", "/objectives/3"),
    )
    .with("Nine actions are done. No evidence of impact is attached.")
    .with("Closing is recorded in the log with your name and cannot be removed from it.")
    .hidden("version", 7);
    page(&Plain { frame: Frame { as_at: None, ..frame("Close an objective") }, part: Html::of(&card) })
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).unwrap_or_else(|| "0".to_owned());
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/", listener.local_addr()?);
    let routes = Router::new()
        .route("/", get(gallery))
        .route("/form", get(form))
        .route("/interruption", get(interruption))
        .merge(web::assets::routes());
    axum::serve(listener, routes).await
}
