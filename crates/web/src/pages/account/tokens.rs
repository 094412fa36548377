//! Tokens of the JSON interface: each for one purpose and some days, shown once.

use askama::Template;
use axum::response::Response;
use service::acts::{CreateToken, RevokeToken, TOKEN_PURPOSES};
use service::{Action, Refusal, london_day};
use store::ApiToken;
use vocabulary::date::day_in_words;
use vocabulary::id::TokenId;

use super::frame;
use crate::components::{Button, Choices, Input, Problems};
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::viewer::Viewer;

#[derive(Template)]
#[template(path = "pages/account/tokens.html")]
struct TokensPage {
    frame: Frame,
    made: Option<String>,
    tokens: Vec<TokenRow>,
    title: Input,
    purpose: Choices,
    days: Input,
    create: Button,
}

/// One token.
struct TokenRow {
    id: String,
    title: String,
    words: String,
}

/// Shows one's tokens.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let page = TokensPage::of(&viewer, None, Problems::default(), &Fields::default()).await?;
    Ok(viewer.show(&page, &()))
}

/// Makes a token and shows it, once.
pub async fn create(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let act = CreateToken {
        title: fields.text("title").to_owned(),
        purpose: fields.text("purpose").to_owned(),
        days: fields.number("days").unwrap_or(0),
    };
    if !viewer.may(Action::ViewCalendar) {
        return Err(Refusal::NotFound.into());
    }
    match viewer.perform(&fields, act).await {
        Ok(made) => {
            let page =
                TokensPage::of(&viewer, Some(made.secret), Problems::default(), &Fields::default()).await?;
            Ok(viewer.show(&page, &()))
        }
        Err(refusal) => {
            let problems = errors::beside_fields(refusal)?;
            let page = TokensPage::of(&viewer, None, problems, &fields).await?;
            Ok(viewer.show_problems(&page, &()))
        }
    }
}

/// Takes a token back: it opens nothing from then on.
pub async fn revoke(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let token = TokenId::parse(fields.text("token")).ok_or(Refusal::NotFound)?;
    viewer.perform(&fields, RevokeToken { token }).await?;
    Ok(viewer.after("/account/tokens", "token-revoked"))
}

impl TokensPage {
    async fn of(
        viewer: &Viewer,
        made: Option<String>,
        problems: Problems,
        typed: &Fields,
    ) -> Result<Self, Refusal> {
        if !viewer.may(Action::ViewCalendar) {
            return Err(Refusal::NotFound);
        }
        let tokens = viewer.service.store.tokens_of(viewer.actor.person, viewer.actor.council).await?;
        let beside = |input: Input, name: &str| match problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        };
        let title = Input::new("title", "A name for it").hint("For example, Power BI at the council.");
        let days = Input::number("days", "How many days it works").hint("1 to 366.");
        let purpose = TOKEN_PURPOSES.iter().fold(
            Choices::radios("purpose", "What it may read").chosen(typed.text("purpose")),
            |choices, (purpose, words)| choices.choice(purpose, *words),
        );
        let purpose = match problems.with_field("purpose") {
            Some(message) => purpose.error(message),
            None => purpose,
        };
        let typed_days = if typed.text("days").is_empty() { "90" } else { typed.text("days") };
        Ok(Self {
            made,
            tokens: tokens.iter().map(TokenRow::of).collect(),
            title: beside(title.value(typed.text("title")), "title"),
            purpose,
            days: beside(days.value(typed_days), "days"),
            create: Button::submit("Make the token"),
            frame: Frame { problems, ..frame(viewer, "Tokens for programs", "/account/tokens") },
        })
    }
}

impl TokenRow {
    fn of(token: &ApiToken) -> Self {
        let known = TOKEN_PURPOSES.iter().find(|(purpose, _)| *purpose == token.purpose);
        let purpose = known.map_or(token.purpose.as_str(), |(_, words)| *words);
        let used = match token.used_at {
            Some(at) => format!("last used on {}", day_in_words(london_day(at))),
            None => "never used".to_owned(),
        };
        Self {
            id: token.id.to_string(),
            title: token.title.clone(),
            words: format!("{purpose}; works until {}; {used}", day_in_words(token.expires_on)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn a_token_is_shown_once_and_what_is_wrong_stands_beside_its_field() {
        let trial = Trial::new().await;
        let wrong = trial.post(Role::Analyst, "/account/tokens", "title=Power+BI&days=400").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("href=\"#purpose\"") && wrong.body.contains("href=\"#days\""));
        let made =
            trial.post(Role::Analyst, "/account/tokens", "title=Power+BI&days=30&purpose=duties").await;
        let token =
            made.body.split("headway-secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        assert_eq!(token.len(), 43);
        let again = trial.get(Some(Role::Analyst), "/account/tokens").await;
        assert!(!again.body.contains(token));
        assert!(again.body.contains("works until 10 July 2026; never used"));
    }
}
