//! How every write happens: authorise, check separation of duties, validate, change rows, append to the log, commit -
//! in one transaction, under an idempotency key.

use std::future::Future;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::{NewLogEntry, Scope, Transaction};
use vocabulary::id::ActId;

use improvement::register::Stamp;

use crate::action::Action;
use crate::actor::Actor;
use crate::refusal::Refusal;
use crate::surroundings::{Chance, hexadecimal};
use crate::{Service, log};

/// A typed request to change something. Web, command line and JSON interface all perform the same acts.
pub trait Act: Serialize + Send {
    /// Its kind in the log (`confirm-obligation`).
    const KIND: &'static str;
    /// What it asks leave for.
    const ACTION: Action;
    /// What the caller learns.
    type Outcome: Serialize + DeserializeOwned + Send;

    /// Checks, changes rows and says what to log. Called inside the transaction, after the role was checked.
    fn apply(
        self,
        performing: &mut Performing<'_>,
    ) -> impl Future<Output = Result<Applied<Self::Outcome>, Refusal>> + Send;
}

/// What an act did.
#[derive(Debug)]
pub struct Applied<T> {
    /// What the caller learns.
    pub outcome: T,
    /// The kind of thing acted on, as its table is called.
    pub thing: &'static str,
    /// Its key.
    pub thing_id: String,
    /// What happened, in a sentence that starts with a verb ("Confirmed 3.a: the board meets ...").
    pub summary: String,
    /// What changed, for the log.
    pub detail: serde_json::Value,
    /// When it happened, if the actor gave a day other than today.
    pub happened_on: Option<jiff::civil::Date>,
}

/// What an act has at hand while it is performed.
#[derive(Debug)]
pub struct Performing<'a> {
    /// The transaction.
    pub transaction: &'a mut Transaction,
    /// Who acts.
    pub actor: &'a Actor,
    /// What they may see.
    pub scope: &'a Scope,
    /// The server's time.
    pub now: Timestamp,
    /// Today in London.
    pub today: jiff::civil::Date,
    /// Chance, for new ids.
    pub chance: &'a Chance,
    service: &'a Service,
}

impl<'a> Performing<'a> {
    /// Who records, in which role, when.
    pub fn stamp(&self) -> Stamp {
        Stamp { by: self.actor.person, role: self.actor.role.name().to_owned(), at: self.now }
    }

    /// The service, for its authoriser, keys and reader.
    pub fn service(&self) -> &'a Service {
        self.service
    }

    /// Refuses unless the actor may do something that depends on the party a document names.
    pub fn authorise(&self, action: Action, approver: &str) -> Result<(), Refusal> {
        self.service.authorise(self.actor, action, approver)
    }
}

/// A key that makes sending the same request twice do one thing.
#[derive(Clone, Debug)]
pub struct IdempotencyKey(pub String);

impl Service {
    /// Refuses unless the actor may do something in their council.
    pub fn authorise(&self, actor: &Actor, action: Action, approver: &str) -> Result<(), Refusal> {
        let circumstances = actor.circumstances(actor.council);
        if self.authoriser.allows(actor.role, action, circumstances, approver) {
            return Ok(());
        }
        let with_step_up = crate::authoriser::Circumstances { stepped_up: true, ..circumstances };
        if action.needs_step_up() && self.authoriser.allows(actor.role, action, with_step_up, approver) {
            Err(Refusal::StepUpNeeded)
        } else {
            Err(Refusal::NotFound)
        }
    }

