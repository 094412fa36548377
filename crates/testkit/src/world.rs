//! A council with its people and, where a test wants one, a notice: a service over a database of the test's own, whose
//! clock moves only when told and whose chance follows from a seed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use improvement::reading::Reading;
use improvement::register::{Instrument, Obligation, ObligationState};
use jiff::{SignedDuration, Timestamp};
use service::acts::{
    BringInInstrument, ConfirmObligations, InvitePerson, OpenEpisode, Seen, SignRegister, SwitchAccount,
};
use service::{
    Act, Actor, Attachments, Chance, Clock, IdempotencyKey, Keys, Programme, Refusal, Role, Service,
};
use store::{Engine, Scope};
use vocabulary::id::{CouncilId, EpisodeId, InstrumentId, ObligationId, UserId};

use crate::database::TestDatabase;
use crate::notice::{NoticeText, notice};
use crate::people::{Account, PASSWORD, name_of};

/// A Monday morning in term time, a day after a notice would have come.
const BEGINNING: &str = "2026-09-07T08:30:00Z";

/// A council with one person in each role.
#[derive(Debug)]
pub struct World {
    service: Arc<Service>,
    council: CouncilId,
    people: BTreeMap<Role, UserId>,
    keys_sent: AtomicU64,
    // Last, since its files and its database go only when nobody has them open.
    database: TestDatabase,
}

impl World {
    /// A world on SQLite.
    pub async fn new() -> Self {
        Self::on(Engine::Sqlite).await.expect("SQLite is always there")
    }

    /// A world on an engine; none where this run goes without PostgreSQL.
    pub async fn on(engine: Engine) -> Option<Self> {
        let database = TestDatabase::on(engine).await?;
        let store = database.open().await;
        let clock = Clock::fixed(BEGINNING.parse().expect("a moment"));
        let chance = Chance::seeded(497);
        let keys = Keys::from_bytes(&chance.bytes().expect("seeded chance never runs out"));
        let attachments = Attachments::in_folder(&database.folder().join("attachments"));
        let service = Service::new(store, clock, chance, keys, attachments).expect("the policies parse");
        let mut world = Self {
            service,
            council: CouncilId(0),
            people: BTreeMap::new(),
            keys_sent: AtomicU64::new(0),
            database,
        };
        world.council = world.found("Northmoor Council").await;
        for role in Role::ALL {
            let person = world.add_person(name_of(role), role).await;
            world.people.insert(role, person);
        }
        Some(world)
    }

    /// The service.
    pub fn service(&self) -> &Arc<Service> {
        &self.service
    }

    /// The council.
    pub fn council(&self) -> CouncilId {
        self.council
    }

    /// The database it runs on.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// A second service over the same database, keys and clock: another web node.
    pub async fn another_node(&self) -> Arc<Service> {
        let service = &self.service;
        let attachments = Attachments::in_folder(service.attachments.folder());
        let keys = service.keys.clone();
        let store = self.database.open().await;
        let chance = Chance::seeded(498);
        Service::new(store, service.clock.clone(), chance, keys, attachments).expect("the policies parse")
    }

    /// Founds another council in the same installation.
    pub async fn found(&self, name: &str) -> CouncilId {
        let word = name.split(' ').next().unwrap_or(name).to_lowercase();
        let email = format!("first.administrator@{word}.example");
        let founded = self.service.found_council(name, "", (&email, "First Administrator")).await;
        founded.expect("a council with a new name can be founded").council
    }

    /// The person who holds a role, acting in it with both factors fresh.
    pub fn actor(&self, role: Role) -> Actor {
        Actor::trusted(self.people[&role], name_of(role), role, self.council)
    }

    /// Another person acting in a role.
    pub async fn another(&self, role: Role, name: &str) -> Actor {
        Actor::trusted(self.add_person(name, role).await, name, role, self.council)
    }

    /// Somebody of another council acting in a role there.
    pub async fn stranger(&self, role: Role, council: CouncilId) -> Actor {
        let name = format!("Stranger {}", self.next());
        let person = self.insert_person(&name, role, council).await;
        Actor::trusted(person, &name, role, council)
    }

