//! The one place that decides who may do what. The rules are Cedar text in `policies/`, readable without Rust:
//! nothing is allowed unless a permit says so, and a forbid beats every permit.

use std::collections::{HashMap, HashSet};
use std::sync::RwLock;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use store::{DataClass, PersonState, RoleGrant, Scope};
use thiserror::Error;
use vocabulary::id::CouncilId;

use crate::action::Action;
use crate::actor::Actor;
use crate::role::Role;

const POLICIES: &str = include_str!("../policies/headway.cedar");
const SCHEMA: &str = include_str!("../policies/headway.cedarschema");

/// What is true of a person and a request, as far as the policies ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Circumstances {
    /// Whether the account may be used.
    pub account: Account,
    /// Whether the grant counts today.
    pub grant: GrantStatus,
    /// Both factors were given.
    pub second_factor: bool,
    /// Both factors were given within the last 15 minutes.
    pub stepped_up: bool,
    /// The grant is in the council asked about.
    pub same_council: bool,
    /// The grant opens sealed records of children.
    pub sealed: bool,
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Account {
    /// In use.
    Active,
    /// Not set up yet.
    Invited,
    /// Stopped.
    Disabled,
    /// Past its last day.
    Expired,
}

/// Whether a grant counts today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantStatus {
    /// It counts.
    Current,
    /// Its first day has not come.
    Ahead,
    /// Its last day is over.
    Expired,
    /// It was taken back.
    Revoked,
    /// It waits for a second person.
    Unapproved,
}

impl Account {
    /// The status of a person's account on a day.
    pub fn of(person: &store::Person, today: jiff::civil::Date) -> Self {
        match person.state {
            PersonState::Disabled => Self::Disabled,
            PersonState::Invited => Self::Invited,
            PersonState::Active if person.expires_on.is_some_and(|last| last < today) => Self::Expired,
            PersonState::Active => Self::Active,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Disabled => "disabled",
            Self::Expired => "expired",
        }
    }
}

impl GrantStatus {
    /// The status of a grant on a day.
    pub fn of(grant: &RoleGrant, today: jiff::civil::Date) -> Self {
        let unapproved =
            Role::parse(&grant.role).is_none_or(Role::needs_approval) && grant.approved_by.is_none();
        if grant.revoked_at.is_some() {
            Self::Revoked
        } else if unapproved {
            Self::Unapproved
        } else if grant.from_day > today {
            Self::Ahead
        } else if grant.to_day.is_some_and(|last| last < today) {
            Self::Expired
        } else {
            Self::Current
        }
    }

    /// The status in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Ahead => "ahead",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Unapproved => "unapproved",
        }
    }
}

/// The policies cannot be used.
#[derive(Debug, Error)]
#[error("the access policies cannot be used: {0}")]
pub struct PolicyFault(String);

type Question = (Role, Action, Circumstances, String);

/// The authoriser: the parsed policies, and the answers given so far.
#[derive(Debug)]
pub struct Authoriser {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    answers: RwLock<HashMap<Question, bool>>,
}

impl Authoriser {
    /// Parses and validates the policies of this program.
    pub fn new() -> Result<Self, PolicyFault> {
        let (schema, _) =
            Schema::from_cedarschema_str(SCHEMA).map_err(|error| PolicyFault(error.to_string()))?;
        let policies: PolicySet = POLICIES.parse().map_err(|error| PolicyFault(format!("{error}")))?;
        let verdict = Validator::new(schema.clone()).validate(&policies, ValidationMode::Strict);
        if !verdict.validation_passed() {
            let faults: Vec<String> = verdict.validation_errors().map(ToString::to_string).collect();
            return Err(PolicyFault(faults.join("; ")));
        }
        let fault = |error: &dyn std::fmt::Display| PolicyFault(error.to_string());
        let actions = schema.action_entities().map_err(|error| fault(&error))?;
        let roles = Entities::from_entities(role_entities(), None).map_err(|error| fault(&error))?;
        let entities = roles.add_entities(actions, None).map_err(|error| fault(&error))?;
        Ok(Self { authorizer: Authorizer::new(), policies, entities, answers: RwLock::default() })
    }

