//! From the options of each published component to our part.

use askama::Template;

use super::options::{Options, dress};
use super::{Maker, choice_cases};
use crate::components::*;

/// The component, how its part is made, and how many of its published cases come out the same.
pub const ALL: &[(&str, Maker, usize)] = &[
    ("back-link", back_link, 7),
    ("breadcrumbs", breadcrumbs, 12),
    ("button", button, 38),
    ("character-count", choice_cases::character_count, 18),
    ("checkboxes", choice_cases::checkboxes, 42),
    ("date-input", choice_cases::date_input, 50),
    ("details", details, 10),
    ("error-message", error_message, 9),
    ("error-summary", error_summary, 19),
    ("fieldset", fieldset, 18),
    ("file-upload", choice_cases::file_upload, 19),
    ("generic-header", generic_header, 7),
    ("hint", hint, 6),
    ("input", choice_cases::input, 45),
    ("inset-text", inset_text, 6),
    ("label", label, 17),
    ("notification-banner", notification_banner, 21),
    ("pagination", pagination, 15),
    ("panel", panel, 9),
    ("password-input", choice_cases::password_input, 11),
    ("radios", choice_cases::radios, 43),
    ("select", choice_cases::select, 19),
    ("service-navigation", service_navigation, 28),
    ("skip-link", skip_link, 9),
    ("summary-list", summary_list, 30),
    ("table", table, 21),
    ("tag", tag, 12),
    ("task-list", task_list, 11),
    ("textarea", choice_cases::textarea, 18),
    ("warning-text", warning_text, 8),
];

fn print(part: impl Template) -> Option<String> {
    part.render().ok()
}

fn back_link(options: &mut Options) -> Option<String> {
    let mut part = dress!(BackLink::new(options.words("href").unwrap_or("#".to_owned())), options);
    if let Some(content) = options.content() {
        part.content = content;
    }
    print(part)
}

fn link(options: &mut Options) -> Link {
    let content = options.content().unwrap_or_default();
    let mut link = Link { content, href: options.words("href"), ..Link::default() };
    for (name, value) in options.pairs("attributes") {
        link.attributes.set(name, value);
    }
    link
}

fn breadcrumbs(options: &mut Options) -> Option<String> {
    let links: Vec<_> = options.list("items")?.iter_mut().map(link).collect();
    let mut part = dress!(Breadcrumbs::new(links), options);
    part.collapse = options.flag("collapseOnMobile");
    if let Some(label) = options.words("labelText") {
        part.label = label;
    }
    print(part)
}

fn button(options: &mut Options) -> Option<String> {
    let mut part = dress!(Button::new(options.content()?), options);
    part.id = options.words("id").unwrap_or_default();
    part.name = options.words("name").unwrap_or_default();
    part.value = options.words("value").unwrap_or_default();
    part.kind = options.words("type").unwrap_or(part.kind);
    part.href = options.words("href");
    part.disabled = options.flag("disabled");
    part.start = options.flag("isStartButton");
    part.once = options.maybe_flag("preventDoubleClick");
    print(part)
}

fn details(options: &mut Options) -> Option<String> {
    let summary = options.content_of("summaryText", "summaryHtml").unwrap_or_default();
    let mut part = dress!(Details::new(summary, options.content().unwrap_or_default()), options);
    part.id = options.words("id").unwrap_or_default();
    part.open = options.flag("open");
    print(part)
}

pub fn error_part(options: &mut Options) -> ErrorMessage {
    let mut part = dress!(ErrorMessage::new(options.content().unwrap_or_default()), options);
    match options.take("visuallyHiddenText") {
        Some(serde_json::Value::String(word)) => part = part.spoken_before(word),
        Some(_) => part = part.spoken_before(""),
        None => {}
    }
    part
}

fn error_message(options: &mut Options) -> Option<String> {
    let mut part = error_part(options);
    if let Some(id) = options.words("id") {
        part = part.id(id);
    }
    print(part)
}

fn error_summary(options: &mut Options) -> Option<String> {
    let title = options.content_of("titleText", "titleHtml").unwrap_or_default();
    let mut part = dress!(ErrorSummary::new(title), options);
    part.description = options.content_of("descriptionText", "descriptionHtml").unwrap_or_default();
    part.keep_focus = options.maybe_flag("disableAutoFocus");
    for mut item in options.list("errorList").unwrap_or_default() {
        let Link { content, href, attributes, .. } = link(&mut item);
        part.items.push(SummaryItem { content, href, attributes });
    }
    print(part)
}

pub fn legend_part(options: &mut Options) -> Legend {
    let Some(mut within) = options.within("legend") else { return Legend::default() };
    let mut part = Legend::new(within.content().unwrap_or_default());
    part.page_heading = within.flag("isPageHeading");
    if let Some(classes) = within.words("classes") {
        part = part.classes(classes);
    }
    part
}