    /// What the holder of a role may see.
    pub fn scope(&self, role: Role) -> Scope {
        self.service.authoriser.scope(&self.actor(role))
    }

    async fn add_person(&self, name: &str, role: Role) -> UserId {
        self.insert_person(name, role, self.council).await
    }

    async fn insert_person(&self, name: &str, role: Role, council: CouncilId) -> UserId {
        let service = &self.service;
        let email = format!("person{}@world.example", self.next());
        let mut person = service.new_person(&email, name, &role.title()).expect("seeded chance");
        person.state = store::PersonState::Active;
        let grant = service.founding_grant(&person, council, role).expect("seeded chance");
        let mut transaction = service.store.begin().await.expect("the database answers");
        transaction.insert_person(&person).await.expect("a new person");
        transaction.insert_grant(&grant).await.expect("a new grant");
        transaction.commit().await.expect("the database answers");
        person.id
    }

    /// Gives somebody of another council a role in this one too.
    pub async fn also_works_for(&self, person: UserId, role: Role) {
        let service = &self.service;
        let mut transaction = service.store.begin().await.expect("the database answers");
        let person =
            transaction.find_person(person).await.expect("the database answers").expect("an account");
        let grant = service.founding_grant(&person, self.council, role).expect("seeded chance");
        transaction.insert_grant(&grant).await.expect("a new grant");
        transaction.commit().await.expect("the database answers");
    }

    /// An account that can really sign in, with password and second factor.
    pub async fn account(&self, role: Role, email: &str) -> Account {
        let service = &self.service;
        let mut person = service.new_person(email, name_of(role), &role.title()).expect("seeded chance");
        let totp_secret = service.chance.bytes::<20>().expect("seeded chance").to_vec();
        let grant = service.founding_grant(&person, self.council, role).expect("seeded chance");
        let made = service.demonstration_account(&mut person, (PASSWORD, &totp_secret), &[grant]).await;
        made.expect("a new account");
        Account { person: person.id, email: email.to_owned(), role, totp_secret }
    }

    /// Signs an account in with both factors and gives its session's token.
    pub async fn sign_in(&self, account: &Account) -> String {
        let service = &self.service;
        let half =
            service.sign_in(&account.email, PASSWORD, "192.0.2.1").await.expect("the password is right");
        let open = service.session(&half.token).await.expect("the database answers").expect("a new session");
        // A code works once: the next sign-in needs the next code.
        self.advance(SignedDuration::from_secs(30));
        let code = account.code_at(service.clock.now());
        let full = service.confirm(&open, &code, "192.0.2.1").await.expect("the code is right");
        full.token
    }

    /// The actor of a session, as a page would see them.
    pub async fn actor_of(&self, token: &str) -> Option<Actor> {
        let open = self.service.session(token).await.expect("the database answers")?;
        self.service.actor(&open)
    }

    /// Moves the clock on.
    pub fn advance(&self, by: SignedDuration) {
        let now = self.service.clock.now();
        self.service.clock.set(now.checked_add(by).expect("tests stay in this age"));
    }

    /// Sets the clock.
    pub fn move_to(&self, moment: &str) {
        self.service.clock.set(moment.parse::<Timestamp>().expect("a moment"));
    }

    fn next(&self) -> u64 {
        self.keys_sent.fetch_add(1, Ordering::Relaxed)
    }

    /// An idempotency key that was not sent before.
    pub fn key(&self) -> IdempotencyKey {
        IdempotencyKey(format!("key-{}", self.next()))
    }

    /// Performs an act as the holder of a role, under a new key.
    pub async fn perform<A: Act>(&self, role: Role, act: A) -> Result<A::Outcome, Refusal> {
        self.perform_as(&self.actor(role), act).await
    }

    /// Performs an act as a certain person, under a new key.
    pub async fn perform_as<A: Act>(&self, actor: &Actor, act: A) -> Result<A::Outcome, Refusal> {
        self.service.perform(actor, &self.key(), act).await
    }

