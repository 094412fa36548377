//! A signed-in person acting in one of their roles.

use jiff::{SignedDuration, Timestamp};
use store::{OpenSession, RoleGrant};
use vocabulary::id::{CouncilId, GrantId, SessionId, UserId};

use crate::authoriser::{Account, Circumstances, GrantStatus};
use crate::role::Role;
use crate::surroundings::london_day;

/// How long both factors, once given, stand for approvals.
pub const STEP_UP_LASTS: SignedDuration = SignedDuration::from_mins(15);

/// Who asks, in which role and council, and how they signed in. Built from the session on every request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub person: UserId,
    /// Their name.
    pub name: String,
    /// Their post.
    pub post: String,
    /// The session; none for the program itself and for tokens.
    pub session: Option<SessionId>,
    /// The grant they act under.
    pub grant: GrantId,
    /// The role they act in.
    pub role: Role,
    /// The council of the grant.
    pub council: CouncilId,
    /// The token that forms of this session carry.
    pub csrf: String,
    /// The teams whose children the grant opens.
    pub teams: Vec<String>,
    /// The log's size when the session was read.
    pub generation: i64,
    /// Whether the grant opens sealed records of children.
    pub sealed: bool,
    account: Account,
    grant_status: GrantStatus,
    second_factor: bool,
    stepped_up: bool,
}

impl Actor {
    /// The actor of an open session at a moment; none while the session stands under no usable grant.
    pub fn of_session(open: &OpenSession, now: Timestamp) -> Option<Self> {
        let today = london_day(now);
        let chosen = choose(&open.grants, open.session.role_grant, today)?;
        let recent = |at: Timestamp| now.duration_since(at) <= STEP_UP_LASTS;
        let mut actor = Self::under(&open.person, chosen, now)?;
        actor.session = Some(open.session.id);
        actor.csrf.clone_from(&open.session.csrf);
        actor.generation = open.generation;
        actor.second_factor = open.session.confirmed;
        actor.stepped_up = open.session.confirmed && open.session.stepped_up_at.is_some_and(recent);
        Some(actor)
    }

    /// A person acting under one of their grants without a session of both factors: feeds, tokens, checks.
    pub fn under(person: &store::Person, grant: &RoleGrant, now: Timestamp) -> Option<Self> {
        let today = london_day(now);
        Some(Self {
            person: person.id,
            name: person.name.clone(),
            post: person.post.clone(),
            session: None,
            grant: grant.id,
            role: Role::parse(&grant.role)?,
            council: grant.council,
            csrf: String::new(),
            teams: grant.teams.clone(),
            sealed: grant.sealed,
            generation: 0,
            account: Account::of(person, today),
            grant_status: GrantStatus::of(grant, today),
            second_factor: false,
            stepped_up: false,
        })
    }

    /// The actor of a feed or a token, which stood for both factors when it was made.
    #[must_use]
    pub fn with_token(mut self, generation: i64) -> Self {
        self.second_factor = true;
        self.generation = generation;
        self
    }

    /// An actor for the demonstration and for tests, who needs no session.
    pub fn trusted(person: UserId, name: &str, role: Role, council: CouncilId) -> Self {
        Self {
            person,
            name: name.to_owned(),
            post: role.title(),
            session: None,
            grant: GrantId(0),
            role,
            council,
            csrf: String::new(),
            teams: Vec::new(),
            sealed: false,
            generation: 0,
            account: Account::Active,
            grant_status: GrantStatus::Current,
            second_factor: true,
            stepped_up: true,
        }
    }

    /// The same actor, for the children of these teams.
    #[must_use]
    pub fn of_teams(self, teams: Vec<String>) -> Self {
        Self { teams, ..self }
    }

    /// What the policies may know of this actor when they ask about a council.
    pub fn circumstances(&self, council: CouncilId) -> Circumstances {
        Circumstances {
            account: self.account,
            grant: self.grant_status,
            second_factor: self.second_factor,
            stepped_up: self.stepped_up,
            same_council: self.council == council,
            sealed: self.sealed,
        }
    }

    /// Whether both factors were given within the last 15 minutes.
    pub fn stepped_up(&self) -> bool {
        self.stepped_up
    }
}

/// The grant a session acts under: the one chosen if it still counts, else the first that does. One that opens sealed
/// records is taken up on purpose.
fn choose(grants: &[RoleGrant], chosen: Option<GrantId>, today: jiff::civil::Date) -> Option<&RoleGrant> {
    let current = |grant: &&RoleGrant| GrantStatus::of(grant, today) == GrantStatus::Current;
    grants
        .iter()
        .filter(current)
        .find(|grant| Some(grant.id) == chosen)
        .or_else(|| grants.iter().filter(current).find(|grant| !grant.sealed))
        .or_else(|| grants.iter().find(current))
}
