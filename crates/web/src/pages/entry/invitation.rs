//! An invited person sets up their account: password, authenticator app, first code.
//!
//! Opening the address changes nothing. A new authenticator secret is made when they start, so that whoever passed the
//! address on holds none that counts.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine as _;
use service::Refusal;
use store::Person;

use super::open_frame;
use super::sign_in::password;
use crate::components::{Button, Input, Problems};
use crate::errors;
use crate::fields::Fields;
use crate::guard::{Session, Source};
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::{Format, Guest};

#[derive(Template)]
#[template(path = "pages/entry/invitation.html")]
struct InvitationPage {
    frame: Frame,
    name: String,
    email: String,
    setting_up: Option<SettingUp>,
    start: Button,
}

/// The second step: the authenticator secret and the form.
struct SettingUp {
    picture: String,
    typed: String,
    password: Input,
    code: Input,
    send: Button,
}

#[derive(Template)]
#[template(path = "pages/entry/no_invitation.html")]
struct NoInvitationPage {
    frame: Frame,
}

/// Greets the invited person.
pub async fn show(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
    Path(secret): Path<String>,
) -> Response {
    match state.service.invited(&secret).await {
        Ok(person) => {
            let page = InvitationPage::of(open_frame(&guest, &session, "Set up your account"), &person, None);
            Html(page.render().unwrap_or_default()).into_response()
        }
        Err(refusal) => refused(&refusal),
    }
}

/// Makes the authenticator secret, or opens the account.
pub async fn send(
    State(state): State<AppState>,
    guest: Guest,
    session: Session,
    Source(source): Source,
    Path(secret): Path<String>,
    fields: Fields,
) -> Response {
    let frame = || open_frame(&guest, &session, "Set up your account");
    let answer = match fields.text("step") {
        "finish" => finish(&state, &secret, &source, &fields, frame()).await,
        _ => start(&state, &secret, frame()).await,
    };
    answer.unwrap_or_else(|refusal| refused(&refusal))
}

async fn start(state: &AppState, secret: &str, frame: Frame) -> Result<Response, Refusal> {
    let person = state.service.invited(secret).await?;
    let totp = state.service.prepare_second_factor(secret).await?;
    let page = InvitationPage::of(frame, &person, Some(&totp));
    Ok(Html(page.render().unwrap_or_default()).into_response())
}

async fn finish(
    state: &AppState,
    secret: &str,
    source: &str,
    fields: &Fields,
    frame: Frame,
) -> Result<Response, Refusal> {
    let opened = state.service.accept_invitation(secret, password(fields), fields.text("code"), source).await;
    let Err(refusal) = opened else {
        return Ok(Redirect::to("/sign-in?done=account-ready").into_response());
    };
    let problems = errors::beside_fields(refusal)?;
    let person = state.service.invited(secret).await?;
    let totp = state.service.prepared_second_factor(secret).await?;
    let page = InvitationPage::of(Frame { problems, ..frame }, &person, Some(&totp));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render().unwrap_or_default())).into_response())
}

/// An unknown, used or overdue invitation: the same page for each.
fn refused(refusal: &Refusal) -> Response {
    if !matches!(refusal, Refusal::NotFound) {
        return errors::answer(refusal, Format::Html, "/sign-in");
    }
    let page = NoInvitationPage { frame: Frame::new("This invitation does not work") };
    (StatusCode::NOT_FOUND, Html(page.render().unwrap_or_default())).into_response()
}

impl InvitationPage {
    fn of(frame: Frame, person: &Person, totp: Option<&[u8]>) -> Self {
        Self {
            name: person.name.clone(),
            email: person.email.clone(),
            setting_up: totp.map(|totp| SettingUp::of(&frame.problems, &person.email, totp)),
            start: Button::submit("Start"),
            frame,
        }
    }
}

impl SettingUp {
    fn of(problems: &Problems, email: &str, totp: &[u8]) -> Self {
        let beside = |input: Input, name: &str| match problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        };
        let password = Input::password("password", "Password").autocomplete("new-password").hint(
            "12 characters or more. Three words that do not belong together work well. There are no rules about digits or signs.",
        );
        let code = Input::one_time_code("code", "6-digit code")
            .hint("The code that your authenticator app shows now for Headway.");
        let base32 = base32(totp);
        Self {
            picture: picture(&address(email, &base32)),
            typed: in_groups(&base32),
            password: beside(password, "password"),
            code: beside(code, "code"),
            send: Button::submit("Open my account"),
        }
    }
}

/// The address that authenticator apps read from the picture.
fn address(email: &str, base32: &str) -> String {
    let label = crate::guard::escape(email);
    format!("otpauth://totp/Headway:{label}?secret={base32}&issuer=Headway&algorithm=SHA1&digits=6&period=30")
}

/// The address as a QR code: an SVG picture in a data address; empty when it cannot be drawn.
fn picture(address: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(address) else { return String::new() };
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    let encoded = base64::engine::general_purpose::STANDARD.encode(svg);
    format!("data:image/svg+xml;base64,{encoded}")
}

/// RFC 4648 base 32 without padding, as authenticator apps take secrets.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut block = [0_u8; 8];
        block[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(block);
        let letters = (chunk.len() * 8).div_ceil(5);
        text.extend((0..letters).map(|at| char::from(LETTERS[(bits >> (35 - 5 * at) & 31) as usize])));
    }
    text
}

/// Four letters at a time, for typing.
fn in_groups(text: &str) -> String {
    let groups: Vec<&str> =
        (0..text.len()).step_by(4).map(|from| &text[from..text.len().min(from + 4)]).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial;

    #[test]
    fn base_32_agrees_with_the_published_examples() {
        for (bytes, text) in [
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn the_secret_is_shown_as_a_picture_and_as_letters_to_type() {
        let person = trial::open_session("Ada Okafor", service::Role::Chair).person;
        let page =
            InvitationPage::of(Frame::new("Set up your account"), &person, Some(b"12345678901234567890"));
        let html = page.render().unwrap();
        assert!(html.contains("src=\"data:image/svg+xml;base64,"));
        assert!(html.contains("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"));
        assert!(html.contains("autocomplete=\"new-password\""));
    }

    #[test]
    fn opening_the_address_shows_no_secret_yet() {
        let person = trial::open_session("Ada Okafor", service::Role::Chair).person;
        let html = InvitationPage::of(Frame::new("Set up your account"), &person, None).render().unwrap();
        assert!(html.contains("name=\"step\" value=\"start\""));
        assert!(!html.contains("data:image"));
    }
}