    /// The programme as the programme manager sees it now.
    pub async fn programme(&self) -> Arc<Programme> {
        let read = self.service.programme_now(&self.scope(Role::ProgrammeManager)).await;
        read.expect("the programme manager reads the programme")
    }

    /// Opens an intervention.
    pub async fn open_episode(&self) -> EpisodeId {
        let act = OpenEpisode { title: "Improvement notice, September 2026".into() };
        self.perform(Role::ProgrammeManager, act).await.expect("an intervention opens")
    }

    /// Brings a notice into an intervention, as the programme manager.
    pub async fn bring_in(&self, episode: EpisodeId, notice: &NoticeText) -> InstrumentId {
        let act = self.upload(episode, notice);
        self.perform(Role::ProgrammeManager, act).await.expect("the notice is brought in")
    }

    /// The act of bringing a notice in; its bytes are kept first, as an upload does.
    pub fn upload(&self, episode: EpisodeId, notice: &NoticeText) -> BringInInstrument {
        let kept = self.service.attachments.keep(notice.text.as_bytes());
        BringInInstrument {
            episode,
            file_name: "notice.txt".into(),
            file_kind: "txt".into(),
            file_hash: kept.expect("the temporary folder takes a file"),
            text: notice.text.clone(),
            warnings: Vec::new(),
            reading: Reading::clone(&notice.reading),
        }
    }

    /// Confirms every suggested row of an instrument, as the programme manager.
    pub async fn confirm_all(&self, instrument: InstrumentId) -> usize {
        let programme = self.programme().await;
        let rows = programme.obligations_of(instrument);
        let suggested = rows.filter(|row| row.state == ObligationState::Suggested);
        let rows: Vec<Seen<ObligationId>> = suggested.map(seen).collect();
        let confirmed = self.perform(Role::ProgrammeManager, ConfirmObligations { rows }).await;
        confirmed.expect("suggested rows can be confirmed")
    }

    /// Signs the register of an instrument, as the director.
    pub async fn sign(&self, instrument: InstrumentId) -> usize {
        let act = self.signature(instrument).await;
        self.perform(Role::Director, act).await.expect("a confirmed register can be signed")
    }

    /// The act of signing an instrument's register as it stands.
    pub async fn signature(&self, instrument: InstrumentId) -> SignRegister {
        let programme = self.programme().await;
        let version = programme.instrument(instrument).map_or(1, |found: &Instrument| found.version);
        SignRegister { instrument: Seen { id: instrument, version }, in_force_from: None }
    }

    /// A notice in force: brought in, every row confirmed, the register signed.
    pub async fn notice_in_force(&self) -> (EpisodeId, InstrumentId) {
        let episode = self.open_episode().await;
        let instrument = self.bring_in(episode, &notice()).await;
        self.confirm_all(instrument).await;
        self.sign(instrument).await;
        (episode, instrument)
    }

    /// The row with this reference, as it stands.
    pub async fn row(&self, reference: &str) -> Obligation {
        let programme = self.programme().await;
        let found = programme.obligations.iter().rev().find(|row| row.reference == reference);
        found.unwrap_or_else(|| panic!("the register has a row {reference}")).clone()
    }

    /// Invites somebody, as the administrator, and gives their id and the secret of the invitation's address.
    pub async fn invite(&self, email: &str, name: &str) -> (UserId, String) {
        let act =
            InvitePerson { email: email.into(), name: name.into(), post: "Officer".into(), expires_on: None };
        let invitation = self.perform(Role::Administrator, act).await.expect("a new address can be invited");
        (invitation.person, invitation.secret)
    }

    /// Stops an account, as the administrator.
    pub async fn disable(&self, person: UserId) {
        let (found, _) = self.service.store.person_and_grants(person).await.expect("the person is there");
        let act = SwitchAccount { person, version: found.version, enabled: false, reason: "Left".into() };
        self.perform(Role::Administrator, act).await.expect("an administrator stops an account");
    }
}

/// A row as a page shows it.
pub fn seen(row: &Obligation) -> Seen<ObligationId> {
    Seen { id: row.id, version: row.version }
}