    /// Whether a role may do something in these circumstances; `approver` is the party the document names, or empty.
    pub fn allows(&self, role: Role, action: Action, circumstances: Circumstances, approver: &str) -> bool {
        let question = (role, action, circumstances, approver.to_owned());
        if let Some(answer) = self.answers.read().ok().and_then(|answers| answers.get(&question).copied()) {
            return answer;
        }
        let answer = self.decide(&question);
        if let Ok(mut answers) = self.answers.write() {
            // Party names come from documents, so the memory is bounded.
            if answers.len() > 20_000 {
                answers.clear();
            }
            answers.insert(question, answer);
        }
        answer
    }

    /// The scope an actor has in their council: the classes of data they may see there.
    pub fn scope(&self, actor: &Actor) -> Scope {
        let circumstances = actor.circumstances(actor.council);
        let classes = CLASSES
            .into_iter()
            .filter(|(action, _)| self.allows(actor.role, *action, circumstances, ""))
            .map(|(_, class)| class)
            .collect();
        let scope = Scope::granted(actor.council, actor.person, classes);
        if actor.role.is_for_teams() { scope.of_teams(actor.teams.clone()) } else { scope }
    }

    /// The scope of the program itself, which keeps the programme's calendar and copies; it sees no child.
    pub fn own_scope(&self, council: CouncilId) -> Scope {
        Scope::granted(council, vocabulary::id::UserId(0), vec![DataClass::Published, DataClass::Programme])
    }

    /// The scope of whoever holds the machine: `headway load` and `headway assess` read and write the council's own
    /// identifiers, as the file system lets them anyway.
    pub fn machine_scope(&self, council: CouncilId) -> Scope {
        let classes = vec![
            DataClass::Published,
            DataClass::Programme,
            DataClass::Aggregates,
            DataClass::PseudonymousChildren,
            DataClass::IdentifiableChildren,
        ];
        Scope::granted(council, vocabulary::id::UserId(0), classes)
    }

    fn decide(&self, (role, action, circumstances, approver): &Question) -> bool {
        let request = request(*role, *action, *circumstances, approver);
        request.is_some_and(|request| {
            self.authorizer.is_authorized(&request, &self.policies, &self.entities).decision()
                == Decision::Allow
        })
    }
}

const CLASSES: [(Action, DataClass); 7] = [
    (Action::ReadPublished, DataClass::Published),
    (Action::ReadProgrammeClass, DataClass::Programme),
    (Action::ReadAggregates, DataClass::Aggregates),
    (Action::ReadPseudonymousChildren, DataClass::PseudonymousChildren),
    (Action::ReadIdentifiableChildren, DataClass::IdentifiableChildren),
    (Action::ReadSealedChildren, DataClass::SealedChildren),
    (Action::ReadWorkforce, DataClass::Workforce),
];

fn request(role: Role, action: Action, circumstances: Circumstances, approver: &str) -> Option<Request> {
    let text = |word: &str| RestrictedExpression::new_string(word.to_owned());
    let context = Context::from_pairs([
        ("account".to_owned(), text(circumstances.account.word())),
        ("grant".to_owned(), text(circumstances.grant.word())),
        ("second_factor".to_owned(), RestrictedExpression::new_bool(circumstances.second_factor)),
        ("stepped_up".to_owned(), RestrictedExpression::new_bool(circumstances.stepped_up)),
        ("same_council".to_owned(), RestrictedExpression::new_bool(circumstances.same_council)),
        ("sealed".to_owned(), RestrictedExpression::new_bool(circumstances.sealed)),
        ("approver".to_owned(), text(approver)),
    ])
    .ok()?;
    let programme = uid("Programme", "this")?;
    Request::new(uid("Role", role.name())?, uid("Action", action.name())?, programme, context, None).ok()
}

fn uid(kind: &str, name: &str) -> Option<EntityUid> {
    let kind: EntityTypeName = kind.parse().ok()?;
    Some(EntityUid::from_type_name_and_id(kind, EntityId::new(name)))
}

/// Every role as an entity, below the groups that the policies name.
fn role_entities() -> Vec<Entity> {
    let mut entities = Vec::new();
    for role in Role::ALL {
        let mut groups = HashSet::new();
        if role.reads_programme() {
            groups.extend(uid("Role", "programme reader"));
        }
        if role.reads_aggregates() {
            groups.extend(uid("Role", "aggregate reader"));
        }
        if let Some(uid) = uid("Role", role.name()) {
            entities.extend(Entity::new(uid, HashMap::new(), groups).ok());
        }
    }
    for group in ["programme reader", "aggregate reader"] {
        entities.extend(uid("Role", group).map(|uid| Entity::new_no_attrs(uid, HashSet::new())));
    }
    entities
}