    /// Performs an act. The same key with the same contents gives the first outcome again.
    pub async fn perform<A: Act>(
        &self,
        actor: &Actor,
        key: &IdempotencyKey,
        act: A,
    ) -> Result<A::Outcome, Refusal> {
        // Acts whose leave depends on a party that the document names ask again, with that party, in `apply`.
        if !DEPENDS_ON_PARTY.contains(&A::ACTION) {
            self.authorise(actor, A::ACTION, "")?;
        }
        let request =
            serde_json::to_vec(&act).map_err(|_| Refusal::invalid("", "The request cannot be read."))?;
        let request_hash = hexadecimal(&Sha256::digest(&request));
        let mut transaction = self.store.begin().await?;
        // Held from here on: acts on one installation are one line, which is what the log says they are. The receipt is
        // looked for behind it, so that the same request sent twice at once is one act.
        let head = transaction.take_log_head().await?;
        if let Some((kind, hash, outcome)) = transaction.find_receipt(actor.person, &key.0).await? {
            if kind != A::KIND || hash != request_hash {
                return Err(Refusal::KeyReused);
            }
            return self.open_outcome(&outcome);
        }
        self.check_still_allowed(&mut transaction, actor).await?;
        let now = self.clock.now();
        let scope = self.authoriser.scope(actor);
        let applied = act
            .apply(&mut Performing {
                transaction: &mut transaction,
                actor,
                scope: &scope,
                now,
                today: crate::surroundings::london_day(now),
                chance: &self.chance,
                service: self,
            })
            .await?;
        let outcome = self.seal_outcome(&applied.outcome)?;
        transaction.insert_receipt(actor.person, &key.0, A::KIND, &request_hash, &outcome, now).await?;
        let happened_at = applied.happened_on.map_or(now, |day| {
            day.to_zoned(crate::surroundings::london()).map_or(now, |zoned| zoned.timestamp())
        });
        let entry = NewLogEntry {
            act: ActId(self.chance.id()?),
            kind: A::KIND.to_owned(),
            council: Some(actor.council),
            person: Some(actor.person),
            role: actor.role.name().to_owned(),
            thing: applied.thing.to_owned(),
            thing_id: applied.thing_id,
            summary: applied.summary,
            detail: applied.detail.to_string(),
            happened_at,
            recorded_at: now,
        };
        log::append(&mut transaction, head, entry, &self.chance).await?;
        log::checkpoint_when_due(&mut transaction, &self.keys, head + 1, now).await?;
        transaction.commit().await?;
        self.note_written(head + 1);
        if matches!(A::ACTION, Action::ManagePeople | Action::ApproveGrant) {
            self.sessions.forget_all();
        }
        Ok(applied.outcome)
    }

    /// An outcome for its receipt. It may be a secret that is shown once (an invitation, a feed, a token), so it is
    /// sealed: the store holds only hashes of secrets, and a copy of it opens nothing.
    fn seal_outcome(&self, outcome: &impl Serialize) -> Result<String, Refusal> {
        let json = serde_json::to_vec(outcome)
            .map_err(|_| Refusal::Unavailable("The outcome cannot be written.".into()))?;
        Ok(STANDARD.encode(self.keys.seal(&self.chance, &json)?))
    }

    fn open_outcome<T: DeserializeOwned>(&self, sealed: &str) -> Result<T, Refusal> {
        let unreadable = || Refusal::Unavailable("The outcome of the first request cannot be read.".into());
        let sealed = STANDARD.decode(sealed).map_err(|_| unreadable())?;
        serde_json::from_slice(&self.keys.open_sealed(&sealed)?).map_err(|_| unreadable())
    }

    /// Status and expiry are checked at the moment of the write, inside its transaction.
    async fn check_still_allowed(&self, transaction: &mut Transaction, actor: &Actor) -> Result<(), Refusal> {
        if actor.session.is_none() {
            return Ok(());
        }
        let today = self.clock.today();
        let person = transaction.find_person(actor.person).await?.ok_or(Refusal::SignedOut)?;
        let grant = transaction.find_grant(actor.grant).await?.ok_or(Refusal::SignedOut)?;
        let usable = crate::authoriser::Account::of(&person, today) == crate::authoriser::Account::Active
            && crate::authoriser::GrantStatus::of(&grant, today) == crate::authoriser::GrantStatus::Current;
        if usable { Ok(()) } else { Err(Refusal::SignedOut) }
    }
}

const DEPENDS_ON_PARTY: [Action; 2] = [Action::AnswerVariation, Action::SetInterval];
