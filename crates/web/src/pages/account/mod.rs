//! One's own account: roles, password, calendar feeds, tokens, and what was done with them.

mod calendars;
mod overview;
mod password;
mod tokens;

use service::Action;

use crate::components::{Link, SubNavigation};
use crate::routes::{Route, form, page};
use crate::viewer::Viewer;

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    use Action::ManageOwnAccount;
    vec![
        page("/account", ManageOwnAccount, overview::show),
        form("/account/role", ManageOwnAccount, overview::act_as),
        page("/account/password", ManageOwnAccount, password::show),
        form("/account/password", ManageOwnAccount, password::send),
        page("/account/calendars", ManageOwnAccount, calendars::show),
        form("/account/calendars", ManageOwnAccount, calendars::create),
        form("/account/calendars/revoke", ManageOwnAccount, calendars::revoke),
        page("/account/tokens", ManageOwnAccount, tokens::show),
        form("/account/tokens", ManageOwnAccount, tokens::create),
        form("/account/tokens/revoke", ManageOwnAccount, tokens::revoke),
    ]
}

/// The pages about one's own account and, for those who may, about others' access; with the one shown marked.
pub fn account_navigation(viewer: &Viewer, current: &str) -> Option<SubNavigation> {
    let pages = [
        ("Your account", "/account", Action::ManageOwnAccount),
        ("Password", "/account/password", Action::ManageOwnAccount),
        ("Calendar feeds", "/account/calendars", Action::ViewCalendar),
        ("Tokens", "/account/tokens", Action::ViewCalendar),
        ("What each role may do", "/people/roles", Action::ViewPeople),
        ("People", "/people", Action::ViewPeople),
        ("Council settings", "/settings", Action::ChangeCouncil),
        ("Access log", "/access-log", Action::ViewAccessLog),
    ];
    let links = pages.into_iter().filter(|(_, _, action)| viewer.may(*action)).map(|(words, href, _)| {
        let link = Link::new(words, href);
        if href == current { link.current() } else { link }
    });
    Some(SubNavigation::new("Account and access", links))
}

/// The frame of a page about one's own account.
fn frame(viewer: &Viewer, heading: &str, path: &str) -> crate::layout::Frame {
    crate::layout::Frame {
        breadcrumbs: crate::viewer::breadcrumbs(&[]),
        sub_navigation: account_navigation(viewer, path),
        audience: Some("Only you".to_owned()),
        ..viewer.frame(heading, crate::viewer::Area::None)
    }
}
