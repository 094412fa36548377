//! A made-up council for tests: Northmoor, its notice, its people, and the application over a store of its own.

mod northmoor;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use service::{Attachments, Chance, Clock, Keys, Role, Service, hash_of};
use store::{OpenSession, Person, PersonState, RoleGrant, SessionRow, Store};
use tower::ServiceExt as _;
use vocabulary::id::{CouncilId, EpisodeId, GrantId, InstrumentId, SessionId, UserId};

use crate::state::{AppState, Settings};

pub use northmoor::{TEXT, mark, programme};

/// The day of every test.
pub const TODAY: Date = date(2026, 6, 10);
/// The council.
pub const COUNCIL: CouncilId = CouncilId(1);
/// The intervention.
pub const EPISODE: EpisodeId = EpisodeId(2);
/// Its notice.
pub const NOTICE: InstrumentId = InstrumentId(3);
/// Whoever made everything.
pub const MAKER: UserId = UserId(4);
/// The password of everybody.
pub const PASSWORD: &str = "slow teal harbour lantern";

/// Ten in the morning of the day of every test.
pub fn now() -> Timestamp {
    "2026-06-10T09:00:00Z".parse().expect("a moment")
}

/// Somebody's open session in one role.
pub fn open_session(name: &str, role: Role) -> OpenSession {
    let person = person(UserId(77), name, role);
    let session = SessionRow {
        token_hash: hash_of("token"),
        id: SessionId(78),
        person: person.id,
        role_grant: None,
        confirmed: true,
        csrf: "form-token".into(),
        source: "test".into(),
        created_at: now(),
        seen_at: now(),
        stepped_up_at: None,
    };
    OpenSession { session, grants: vec![grant(GrantId(79), person.id, role)], person, generation: 0 }
}

