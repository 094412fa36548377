//! Signing in and out with a password and a time-based code, and what keeps guessing slow.
//!
//! The same time and the same words for unknown and known accounts; slow down by account and source, and by source,
//! never lock the owner out.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::{SignedDuration, Timestamp};
use store::{AccessEntry, OpenSession, Person, PersonState, SessionRow};
use vocabulary::id::{GrantId, SessionId, UserId};

use crate::Service;
use crate::actor::Actor;
use crate::authoriser::{Account, GrantStatus};
use crate::refusal::Refusal;
use crate::role::Role;
use crate::surroundings::{hash_of, london_day};

/// A session ends after this long without use.
pub const IDLE: SignedDuration = SignedDuration::from_mins(20);
/// A session ends this long after it began.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);

/// Failures within this window slow further attempts down.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Free failures for one account from one source.
const FREE_FAILURES_OF_ACCOUNT: i64 = 5;
/// Free failures for one source over all accounts.
const FREE_FAILURES_OF_SOURCE: i64 = 30;

/// The secret a new session's cookie carries, and whether the second factor is still needed.
#[derive(Debug)]
pub struct NewSession {
    /// The token for the cookie.
    pub token: String,
    /// The session's id.
    pub id: SessionId,
}

impl Service {
    /// Checks e-mail address and password and opens a session that still needs the second factor.
    pub async fn sign_in(&self, email: &str, password: &str, source: &str) -> Result<NewSession, Refusal> {
        let email = email.trim().to_lowercase();
        let account = hash_of(&email);
        self.slow_down(&account, source).await?;
        let person = {
            let mut transaction = self.store.snapshot().await?;
            transaction.find_person_by_email(&email).await?
        };
        let stored = person.as_ref().and_then(|person| person.password_hash.clone());
        let right = self.password_is_right(stored, password).await?;
        let now = self.clock.now();
        let person = person.filter(|person| right && Account::of(person, london_day(now)) == Account::Active);
        let mut transaction = self.store.begin().await?;
        let Some(person) = person else {
            transaction.record_attempt(&account, source, now, false).await?;
            transaction.commit().await?;
            return Err(wrong_factors());
        };
        let token = self.chance.secret()?;
        let session = self.session_row(&person, &token, source, now)?;
        transaction.insert_session(&session).await?;
        transaction.commit().await?;
        Ok(NewSession { token, id: session.id })
    }

    /// Checks both factors again in an open session, and replaces it with one under a new token that may approve.
    pub async fn step_up(
        &self,
        open: &OpenSession,
        password: &str,
        code: &str,
        source: &str,
    ) -> Result<NewSession, Refusal> {
        if !self.own_password_is_right(open, password, source).await? {
            return Err(Refusal::invalid("password", "The password is not right. Enter it again."));
        }
        self.confirm(open, code, source).await
    }

    /// Whether this is the password of the session's owner; a wrong one counts as a failed sign-in.
    pub(crate) async fn own_password_is_right(
        &self,
        open: &OpenSession,
        password: &str,
        source: &str,
    ) -> Result<bool, Refusal> {
        let account = hash_of(&open.person.email);
        self.slow_down(&account, source).await?;
        let right = self.password_is_right(open.person.password_hash.clone(), password).await?;
        if !right {
            let mut transaction = self.store.begin().await?;
            transaction.record_attempt(&account, source, self.clock.now(), false).await?;
            transaction.commit().await?;
        }
        Ok(right)
    }