pub fn fieldset_part(options: &mut Options) -> Fieldset {
    let mut part = dress!(Fieldset::new(legend_part(options)), options);
    part.described_by = options.words("describedBy").unwrap_or_default();
    part.role = options.words("role").unwrap_or_default();
    part
}

fn fieldset(options: &mut Options) -> Option<String> {
    let mut part = fieldset_part(options);
    part.content.extend(options.content());
    print(part)
}

fn generic_header(options: &mut Options) -> Option<String> {
    let logo = options.content_of("logoText", "logoHtml").unwrap_or_default();
    let mut part = dress!(GenericHeader::new(logo, options.words("url").unwrap_or("/".to_owned())), options);
    part.container_classes = options.words("containerClasses");
    print(part)
}

pub fn hint_part(options: &mut Options) -> Hint {
    dress!(Hint::new(options.content().unwrap_or_default()), options)
}

fn hint(options: &mut Options) -> Option<String> {
    let part = hint_part(options).id(options.words("id").unwrap_or_default());
    print(part)
}

fn inset_text(options: &mut Options) -> Option<String> {
    let mut part = dress!(InsetText::new(options.content().unwrap_or_default()), options);
    part.id = options.words("id").unwrap_or_default();
    print(part)
}

pub fn label_part(options: &mut Options) -> Label {
    let mut part = dress!(Label::new(options.content().unwrap_or_default()), options);
    part.page_heading = options.flag("isPageHeading");
    part
}

fn label(options: &mut Options) -> Option<String> {
    let part = label_part(options).for_input(options.words("for").unwrap_or_default());
    print(part)
}

fn notification_banner(options: &mut Options) -> Option<String> {
    let kind = options.words("type");
    let content = options.content().unwrap_or_default();
    let made = match kind.as_deref() {
        Some("success") => NotificationBanner::success(content),
        _ => NotificationBanner::important(content),
    };
    let mut part = dress!(made, options);
    if let Some(title) = options.content_of("titleText", "titleHtml") {
        part = part.title(title);
    }
    part.title_id = options.words("titleId").unwrap_or(part.title_id);
    part.role = options.words("role").unwrap_or(part.role);
    part.keep_focus = options.maybe_flag("disableAutoFocus");
    if let Some(level) = options.number("titleHeadingLevel") {
        part.heading_level = u8::try_from(level).unwrap();
    }
    print(part)
}

fn page_link(options: &mut Options, key: &str) -> Option<PageLink> {
    let mut within = options.within(key)?;
    let mut link = PageLink::new(within.words("href")?);
    link.content = within.content();
    link.label = within.words("labelText");
    for (name, value) in within.pairs("attributes") {
        link.attributes.set(name, value);
    }
    Some(link)
}

fn pagination(options: &mut Options) -> Option<String> {
    let (previous, next) = (page_link(options, "previous"), page_link(options, "next"));
    let mut part = dress!(Pagination::steps(previous, next), options);
    part.label = options.words("landmarkLabel").unwrap_or(part.label);
    part.numbers = options.list("items").map(|mut items| {
        items
            .iter_mut()
            .map(|item| PageNumber {
                number: item.words("number").unwrap_or_default(),
                href: item.words("href").unwrap_or_default(),
                current: item.flag("current"),
                gap: item.flag("ellipsis"),
                spoken: item.words("visuallyHiddenText"),
            })
            .collect()
    });
    print(part)
}

fn panel(options: &mut Options) -> Option<String> {
    let title = options.content_of("titleText", "titleHtml").unwrap_or_default();
    let content = options.content().unwrap_or_default();
    let mut part = dress!(Panel::new(title, content), options);
    if part.classes.mention("interruption") {
        options.refuse("classes: interruption");
    }
    if let Some(level) = options.number("headingLevel") {
        part.heading_level = u8::try_from(level).unwrap();
    }
    print(part)
}

fn service_navigation(options: &mut Options) -> Option<String> {
    let items: Vec<_> = options
        .list("navigation")
        .unwrap_or_default()
        .iter_mut()
        .map(|item| NavigationItem {
            active: item.flag("active"),
            current: item.flag("current"),
            content: item.content().unwrap_or_default(),
            href: item.words("href"),
            ..NavigationItem::default()
        })
        .collect();
    let mut part = dress!(ServiceNavigation::new(items), options);
    part.service_name = options.words("serviceName");
    part.service_href = options.words("serviceUrl");
    part.collapse = options.maybe_flag("collapseNavigationOnMobile");
    part.menu_text = options.words("menuButtonText").unwrap_or(part.menu_text);
    part.label = options.words("navigationLabel").unwrap_or_else(|| part.menu_text.clone());
    part.menu_label = options.words("menuButtonLabel").filter(|label| *label != part.menu_text);
    part.region_label = options.words("ariaLabel").unwrap_or(part.region_label);
    part.navigation_id = options.words("navigationId").unwrap_or(part.navigation_id);
    if let Some(classes) = options.words("navigationClasses") {
        part.navigation_classes.add(classes);
    }
    print(part)
}

