//! What home shows besides the programme: accounts and their roles, and what changed since the viewer's last visit.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use service::{Action, GrantStatus, Programme, Refusal, Role};
use store::{AccessEntry, PersonState, RoleGrant};

use crate::pages::people::{Member, members};
use crate::pages::records::entry::EntryView;
use crate::pages::records::thing::shows;
use crate::viewer::Viewer;

/// How far back a last visit is looked for.
const LONGEST_AWAY: SignedDuration = SignedDuration::from_hours(400 * 24);
/// How many changes home shows.
const SHOWN: usize = 10;
/// How many entries of the log are looked through for changes.
const LOOKED_THROUGH: i64 = 500;

/// Everything home needs that the programme does not hold.
#[derive(Clone, Debug, Default)]
pub struct Recent {
    /// The people of the council, for those who manage or approve access.
    pub members: Vec<Member>,
    /// Files taken out in the last 30 days, for those who see the access log.
    pub files_taken_out: usize,
    /// When the viewer signed in before this session.
    pub last_visit: Option<Timestamp>,
    /// How many acts were recorded since by others.
    pub changes: usize,
    /// The newest of them.
    pub newest: Vec<EntryView>,
}

impl Recent {
    /// Reads what the viewer's role needs.
    pub async fn read(viewer: &Viewer, programme: Option<&Programme>) -> Result<Self, Refusal> {
        let mut recent = Self::default();
        if viewer.may(Action::ViewPeople) {
            recent.members = members(viewer).await?;
        }
        if viewer.actor.role == Role::PrivacyOfficer {
            recent.files_taken_out = files_taken_out(viewer).await?;
        }
        if let Some(programme) = programme.filter(|_| looks_for_changes(viewer.actor.role)) {
            recent.read_changes(viewer, programme).await?;
        }
        Ok(recent)
    }

    async fn read_changes(&mut self, viewer: &Viewer, programme: &Programme) -> Result<(), Refusal> {
        let Some(open) = &viewer.session else { return Ok(()) };
        let until = open.session.created_at;
        let from = until.checked_sub(LONGEST_AWAY).unwrap_or(Timestamp::UNIX_EPOCH);
        let store = &viewer.service.store;
        let person = Some(viewer.actor.person);
        let accesses = store.accesses(&viewer.scope, from, until, person, 200).await?;
        self.last_visit =
            accesses.iter().find(|entry: &&AccessEntry| entry.what == "signed-in").map(|e| e.at);
        let since = self.last_visit.unwrap_or(from);
        let entries = store.history(&viewer.scope, i64::MAX, LOOKED_THROUGH).await?;
        let name_of = |person| programme.name_of(person).to_owned();
        let changed = entries.iter().filter(|entry| {
            let act = &entry.entry;
            act.recorded_at > since
                && act.person != person
                && shows(viewer, &act.thing)
                && act.thing != "person"
        });
        let changed: Vec<_> = changed.collect();
        self.changes = changed.len();
        self.newest = changed.into_iter().take(SHOWN).map(|entry| EntryView::of(entry, &name_of)).collect();
        Ok(())
    }

    /// Members with a role that waits for approval.
    pub fn waiting_for_approval(&self, today: Date) -> Vec<(&Member, &RoleGrant)> {
        self.grants_where(|grant| GrantStatus::of(grant, today) == GrantStatus::Unapproved)
    }

    /// Members whose current role ends within two weeks.
    pub fn ending_soon(&self, today: Date) -> Vec<(&Member, &RoleGrant)> {
        let last = today.saturating_add(jiff::Span::new().days(14));
        self.grants_where(|grant| {
            GrantStatus::of(grant, today) == GrantStatus::Current && grant.to_day.is_some_and(|to| to <= last)
        })
    }

    fn grants_where(&self, wanted: impl Fn(&RoleGrant) -> bool) -> Vec<(&Member, &RoleGrant)> {
        let mut found = Vec::new();
        for member in &self.members {
            found.extend(member.grants.iter().filter(|grant| wanted(grant)).map(|grant| (member, grant)));
        }
        found
    }

    /// Members in use without any role that counts or will.
    pub fn without_role(&self, today: Date) -> Vec<&Member> {
        let over = |grant: &RoleGrant| {
            matches!(GrantStatus::of(grant, today), GrantStatus::Expired | GrantStatus::Revoked)
        };
        let idle =
            |member: &&Member| member.person.state != PersonState::Disabled && member.grants.iter().all(over);
        self.members.iter().filter(idle).collect()
    }
}

/// The roles that come back to see what changed.
pub fn looks_for_changes(role: Role) -> bool {
    matches!(role, Role::DepartmentOfficial | Role::Adviser | Role::Inspector | Role::Reviewer)
}

async fn files_taken_out(viewer: &Viewer) -> Result<usize, Refusal> {
    let now = viewer.service.clock.now();
    let from = now.checked_sub(SignedDuration::from_hours(30 * 24)).unwrap_or(Timestamp::UNIX_EPOCH);
    let to = now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now);
    let entries = viewer.service.store.accesses(&viewer.scope, from, to, None, 100_000).await?;
    Ok(entries.iter().filter(|entry| entry.what == "exported").count())
}
