//! What people do with their own account: calendar feeds and tokens of the JSON interface.

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{ApiToken, Feed};
use vocabulary::id::{FeedId, TokenId};

use crate::action::Action;
use crate::perform::{Act, Applied, Performing};
use crate::refusal::{Problems, Refusal};
use crate::surroundings::hash_of;

/// A secret that is shown once and stored only as its hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewSecret {
    /// The secret.
    pub secret: String,
}

/// Makes a calendar feed with a secret address, of all duties or of one party's.
#[derive(Debug, Serialize)]
pub struct CreateFeed {
    /// What its owner calls it.
    pub title: String,
    /// The party whose duties it carries; none for all.
    pub bearer: Option<String>,
}

impl Act for CreateFeed {
    const KIND: &'static str = "create-feed";
    const ACTION: Action = Action::ManageOwnAccount;
    type Outcome = NewSecret;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<NewSecret>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.title, 80, "title", "a name for the calendar");
        problems.refuse_any()?;
        performing.authorise(Action::ViewCalendar, "")?;
        let secret = performing.chance.secret()?;
        let feed = Feed {
            id: FeedId(performing.chance.id()?),
            secret_hash: hash_of(&secret),
            council: performing.actor.council,
            person: performing.actor.person,
            bearer: self.bearer.filter(|bearer| !bearer.is_empty()),
            title: self.title.trim().to_owned(),
            created_at: performing.now,
        };
        performing.transaction.insert_feed(&feed).await?;
        Ok(Applied {
            outcome: NewSecret { secret },
            thing: "person",
            thing_id: performing.actor.person.to_string(),
            summary: "Made a calendar feed".into(),
            detail: json!({ "feed": feed.id, "bearer": feed.bearer }),
            happened_on: None,
        })
    }
}

/// Takes an own feed back.
#[derive(Debug, Serialize)]
pub struct RevokeFeed {
    /// The feed.
    pub feed: FeedId,
}

impl Act for RevokeFeed {
    const KIND: &'static str = "revoke-feed";
    const ACTION: Action = Action::ManageOwnAccount;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let (person, now) = (performing.actor.person, performing.now);
        if !performing.transaction.revoke_feed(self.feed, person, now).await? {
            return Err(Refusal::NotFound);
        }
        Ok(Applied {
            outcome: (),
            thing: "person",
            thing_id: person.to_string(),
            summary: "Took a calendar feed back".into(),
            detail: json!({ "feed": self.feed }),
            happened_on: None,
        })
    }
}

/// What a token may read. One purpose each.
pub const TOKEN_PURPOSES: [(&str, &str); 6] = [
    ("duties", "The register of duties"),
    ("calendar", "The calendar of duties"),
    ("coverage", "The coverage matrix"),
    ("plan", "The improvement plan"),
    ("meetings", "Meetings and their cadence"),
    ("figures", "Figures and the standards they are counted by"),
];

/// Makes a token of the JSON interface for one purpose.
#[derive(Debug, Serialize)]
pub struct CreateToken {
    /// What its owner calls it.
    pub title: String,
    /// Its one purpose.
    pub purpose: String,
    /// How many days it works, 1 to 366.
    pub days: i32,
}

impl Act for CreateToken {
    const KIND: &'static str = "create-token";
    const ACTION: Action = Action::ManageOwnAccount;
    type Outcome = NewSecret;

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<NewSecret>, Refusal> {
        let mut problems = Problems::default();
        problems.require_text(&self.title, 80, "title", "a name for the token");
        let known = TOKEN_PURPOSES.iter().any(|(purpose, _)| *purpose == self.purpose);
        problems.require(known, "purpose", "Choose what the token may read.");
        problems.require((1..=366).contains(&self.days), "days", "Enter 1 to 366 days.");
        problems.refuse_any()?;
        let secret = performing.chance.secret()?;
        let expires_on = performing.today.checked_add(self.days.days());
        let token = ApiToken {
            id: TokenId(performing.chance.id()?),
            secret_hash: hash_of(&secret),
            council: performing.actor.council,
            person: performing.actor.person,
            purpose: self.purpose.clone(),
            title: self.title.trim().to_owned(),
            created_at: performing.now,
            expires_on: expires_on.unwrap_or(performing.today),
            used_at: None,
        };
        performing.transaction.insert_token(&token).await?;
        Ok(Applied {
            outcome: NewSecret { secret },
            thing: "person",
            thing_id: performing.actor.person.to_string(),
            summary: format!("Made a token to read {}", token.purpose),
            detail: json!({ "token": token.id, "purpose": token.purpose, "expires_on": token.expires_on }),
            happened_on: None,
        })
    }
}

/// Takes an own token back.
#[derive(Debug, Serialize)]
pub struct RevokeToken {
    /// The token.
    pub token: TokenId,
}

impl Act for RevokeToken {
    const KIND: &'static str = "revoke-token";
    const ACTION: Action = Action::ManageOwnAccount;
    type Outcome = ();

    async fn apply(self, performing: &mut Performing<'_>) -> Result<Applied<()>, Refusal> {
        let (person, now) = (performing.actor.person, performing.now);
        if !performing.transaction.revoke_token(self.token, person, now).await? {
            return Err(Refusal::NotFound);
        }
        Ok(Applied {
            outcome: (),
            thing: "person",
            thing_id: person.to_string(),
            summary: "Took a token back".into(),
            detail: json!({ "token": self.token }),
            happened_on: None,
        })
    }
}