fn skip_link(options: &mut Options) -> Option<String> {
    let href = options.words("href").unwrap_or("#content".to_owned());
    print(dress!(SkipLink::new(options.content().unwrap_or_default(), href), options))
}

fn action(options: &mut Options) -> Action {
    let content = options.content().unwrap_or_default();
    let (href, hidden) = (options.words("href").unwrap_or_default(), options.words("visuallyHiddenText"));
    dress!(Action::new(content, href, hidden.unwrap_or_default()), options)
}

fn actions(options: &mut Options) -> (Option<Vec<Action>>, Option<String>) {
    let Some(mut within) = options.within("actions") else { return (None, None) };
    let items = within.list("items").map(|mut items| items.iter_mut().map(action).collect());
    (items, within.words("classes"))
}

fn summary_row(options: &mut Options) -> SummaryRow {
    let mut row = SummaryRow::default();
    if let Some(mut key) = options.within("key") {
        row.key = key.content().unwrap_or_default();
        row.key_classes.add(key.words("classes").unwrap_or_default());
    }
    if let Some(mut value) = options.within("value") {
        row.value = value.content().unwrap_or_default();
        row.value_classes.add(value.words("classes").unwrap_or_default());
    }
    let (items, classes) = actions(options);
    row.actions = items;
    row.actions_classes.add(classes.unwrap_or_default());
    row.classes.add(options.words("classes").unwrap_or_default());
    row
}

fn summary_list(options: &mut Options) -> Option<String> {
    let mut part = dress!(SummaryList::new(), options);
    part.rows = options.list("rows")?.iter_mut().map(summary_row).collect();
    if let Some(mut within) = options.within("card") {
        let mut card = SummaryCard::new("");
        if let Some(mut title) = within.within("title") {
            card.title = title.content().unwrap_or_default();
            card.heading_level = title.number("headingLevel").map_or(2, |level| u8::try_from(level).unwrap());
        }
        card.actions = actions(&mut within).0.unwrap_or_default();
        part.card = Some(dress!(card, within));
    }
    print(part)
}

fn heading(options: &mut Options) -> Heading {
    let mut heading = dress!(Heading::new(options.content().unwrap_or_default()), options);
    heading.format = options.words("format");
    heading.colspan = options.number("colspan");
    heading.rowspan = options.number("rowspan");
    heading
}

fn cell(options: &mut Options) -> Cell {
    let Heading { content, format, colspan, rowspan, classes, attributes } = heading(options);
    Cell { content, format, colspan, rowspan, classes, attributes }
}

fn table(options: &mut Options) -> Option<String> {
    let mut part = dress!(Table::default(), options);
    part.caption = options.words("caption");
    part.caption_classes.add(options.words("captionClasses").unwrap_or_default());
    part.headings = options.list("head").map(|mut head| head.iter_mut().map(heading).collect());
    part.first_cell_is_heading = options.flag("firstCellIsHeader");
    for mut row in options.rows("rows") {
        part = part.row(row.iter_mut().map(cell));
    }
    print(part)
}

fn tag_part(options: &mut Options) -> Tag {
    dress!(Tag::new(options.content().unwrap_or_default()), options)
}

fn tag(options: &mut Options) -> Option<String> {
    print(tag_part(options))
}

fn task(options: &mut Options) -> Task {
    let mut task = Task { href: options.words("href"), ..Task::default() };
    if let Some(mut title) = options.within("title") {
        task.title = title.content().unwrap_or_default();
        task.title_classes = title.words("classes").unwrap_or_default();
    }
    task.hint = options.within("hint").and_then(|mut hint| hint.content());
    if let Some(mut status) = options.within("status") {
        if let Some(mut tag) = status.within("tag") {
            task = task.tagged(tag_part(&mut tag));
        } else if let Some(content) = status.content() {
            task = task.state(content);
        }
        task.status_classes.add(status.words("classes").unwrap_or_default());
    }
    task.classes.add(options.words("classes").unwrap_or_default());
    task
}

fn task_list(options: &mut Options) -> Option<String> {
    let id_prefix = options.words("idPrefix").unwrap_or("task-list".to_owned());
    let tasks =
        options.places("items").into_iter().map(|(number, mut item)| (number, task(&mut item))).collect();
    let mut part = dress!(TaskList::new(id_prefix, &[] as &[Task]), options);
    part.tasks = tasks;
    print(part)
}

fn warning_text(options: &mut Options) -> Option<String> {
    let mut part = dress!(WarningText::new(options.content().unwrap_or_default()), options);
    part.spoken_before = options.words("iconFallbackText");
    print(part)
}
