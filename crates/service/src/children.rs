//! Reading children's records: written down, one row a child, before the answer leaves.

use store::ChildRead;
use vocabulary::id::ChildId;

use crate::Service;
use crate::actor::Actor;
use crate::refusal::Refusal;

/// What a page is about to show of children.
#[derive(Clone, Debug)]
pub struct Showing<'a> {
    /// What for, in words.
    pub purpose: &'a str,
    /// The classes of data, as `C3`.
    pub classes: &'a str,
    /// The route, without its values.
    pub route: &'a str,
    /// The request's id.
    pub request_id: &'a str,
}

impl Service {
    /// Writes down that an actor reads these children's records. When it cannot be written, nothing may be shown.
    pub async fn record_child_reads(
        &self,
        actor: &Actor,
        showing: &Showing<'_>,
        children: &[ChildId],
    ) -> Result<(), Refusal> {
        if children.is_empty() {
            return Ok(());
        }
        let at = self.clock.now();
        let mut children = children.to_vec();
        children.sort_unstable();
        children.dedup();
        let reads: Vec<ChildRead> = children
            .into_iter()
            .map(|child| ChildRead {
                at,
                person: actor.person,
                role: actor.role.name().to_owned(),
                grant: actor.grant,
                council: actor.council,
                child,
                classes: showing.classes.to_owned(),
                purpose: showing.purpose.to_owned(),
                route: showing.route.to_owned(),
                request_id: showing.request_id.to_owned(),
            })
            .collect();
        let mut transaction = self.store.begin().await?;
        transaction.record_child_reads(&reads).await?;
        transaction.commit().await?;
        Ok(())
    }
}