    /// Checks the second factor and replaces the half-open session with a full one under a new token.
    pub async fn confirm(&self, open: &OpenSession, code: &str, source: &str) -> Result<NewSession, Refusal> {
        let account = hash_of(&open.person.email);
        self.slow_down(&account, source).await?;
        let now = self.clock.now();
        let mut transaction = self.store.begin().await?;
        let person = transaction.find_person(open.person.id).await?.ok_or(Refusal::SignedOut)?;
        let step = self.totp_step(&person, code, now)?;
        let accepted = match step {
            Some(step) => transaction.use_totp_step(person.id, step).await?,
            None => false,
        };
        if !accepted {
            transaction.record_attempt(&account, source, now, false).await?;
            transaction.commit().await?;
            return Err(wrong_code());
        }
        let token = self.chance.secret()?;
        let mut session = self.session_row(&person, &token, source, now)?;
        session.confirmed = true;
        session.stepped_up_at = Some(now);
        session.role_grant = open.session.role_grant;
        session.created_at = open.session.created_at;
        transaction.end_session(open.session.id, now).await?;
        transaction.insert_session(&session).await?;
        transaction.record_attempt(&account, source, now, true).await?;
        let (role, council) = current_role(&open.grants, session.role_grant, london_day(now));
        let entry = AccessEntry {
            at: now,
            person: Some(person.id),
            role,
            council,
            what: if open.session.confirmed { "stepped-up" } else { "signed-in" }.into(),
            route: if open.session.confirmed { "/step-up" } else { "/sign-in" }.into(),
            thing: String::new(),
            source: source.to_owned(),
            request_id: session.id.to_string(),
        };
        transaction.record_access(&entry).await?;
        transaction.commit().await?;
        self.sessions.forget(&open.session.token_hash);
        Ok(NewSession { token, id: session.id })
    }

    /// The open session of a token, if it was used recently enough.
    pub async fn session(&self, token: &str) -> Result<Option<OpenSession>, Refusal> {
        let hash = hash_of(token);
        let now = self.clock.now();
        let open = match self.sessions.recent(&hash, now) {
            Some(open) => Some(open),
            None => self.store.find_session(&hash).await?,
        };
        let Some(mut open) = open else { return Ok(None) };
        let alive = now.duration_since(open.session.seen_at) <= IDLE
            && now.duration_since(open.session.created_at) <= ABSOLUTE;
        if !alive {
            self.sign_out(&open).await?;
            return Ok(None);
        }
        // Writing on every request would make reading pages a writing load; a minute is fine for a 20-minute limit.
        if now.duration_since(open.session.seen_at) > SignedDuration::from_mins(1) {
            let mut transaction = self.store.begin().await?;
            transaction.touch_session(open.session.id, now).await?;
            transaction.commit().await?;
            open.session.seen_at = now;
        }
        self.sessions.keep(&hash, &open, now);
        Ok(Some(open))
    }

    /// Ends a session; it opens nothing from now on.
    pub async fn sign_out(&self, open: &OpenSession) -> Result<(), Refusal> {
        let mut transaction = self.store.begin().await?;
        transaction.end_session(open.session.id, self.clock.now()).await?;
        transaction.commit().await?;
        self.sessions.forget(&open.session.token_hash);
        Ok(())
    }

    /// Switches the role a session acts in.
    pub async fn act_as(&self, open: &OpenSession, grant: GrantId) -> Result<(), Refusal> {
        let today = self.clock.today();
        let chosen = open.grants.iter().find(|candidate| candidate.id == grant).ok_or(Refusal::NotFound)?;
        if GrantStatus::of(chosen, today) != GrantStatus::Current {
            return Err(Refusal::NotFound);
        }
        let mut transaction = self.store.begin().await?;
        transaction.choose_grant(open.session.id, grant).await?;
        transaction.commit().await?;
        self.sessions.forget(&open.session.token_hash);
        Ok(())
    }

