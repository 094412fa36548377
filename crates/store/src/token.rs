//! Secret addresses of calendar feeds, and tokens of the JSON interface, each of one purpose.

use jiff::Timestamp;
use jiff::civil::Date;
use vocabulary::id::{CouncilId, FeedId, TokenId, UserId};

use crate::engine::{Store, Transaction};
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    INSERT_FEED = "INSERT INTO feed (id, secret_hash, council, person, bearer, title, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND_FEED = "SELECT * FROM feed WHERE secret_hash = $1 AND revoked_at IS NULL";
    LIST_FEEDS = "SELECT * FROM feed WHERE person = $1 AND council = $2 AND revoked_at IS NULL ORDER BY created_at";
    REVOKE_FEED = "UPDATE feed SET revoked_at = $1 WHERE id = $2 AND person = $3 AND revoked_at IS NULL";
    INSERT_TOKEN = "INSERT INTO api_token (id, secret_hash, council, person, purpose, title, created_at, expires_on) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND_TOKEN = "SELECT * FROM api_token WHERE secret_hash = $1 AND revoked_at IS NULL";
    LIST_TOKENS = "SELECT * FROM api_token WHERE person = $1 AND council = $2 AND revoked_at IS NULL ORDER BY created_at";
    USE_TOKEN = "UPDATE api_token SET used_at = $1 WHERE id = $2";
    REVOKE_TOKEN = "UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND person = $3 AND revoked_at IS NULL";
}

/// A read-only calendar feed with a secret address. Its titles carry no child data.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its id.
    pub id: FeedId,
    /// SHA-256 of the secret, in hexadecimal.
    pub secret_hash: String,
    /// The council.
    pub council: CouncilId,
    /// Whose it is; it stops when they lose access.
    pub person: UserId,
    /// The party whose duties it carries; none for all duties.
    pub bearer: Option<String>,
    /// What its owner calls it.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A token of the JSON interface.
#[derive(Clone, Debug)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// SHA-256 of the secret, in hexadecimal.
    pub secret_hash: String,
    /// The council.
    pub council: CouncilId,
    /// Whose it is; it stops when they lose access.
    pub person: UserId,
    /// The one thing it may read (`duties`, `calendar`, `coverage`).
    pub purpose: String,
    /// What its owner calls it.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The last day it works.
    pub expires_on: Date,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Transaction {
    /// Inserts a feed.
    pub async fn insert_feed(&mut self, feed: &Feed) -> Result<(), StoreError> {
        let values = [
            feed.id.into(),
            feed.secret_hash.as_str().into(),
            feed.council.into(),
            feed.person.into(),
            feed.bearer.clone().into(),
            feed.title.as_str().into(),
            feed.created_at.into(),
        ];
        self.execute(&INSERT_FEED, &values).await.map(drop)
    }

    /// Takes a person's own feed back; false when there is none.
    pub async fn revoke_feed(
        &mut self,
        id: FeedId,
        person: UserId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(&REVOKE_FEED, &[at.into(), id.into(), person.into()]).await? == 1)
    }

    /// Inserts a token.
    pub async fn insert_token(&mut self, token: &ApiToken) -> Result<(), StoreError> {
        let values = [
            token.id.into(),
            token.secret_hash.as_str().into(),
            token.council.into(),
            token.person.into(),
            token.purpose.as_str().into(),
            token.title.as_str().into(),
            token.created_at.into(),
            token.expires_on.into(),
        ];
        self.execute(&INSERT_TOKEN, &values).await.map(drop)
    }

    /// Notes that a token was used.
    pub async fn use_token(&mut self, id: TokenId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(&USE_TOKEN, &[at.into(), id.into()]).await.map(drop)
    }

    /// Takes a person's own token back; false when there is none.
    pub async fn revoke_token(
        &mut self,
        id: TokenId,
        person: UserId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(&REVOKE_TOKEN, &[at.into(), id.into(), person.into()]).await? == 1)
    }
}

impl Store {
    /// The feed with this secret's hash.
    pub async fn find_feed(&self, secret_hash: &str) -> Result<Option<Feed>, StoreError> {
        self.row(&FIND_FEED, &[secret_hash.into()]).await?.as_ref().map(read_feed).transpose()
    }

    /// A person's feeds in a council.
    pub async fn feeds_of(&self, person: UserId, council: CouncilId) -> Result<Vec<Feed>, StoreError> {
        self.rows(&LIST_FEEDS, &[person.into(), council.into()]).await?.iter().map(read_feed).collect()
    }

    /// The token with this secret's hash.
    pub async fn find_token(&self, secret_hash: &str) -> Result<Option<ApiToken>, StoreError> {
        self.row(&FIND_TOKEN, &[secret_hash.into()]).await?.as_ref().map(read_token).transpose()
    }

    /// A person's tokens in a council.
    pub async fn tokens_of(&self, person: UserId, council: CouncilId) -> Result<Vec<ApiToken>, StoreError> {
        self.rows(&LIST_TOKENS, &[person.into(), council.into()]).await?.iter().map(read_token).collect()
    }
}

fn read_feed(row: &Row) -> Result<Feed, StoreError> {
    Ok(Feed {
        id: row.id("id", FeedId::parse)?,
        secret_hash: row.text("secret_hash")?,
        council: row.id("council", CouncilId::parse)?,
        person: row.id("person", UserId::parse)?,
        bearer: row.maybe_text("bearer")?,
        title: row.text("title")?,
        created_at: row.instant("created_at")?,
    })
}

fn read_token(row: &Row) -> Result<ApiToken, StoreError> {
    Ok(ApiToken {
        id: row.id("id", TokenId::parse)?,
        secret_hash: row.text("secret_hash")?,
        council: row.id("council", CouncilId::parse)?,
        person: row.id("person", UserId::parse)?,
        purpose: row.text("purpose")?,
        title: row.text("title")?,
        created_at: row.instant("created_at")?,
        expires_on: row.day("expires_on")?,
        used_at: row.maybe_instant("used_at")?,
    })
}
