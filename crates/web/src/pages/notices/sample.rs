//! A council of our own making for the tests of this area: a notice in our own words, read and stored for real.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::response::{IntoResponse, Response};
use improvement::register::Obligation;
use service::acts::{BringInInstrument, OpenEpisode};
use service::{
    Act, Actor, Attachments, Chance, Clock, IdempotencyKey, Keys, Programme, Role, Service, hash_of,
};
use store::Store;
use vocabulary::id::{CouncilId, InstrumentId, UserId};

use crate::viewer::{Format, Viewer};

pub const NOTICE: &str = "Improvement Notice

To: Northmoor Council
Address: The Old Exchange, Northmoor

This Improvement Notice is issued to Northmoor Council (\"the council\") on 4 March 2026 following the inspection report published on 12 January 2026.

Governance

1. The council must set up an improvement board with an independent chair within 6 weeks of the date of this notice.

2. The improvement board must meet at least every 4 weeks.

3. The council must:

a. send its improvement plan to the Department by 30 April 2026; and

b. report its progress to the improvement board every three months.

Practice

4. The council should ensure that every social worker has supervision each month.

5. The adviser may attend any meeting of the improvement board.

6. The council must tell its partners what it has learned and publish a summary within one month of receiving this notice.
";

/// A council with or without a notice.
pub struct Sample {
    pub service: Arc<Service>,
    folder: PathBuf,
    council: CouncilId,
    people: [UserId; 2],
    instruments: Vec<InstrumentId>,
}

impl Drop for Sample {
    fn drop(&mut self) {
        let _gone_already = std::fs::remove_dir_all(&self.folder);
    }
}

impl Sample {
    /// A council with no intervention.
    pub async fn empty() -> Self {
        let chance = Chance::System;
        let folder = std::env::temp_dir().join(format!("headway-notices-{:032x}", chance.id().unwrap()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open_sqlite(&folder.join("headway.sqlite")).await.unwrap();
        let clock = Clock::fixed("2026-06-04T09:00:00Z".parse().unwrap());
        let keys = Keys::from_bytes(&[7; 64]);
        let attachments = Attachments::in_folder(&folder.join("attachments"));
        let service = Service::new(store, clock, chance, keys, attachments).unwrap();
        let founded = service.found_council(
            "Northmoor Council",
            "help@northmoor.example",
            ("a@northmoor.example", "Ada Lowe"),
        );
        let council = founded.await.unwrap().council;
        Self { service, folder, council, people: [UserId(1), UserId(2)], instruments: Vec::new() }
    }

    /// A council whose notice was brought in, and nothing else.
    pub async fn notice_read() -> Self {
        let mut sample = Self::empty().await;
        let title = "Improvement notice, March 2026".to_owned();
        let episode = sample.act(OpenEpisode { title }).await;
        sample.bring_in(episode, NOTICE).await;
        sample
    }

    /// Two notices of one intervention: the second drops a duty, changes one and adds one.
    pub async fn two_notices() -> Self {
        let mut sample = Self::notice_read().await;
        let episode = sample.programme().await.episodes[0].id;
        let later = NOTICE
            .replace("4 March 2026", "4 May 2026")
            .replace("at least every 4 weeks", "at least every 6 weeks")
            .replace(
                "5. The adviser may attend any meeting of the improvement board.",
                "5. The council must open its audits of casework to the adviser.",
            );
        sample.bring_in(episode, &later).await;
        sample
    }

    async fn bring_in(&mut self, episode: vocabulary::id::EpisodeId, text: &str) {
        let file_hash = self.service.attachments.keep(text.as_bytes()).unwrap();
        let act = BringInInstrument {
            episode,
            file_name: "notice.txt".to_owned(),
            file_kind: "text".to_owned(),
            file_hash,
            text: text.to_owned(),
            warnings: vec![],
            reading: improvement::reading::read(text),
        };
        let id = self.act(act).await;
        self.instruments.push(id);
    }

    /// Does something as the programme manager.
    pub async fn act<A: Act>(&self, act: A) -> A::Outcome {
        let actor = self.actor(Role::ProgrammeManager);
        let key = IdempotencyKey(hash_of(&format!("{:032x}", self.service.chance.id().unwrap())));
        self.service.perform(&actor, &key, act).await.expect("an act that stands")
    }

    /// The programme as it is now.
    pub async fn programme(&self) -> Arc<Programme> {
        let actor = self.actor(Role::ProgrammeManager);
        self.service.programme_now(&self.service.authoriser.scope(&actor)).await.unwrap()
    }

    /// The first notice's id.
    pub fn notice(&self) -> InstrumentId {
        self.instruments[0]
    }

    /// The later notice's id.
    pub fn later(&self) -> InstrumentId {
        self.instruments[1]
    }

    /// The rows of the first notice.
    pub async fn rows(&self) -> Vec<Obligation> {
        self.programme().await.obligations_of(self.notice()).cloned().collect()
    }

    /// The row of a clause.
    pub async fn row(&self, reference: &str) -> Obligation {
        let rows = self.rows().await;
        let found = rows.iter().find(|row| row.reference == reference).cloned();
        found.unwrap_or_else(|| {
            panic!("{reference} in {:?}", rows.iter().map(|r| &r.reference).collect::<Vec<_>>())
        })
    }

    /// The programme manager, who keeps the register.
    pub async fn manager(&self) -> Viewer {
        self.viewer(Role::ProgrammeManager)
    }

    /// An official of the Department, who reads and signs.
    pub async fn official(&self) -> Viewer {
        self.viewer(Role::DepartmentOfficial)
    }

    fn actor(&self, role: Role) -> Actor {
        let person = if role == Role::ProgrammeManager { self.people[0] } else { self.people[1] };
        Actor::trusted(person, "Rowan Hale", role, self.council)
    }

    fn viewer(&self, role: Role) -> Viewer {
        let actor = self.actor(role);
        Viewer {
            scope: self.service.authoriser.scope(&actor),
            actor,
            session: None,
            service: Arc::clone(&self.service),
            format: Format::Html,
            path: "/notices".to_owned(),
            done: None,
            source: "test".to_owned(),
            request_id: String::new(),
        }
    }
}

/// The page of an answer.
pub async fn html<E: IntoResponse>(answer: Result<Response, E>) -> String {
    let answer = answer.unwrap_or_else(IntoResponse::into_response);
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}