    /// Argon2id of a password, in PHC form. Runs off the async threads: it is meant to be slow.
    pub async fn hash_password(&self, password: String) -> Result<String, Refusal> {
        let salt = self.chance.bytes::<16>()?;
        run_off(move || {
            argon2()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|_| Refusal::Unavailable("The password could not be stored.".into()))
        })
        .await
    }

    /// The time step whose code this is, if it is right now or one step off.
    pub(crate) fn totp_step(
        &self,
        person: &Person,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<i64>, Refusal> {
        let Some(sealed) = &person.totp_secret else { return Ok(None) };
        let secret = self.keys.open_sealed(sealed)?;
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let step = totp(secret)?.check(&code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// The code that a person's authenticator shows now. Only the demonstration prints it, on the loopback address.
    pub fn demonstration_code(&self, person: &Person) -> Result<Option<String>, Refusal> {
        let Some(sealed) = &person.totp_secret else { return Ok(None) };
        let seconds = u64::try_from(self.clock.now().as_second()).unwrap_or(0);
        Ok(Some(totp(self.keys.open_sealed(sealed)?)?.generate(seconds).to_string()))
    }

    fn session_row(
        &self,
        person: &Person,
        token: &str,
        source: &str,
        now: Timestamp,
    ) -> Result<SessionRow, Refusal> {
        Ok(SessionRow {
            token_hash: hash_of(token),
            id: SessionId(self.chance.id()?),
            person: person.id,
            role_grant: None,
            confirmed: false,
            csrf: self.chance.secret()?,
            source: source.to_owned(),
            created_at: now,
            seen_at: now,
            stepped_up_at: None,
        })
    }

    pub(crate) async fn password_is_right(
        &self,
        stored: Option<String>,
        password: &str,
    ) -> Result<bool, Refusal> {
        // An unknown account costs the same work as a known one.
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy_hash.clone());
        let password = password.to_owned();
        run_off(move || {
            let hash = PasswordHash::new(&stored)
                .map_err(|_| Refusal::Unavailable("A stored password cannot be read.".into()))?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn slow_down(&self, account: &str, source: &str) -> Result<(), Refusal> {
        let now = self.clock.now();
        let since = now.checked_sub(WINDOW).unwrap_or(Timestamp::UNIX_EPOCH);
        let (of_account, of_source) = self.store.failures(account, source, since).await?;
        if of_account >= FREE_FAILURES_OF_ACCOUNT || of_source >= FREE_FAILURES_OF_SOURCE {
            return Err(Refusal::SlowDown { seconds: WINDOW.as_secs().unsigned_abs() });
        }
        Ok(())
    }

    /// The actor of a token, if it has this purpose and its owner still has a role in its council.
    pub async fn token_actor(&self, secret: &str, purpose: &str) -> Result<Option<Actor>, Refusal> {
        let now = self.clock.now();
        let token = self.store.find_token(&hash_of(secret)).await?;
        let usable =
            |token: &store::ApiToken| token.purpose == purpose && token.expires_on >= london_day(now);
        let Some(token) = token.filter(usable) else { return Ok(None) };
        let mut transaction = self.store.begin().await?;
        transaction.use_token(token.id, now).await?;
        transaction.commit().await?;
        self.actor_in(token.person, token.council).await
    }

    /// The owner of a calendar feed, if they still have a role in its council, and the feed.
    pub async fn feed_actor(&self, secret: &str) -> Result<Option<(Actor, store::Feed)>, Refusal> {
        let Some(feed) = self.store.find_feed(&hash_of(secret)).await? else { return Ok(None) };
        Ok(self.actor_in(feed.person, feed.council).await?.map(|actor| (actor, feed)))
    }

    /// A person acting through something they made while signed in with both factors.
    async fn actor_in(
        &self,
        person: UserId,
        council: vocabulary::id::CouncilId,
    ) -> Result<Option<Actor>, Refusal> {
        let now = self.clock.now();
        let (person, grants) = self.store.person_and_grants(person).await?;
        let today = london_day(now);
        let usable = |grant: &&store::RoleGrant| {
            grant.council == council
                && GrantStatus::of(grant, today) == GrantStatus::Current
                && Role::parse(&grant.role).is_some_and(Role::reads_programme)
        };
        let generation = self.store.log_size().await?;
        let actor = grants.iter().find(usable).and_then(|grant| Actor::under(&person, grant, now));
        Ok(actor.map(|actor| actor.with_token(generation)))
    }

    /// The actor of a session in its present role, once the second factor was given.
    pub fn actor(&self, open: &OpenSession) -> Option<Actor> {
        open.session.confirmed.then(|| Actor::of_session(open, self.clock.now())).flatten()
    }
}

fn current_role(
    grants: &[store::RoleGrant],
    chosen: Option<GrantId>,
    today: jiff::civil::Date,
) -> (String, Option<vocabulary::id::CouncilId>) {
    let current = |grant: &&store::RoleGrant| GrantStatus::of(grant, today) == GrantStatus::Current;
    let grant = grants.iter().filter(current).find(|g| Some(g.id) == chosen);
    let grant = grant.or_else(|| grants.iter().find(current));
    grant.map_or((String::new(), None), |grant| (grant.role.clone(), Some(grant.council)))
}

/// The one refusal for every wrong e-mail address or password.
fn wrong_factors() -> Refusal {
    Refusal::invalid("email", "The e-mail address or the password is not right. Check both and try again.")
}

fn wrong_code() -> Refusal {
    Refusal::invalid(
        "code",
        "The code is not right, or was used already. Wait for the next code in your authenticator app and enter it.",
    )
}

/// The time-based one-time password of a secret: SHA-1, 6 digits, 30 seconds, as authenticator apps expect.
pub(crate) fn totp(secret: Vec<u8>) -> Result<totp_rs::Totp, Refusal> {
    totp_rs::Builder::new()
        .with_secret(secret)
        .build()
        .map_err(|_| Refusal::Unavailable("The second factor of this account cannot be read.".into()))
}

/// 19 MiB, two passes: the floor that the password-storage guidance names for Argon2id.
fn argon2() -> Result<Argon2<'static>, Refusal> {
    let params = Params::new(19 * 1024, 2, 1, None)
        .map_err(|_| Refusal::Unavailable("Passwords cannot be checked.".into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A hash that no password has, so that unknown accounts take the same time.
pub(crate) fn decoy_hash(salt: &[u8; 16]) -> Result<String, Refusal> {
    argon2()?
        .hash_password_with_salt(b"no account has this password", salt)
        .map(|hash| hash.to_string())
        .map_err(|_| Refusal::Unavailable("Passwords cannot be checked.".into()))
}

pub(crate) async fn run_off<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Refusal::Unavailable("The work was interrupted. Try again.".into()))?
}

/// What a new password must be: long enough, not a usual one, not made of the account's own words.
pub fn password_problem(password: &str, person: &Person) -> Option<String> {
    let length = password.chars().count();
    if length < 12 {
        return Some("Choose a password of 12 characters or more.".into());
    }
    if length > 256 {
        return Some("Choose a password of 256 characters or fewer.".into());
    }
    let lower = password.to_lowercase();
    let local = person.email.split('@').next().unwrap_or("");
    let own_words = person.name.split_whitespace().chain([local, "headway"]);
    let rest = own_words
        .filter(|word| word.len() > 3)
        .fold(lower.clone(), |rest, word| rest.replace(&word.to_lowercase(), ""));
    if rest.chars().count() < 8 {
        return Some(
            "Choose a password that is not made of your name, your e-mail address or the word Headway."
                .into(),
        );
    }
    let usual = include_str!("usual_passwords.txt").lines().any(|usual| usual == lower);
    let monotonous = lower.chars().collect::<std::collections::HashSet<_>>().len() < 5;
    (usual || monotonous)
        .then(|| "Choose a password that is harder to guess: this one is on lists of usual passwords.".into())
}

/// Sessions seen in the last second, so that a page's many requests ask the store once.
#[derive(Debug, Default)]
pub(crate) struct Sessions(std::sync::RwLock<std::collections::HashMap<String, (Timestamp, OpenSession)>>);

impl Sessions {
    fn recent(&self, hash: &str, now: Timestamp) -> Option<OpenSession> {
        let kept = self.0.read().ok()?;
        let (at, open) = kept.get(hash)?;
        (now.duration_since(*at) < SignedDuration::from_millis(800)).then(|| open.clone())
    }

    fn keep(&self, hash: &str, open: &OpenSession, now: Timestamp) {
        let Ok(mut kept) = self.0.write() else { return };
        if kept.get(hash).is_some_and(|(at, _)| now.duration_since(*at) < SignedDuration::from_millis(800)) {
            return;
        }
        if kept.len() > 10_000 {
            kept.clear();
        }
        kept.insert(hash.to_owned(), (now, open.clone()));
    }

    pub(crate) fn forget(&self, hash: &str) {
        if let Ok(mut kept) = self.0.write() {
            kept.remove(hash);
        }
    }

    /// Forgets every session: access changed, and must change at once.
    pub(crate) fn forget_all(&self) {
        if let Ok(mut kept) = self.0.write() {
            kept.clear();
        }
    }
}

impl Service {
    /// The state a person's account is in, in a word, for pages.
    pub fn account_word(person: &Person) -> &'static str {
        match person.state {
            PersonState::Invited => "Invited",
            PersonState::Active => "Active",
            PersonState::Disabled => "Disabled",
        }
    }

    /// The id under which the program itself acts.
    pub const PROGRAM: UserId = UserId(0);

    /// The role of a name, for the command line.
    pub fn role(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name || role.slug() == name)
    }
}
