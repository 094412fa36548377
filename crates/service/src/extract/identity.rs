//! Random ids in place of the identifiers of the council's own system.
//!
//! The same child has the same random id in every snapshot. What leads back is sealed, in a table of its own, and found
//! by a keyed hash; nothing else in the store does.

use std::collections::HashMap;

use store::{ChildIdentity, Scope, Transaction};
use vocabulary::id::{ChildId, CouncilId};
use vocabulary::records::{Records, Subject};

use crate::declared::library;
use crate::refusal::Refusal;
use crate::surroundings::{Chance, Keys};

/// The children of a council under both names.
#[derive(Debug, Default)]
pub struct Identities {
    children: HashMap<String, ChildId>,
}

impl Identities {
    /// Every child known so far.
    pub(crate) async fn load(transaction: &mut Transaction, scope: &Scope) -> Result<Self, Refusal> {
        let known = transaction.child_identities(scope).await?;
        Ok(Self { children: known.into_iter().map(|known| (known.lookup, known.child)).collect() })
    }

    /// Replaces the subjects of records by random ids, and adds those who are new.
    pub(crate) async fn replace(
        &mut self,
        records: &mut Records,
        at: &mut Replacing<'_>,
    ) -> Result<usize, Refusal> {
        let mut added = 0;
        for table in &records.tables {
            let space = space_of(&table.kind);
            let mut subjects = table.subject.clone();
            subjects.sort_unstable();
            subjects.dedup();
            for subject in subjects {
                let name = records.words.text(subject);
                let lookup = at.keys.lookup(at.scope.council(), space, name);
                if self.children.contains_key(&lookup) {
                    continue;
                }
                let identity = ChildIdentity {
                    lookup: lookup.clone(),
                    child: ChildId(at.chance.id()?),
                    sealed: at.keys.seal(at.chance, format!("{space}{name}").as_bytes())?,
                };
                at.transaction.insert_child_identity(at.scope, &identity, at.now).await?;
                self.children.insert(lookup, identity.child);
                added += 1;
            }
        }
        let (keys, council, children) = (at.keys, at.scope.council(), &self.children);
        records.rename_subjects(|kind, name| {
            let lookup = keys.lookup(council, space_of(kind), name);
            children.get(&lookup).map(ChildId::to_string).unwrap_or_default()
        });
        Ok(added)
    }
}

/// What replacing needs at hand.
pub(crate) struct Replacing<'a> {
    pub transaction: &'a mut Transaction,
    pub scope: &'a Scope,
    pub keys: &'a Keys,
    pub chance: &'a Chance,
    pub now: jiff::Timestamp,
}

/// Children, adopters and workers are numbered apart: the same text may mean one of each.
fn space_of(kind: &str) -> &'static str {
    match library().catalogue.kind(kind).map(|kind| kind.subject) {
        Some(Subject::Adopter) => "adopter ",
        Some(Subject::Worker) => "worker ",
        Some(Subject::Child) | None => "child ",
    }
}

impl Keys {
    /// The keyed hash under which an identifier of a council's system is found.
    fn lookup(&self, council: CouncilId, space: &str, name: &str) -> String {
        self.keyed_hash(&[b"child identity", &council.0.to_be_bytes(), space.as_bytes(), name.as_bytes()])
    }
}

/// The identifiers of the council's own system by random id, for those who hold the machine: `headway assess`.
pub(crate) async fn own_names(
    transaction: &mut Transaction,
    scope: &Scope,
    keys: &Keys,
) -> Result<HashMap<String, String>, Refusal> {
    let known = transaction.child_identities(scope).await?;
    known
        .into_iter()
        .map(|known| {
            let open = keys.open_sealed(&known.sealed)?;
            let text = String::from_utf8_lossy(&open);
            let name = text.split_once(' ').map_or(text.as_ref(), |(_, name)| name);
            Ok((known.child.to_string(), name.to_owned()))
        })
        .collect()
}