fn person(id: UserId, name: &str, role: Role) -> Person {
    Person {
        id,
        email: format!("{}@northmoor.example", role.slug()),
        name: name.to_owned(),
        post: role.title(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: 0,
        state: PersonState::Active,
        expires_on: None,
        invitation_hash: None,
        invitation_until: None,
        version: 1,
        recorded_at: now(),
    }
}

fn grant(id: GrantId, person: UserId, role: Role) -> RoleGrant {
    RoleGrant {
        id,
        person,
        council: COUNCIL,
        role: role.name().to_owned(),
        from_day: date(2026, 1, 1),
        to_day: None,
        sponsor: "The director".into(),
        purpose: "The improvement programme".into(),
        teams: Vec::new(),
        sealed: false,
        granted_by: None,
        approved_by: Some(MAKER),
        revoked_at: None,
        version: 1,
        recorded_at: now(),
    }
}

/// The application over a store of its own, with Northmoor's programme and one person a role.
pub struct Trial {
    /// The application's state.
    pub state: AppState,
    folder: PathBuf,
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An answer: its status, where it leads, its cookies and its body.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The `Location` header.
    pub location: String,
    /// The `Set-Cookie` header.
    pub cookie: String,
    /// The body.
    pub body: String,
}

impl Trial {
    /// A new one.
    pub async fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("headway-web-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        let store = Store::open_sqlite(&folder.join("headway.db")).await.expect("a store");
        let keys = Keys::from_bytes(&[7; 64]);
        let attachments = Attachments::in_folder(&folder.join("attachments"));
        let service = Service::new(store, Clock::fixed(now()), Chance::seeded(1), keys, attachments);
        let settings = Settings {
            secure: false,
            demonstration: false,
            public_address: "https://headway.northmoor.example".into(),
            reader: documents::worker::Worker::of_this_program().expect("this program"),
            // The program of these tests reads nothing: what a page says of a reader that dies.
            extracts: service::ExtractReader::of_program("/bin/false".into(), None),
        };
        let state = AppState { service: service.expect("a service"), settings: Arc::new(settings) };
        let trial = Self { state, folder };
        trial.fill().await;
        trial
    }

    async fn fill(&self) {
        let programme = programme();
        let mut transaction = self.state.service.store.begin().await.expect("a transaction");
        transaction.insert_council(&programme.council, now()).await.expect("a council");
        let maker = person(MAKER, "Priya Nair", Role::Director);
        let maker = Person { email: "maker@northmoor.example".into(), ..maker };
        transaction.insert_person(&maker).await.expect("a person");
        for (number, role) in (0..).zip(Role::ALL) {
            let person = person(Self::person_in(role), &format!("Person {number}"), role);
            transaction.insert_person(&person).await.expect("a person");
            let id = GrantId(2_000 + number);
            transaction.insert_grant(&grant(id, person.id, role)).await.expect("a grant");
        }
        for episode in &programme.episodes {
            transaction.insert(episode).await.expect("an intervention");
        }
        for instrument in &programme.instruments {
            transaction.insert(instrument).await.expect("a document");
            transaction.insert_text(instrument.id, TEXT).await.expect("its text");
        }
        for obligation in &programme.obligations {
            transaction.insert(obligation).await.expect("a duty");
        }
        transaction.insert(&programme.questions[0]).await.expect("a question");
        transaction.insert(&programme.variations[0]).await.expect("a variation");
        transaction.insert(&programme.partners[0]).await.expect("a partner");
        for event in &programme.events {
            transaction.insert(event).await.expect("a meeting");
        }
        transaction.commit().await.expect("a commit");
    }

    /// The one person in a role.
    pub fn person_in(role: Role) -> UserId {
        let number = Role::ALL.iter().position(|known| *known == role).unwrap_or_default();
        UserId(1_000 + number as u128)
    }

    /// Gives the person in a role the password of everybody and an authenticator, whose secret is answered.
    pub async fn give_password(&self, role: Role) -> Vec<u8> {
        let service = &self.state.service;
        let secret = b"a secret of an app!!".to_vec();
        let hash = service.hash_password(PASSWORD.to_owned()).await.expect("a hash");
        let sealed = service.keys.seal(&service.chance, &secret).expect("a sealed secret");
        let mut transaction = service.store.begin().await.expect("a transaction");
        let found = transaction.find_person(Self::person_in(role)).await.expect("a store that reads");
        let mut person = found.expect("a person");
        person.password_hash = Some(hash);
        person.totp_secret = Some(sealed);
        transaction.update_person(&mut person).await.expect("an update");
        transaction.commit().await.expect("a commit");
        secret
    }

    /// Opens a session of the person in a role; both factors were just given when `stepped_up`.
    pub async fn session(&self, role: Role, stepped_up: bool) -> String {
        let token = format!("token-of-{}-{stepped_up}", role.slug());
        let hash = hash_of(&token);
        let store = &self.state.service.store;
        if store.find_session(&hash).await.expect("a store that reads").is_none() {
            let row = SessionRow {
                token_hash: hash,
                id: SessionId(self.state.service.chance.id().expect("chance")),
                person: Self::person_in(role),
                role_grant: None,
                confirmed: true,
                csrf: "form-token".into(),
                source: "test".into(),
                created_at: now(),
                seen_at: now(),
                stepped_up_at: stepped_up.then(now),
            };
            let mut transaction = store.begin().await.expect("a transaction");
            transaction.insert_session(&row).await.expect("a session");
            transaction.commit().await.expect("a commit");
        }
        token
    }

    /// Opens a page, signed in as the person in a role or not at all.
    pub async fn get(&self, role: Option<Role>, path: &str) -> Answer {
        let cookie = match role {
            Some(role) => Some(self.session(role, false).await),
            None => None,
        };
        self.ask("GET", path, cookie.as_deref(), "").await
    }

    /// Sends a form, with its token, as the person in a role who has just given both factors again.
    pub async fn post(&self, role: Role, path: &str, form: &str) -> Answer {
        let cookie = self.session(role, true).await;
        let form = format!("form_token=form-token&act_key=&{form}");
        self.ask("POST", path, Some(&cookie), &form).await
    }

    /// Sends a form with files, as the person in a role who has just given both factors again.
    pub async fn send(&self, role: Role, path: &str, boundary: &str, body: &str) -> Answer {
        let cookie = self.session(role, true).await;
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.ask_with("POST", path, Some(&cookie), (&kind, body)).await
    }

    /// Sends any request.
    pub async fn ask(&self, method: &str, path: &str, session: Option<&str>, form: &str) -> Answer {
        self.ask_with(method, path, session, ("application/x-www-form-urlencoded", form)).await
    }

    async fn ask_with(
        &self,
        method: &str,
        path: &str,
        session: Option<&str>,
        (kind, form): (&str, &str),
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("headway={session}"));
        }
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, kind);
            request = request.header("sec-fetch-site", "same-origin");
        }
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let application = crate::application::application(&self.state);
        let response = application.oneshot(request).await.expect("an answer");
        let text = |name: header::HeaderName| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let (status, location, cookie) =
            (response.status(), text(header::LOCATION), text(header::SET_COOKIE));
        let bytes = to_bytes(response.into_body(), 16 << 20).await.expect("a body");
        Answer { status, location, cookie, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
