//! What happened in Northmoor: the same acts as in a real council, on the days they would have happened.

use anyhow::{Context as _, Result};
use improvement::occurrence::State;
use improvement::reading::Modality;
use improvement::register::{
    EventKind, EventState, Instrument, Obligation, ObligationState, OpenQuestion, Relation,
};
use improvement::timing::AnchorKind;
use jiff::ToSpan;
use jiff::civil::Date;
use service::acts::{
    AddPartner, AssignOwner, BringInInstrument, ClassifyPassage, ConfirmObligations, DecideQuestion,
    EnterAnchor, LinkInstruments, MarkMet, MarkSameDuty, OpenEpisode, RecordEvent, RequestVariation, Seen,
    SetInterval, SignRegister, VerifyMet,
};
use service::{Act, Programme, Role};
use vocabulary::date::PartialDate;
use vocabulary::id::{EpisodeId, InstrumentId, ObligationId};
use vocabulary::interval::{Interval, Unit};
use vocabulary::party::Party;

use super::days::{Days, weekday_before};
use super::people::{Account, acting};
use super::{Demonstration, documents_of, read};

/// Tells the story through acts, up to yesterday.
pub async fn tell(service: &Demonstration, accounts: &[Account], days: &Days) -> Result<()> {
    let teller = Teller { service, accounts, days };
    let episode = teller.open(days.issued).await?;
    let report = teller.bring_in(episode, "inspection-report.txt", &documents_of::report(days), 1).await?;
    let notice = teller.bring_in(episode, "improvement-notice.txt", &documents_of::notice(days), 2).await?;
    teller.link(notice, report, Relation::Incorporates, 2).await?;
    teller.confirm_notice(notice).await?;
    teller.sign(notice).await?;
    teller.partners(episode).await?;
    teller.meetings(episode).await?;
    teller.work_on_duties(notice).await?;
    teller.confirm_some(report, 4, days.signed.saturating_add(20.days())).await?;
    let revised = teller
        .bring_in_on(episode, "revised-notice.txt", &documents_of::revised_notice(days), days.revised)
        .await?;
    teller.link_on(revised, notice, Relation::Amends, days.revised).await?;
    teller.confirm_some(revised, 14, days.revised.saturating_add(1.days())).await?;
    Ok(())
}

struct Teller<'a> {
    service: &'a Demonstration,
    accounts: &'a [Account],
    days: &'a Days,
}

impl Teller<'_> {
    async fn act<A: Act>(&self, role: Role, on: Date, act: A) -> Result<A::Outcome> {
        super::act(self.service, self.accounts, self.days, (role, on), act).await
    }

    /// The programme as it stands yesterday, whatever day the last act was told of.
    async fn programme(&self) -> Result<std::sync::Arc<Programme>> {
        self.service.clock.set(self.days.at(self.days.today.saturating_sub(1.days())));
        let scope = self.service.authoriser.scope(acting(self.accounts, Role::ProgrammeManager)?);
        Ok(self.service.programme_now(&scope).await?)
    }

    async fn open(&self, on: Date) -> Result<EpisodeId> {
        let title = format!("Improvement notice, {}", vocabulary::date::day_in_words(on));
        self.act(Role::ProgrammeManager, on, OpenEpisode { title }).await
    }

    async fn bring_in(&self, episode: EpisodeId, name: &str, text: &str, after: i64) -> Result<InstrumentId> {
        self.bring_in_on(episode, name, text, self.days.issued.saturating_add(after.days())).await
    }

    async fn bring_in_on(
        &self,
        episode: EpisodeId,
        name: &str,
        text: &str,
        on: Date,
    ) -> Result<InstrumentId> {
        let file_hash = self.service.attachments.keep(text.as_bytes())?;
        let document = read(name, text)?;
        let act = BringInInstrument {
            episode,
            file_name: name.to_owned(),
            file_kind: "text file".to_owned(),
            file_hash,
            text: document.text,
            warnings: document.warnings,
            reading: document.reading,
        };
        self.act(Role::ProgrammeManager, on, act).await
    }

    async fn link(&self, from: InstrumentId, to: InstrumentId, relation: Relation, after: i64) -> Result<()> {
        self.link_on(from, to, relation, self.days.issued.saturating_add(after.days())).await
    }

    async fn link_on(
        &self,
        from: InstrumentId,
        to: InstrumentId,
        relation: Relation,
        on: Date,
    ) -> Result<()> {
        self.act(Role::ProgrammeManager, on, LinkInstruments { from, to, relation }).await.map(drop)
    }

    /// Confirms every row of the notice, settles its sentences and answers what can be answered.
    async fn confirm_notice(&self, notice: InstrumentId) -> Result<()> {
        let on = self.days.issued.saturating_add(5.days());
        self.confirm_some(notice, usize::MAX, on).await?;
        for (kind, source) in [
            (AnchorKind::Issued, "The notice's first paragraph and the date beside the signature"),
            (AnchorKind::Dated, "The date beside the signature"),
            (
                AnchorKind::Commenced,
                "The Department's covering letter: the notice starts on the day of issue",
            ),
        ] {
            let act = EnterAnchor {
                instrument: notice,
                kind,
                on: PartialDate::Day(self.days.issued),
                source: source.to_owned(),
            };
            self.act(Role::ProgrammeManager, on, act).await?;
        }
        self.settle_sentences(notice, on).await?;
        self.decide_questions(notice, on).await
    }

    async fn confirm_some(&self, instrument: InstrumentId, most: usize, on: Date) -> Result<()> {
        let programme = self.programme().await?;
        let rows = programme.obligations_of(instrument).filter(|row| row.state == ObligationState::Suggested);
        let rows: Vec<_> = rows.take(most).map(seen).collect();
        for rows in rows.chunks(6) {
            let act = ConfirmObligations { rows: rows.to_vec() };
            self.act(Role::ProgrammeManager, on, act).await?;
        }
        Ok(())
    }

    async fn settle_sentences(&self, notice: InstrumentId, on: Date) -> Result<()> {
        let programme = self.programme().await?;
        let instrument = programme.instrument(notice).context("the notice stands")?;
        let rows: Vec<Obligation> = programme.obligations_of(notice).cloned().collect();
        let open: Vec<usize> =
            service::unsettled(instrument, &rows, &[]).map(|passage| passage.span[0]).collect();
        for at in open {
            let act = ClassifyPassage {
                instrument: notice,
                at,
                kind: improvement::reading::PassageKind::Context,
                reason: "Says what the notice rests on; asks nothing of its own".to_owned(),
            };
            self.act(Role::ProgrammeManager, on, act).await?;
        }
        Ok(())
    }

    /// Decides some questions and leaves the rest open, as a real programme has them.
    async fn decide_questions(&self, notice: InstrumentId, on: Date) -> Result<()> {
        let programme = self.programme().await?;
        let of_notice = programme.questions.iter().filter(|question| question.instrument == notice);
        let decided: Vec<OpenQuestion> = of_notice.step_by(2).cloned().collect();
        for question in decided {
            let answer = question.question.candidates.first().cloned();
            let act = DecideQuestion {
                question: Seen { id: question.id, version: question.version },
                answer: answer.unwrap_or_else(|| "Answered in the Department's covering letter".to_owned()),
                reason: "Agreed with the Department's case officer by telephone and confirmed by e-mail"
                    .to_owned(),
            };
            self.act(Role::ProgrammeManager, on, act).await?;
        }
        Ok(())
    }

    async fn sign(&self, notice: InstrumentId) -> Result<()> {
        let programme = self.programme().await?;
        let instrument: &Instrument = programme.instrument(notice).context("the notice stands")?;
        let act = SignRegister {
            instrument: Seen { id: notice, version: instrument.version },
            in_force_from: Some(self.days.issued),
        };
        self.act(Role::DepartmentOfficial, self.days.signed, act).await.map(drop)
    }

    async fn partners(&self, episode: EpisodeId) -> Result<()> {
        let statutory = "Section 10 of the Children Act 2004";
        for (name, basis, on_board) in [
            ("Northmoor police", statutory, true),
            ("Canal Street integrated care board", statutory, true),
            ("Northmoor schools forum", "The council's own identification", true),
            ("Moorside family help (charity)", "The chair's choice", false),
        ] {
            let act = AddPartner {
                episode,
                name: name.to_owned(),
                basis: basis.to_owned(),
                on_board,
                from: self.days.issued,
            };
            self.act(Role::ProgrammeManager, self.days.signed, act).await?;
        }
        Ok(())
    }

    /// Monthly meetings with honest trouble: one gap of 30 days, one meeting without a quorum, one too far ahead.
    async fn meetings(&self, episode: EpisodeId) -> Result<()> {
        let mut on = self.days.issued.saturating_add(13.days());
        let mut number = 0;
        while on < self.days.today {
            let quorate = number != 4;
            self.event(episode, EventKind::Meeting, Party::BOARD, on, EventState::Held, Some(quorate))
                .await?;
            number += 1;
            on = on.saturating_add(if number == 3 { 30.days() } else { 28.days() });
        }
        self.event(episode, EventKind::Meeting, Party::BOARD, on, EventState::Planned, None).await?;
        let late = on.saturating_add(35.days());
        self.event(episode, EventKind::Meeting, Party::BOARD, late, EventState::Planned, None).await?;
        let review = self.days.issued.saturating_add(175.days());
        self.event(episode, EventKind::Review, Party::DEPARTMENT, review, EventState::Held, None).await?;
        let next = self.days.today.saturating_add(70.days());
        self.event(episode, EventKind::Review, Party::DEPARTMENT, next, EventState::Planned, None).await
    }

    async fn event(
        &self,
        episode: EpisodeId,
        kind: EventKind,
        body: Party,
        on: Date,
        state: EventState,
        quorate: Option<bool>,
    ) -> Result<()> {
        // What was held is recorded the day after; what is planned, yesterday.
        let recorded = on.saturating_add(1.days()).min(self.days.today.saturating_sub(1.days()));
        let act = RecordEvent { episode, kind, body, on, state, quorate, note: String::new() };
        self.act(Role::ProgrammeManager, recorded, act).await.map(drop)
    }

    async fn work_on_duties(&self, notice: InstrumentId) -> Result<()> {
        self.owners(notice).await?;
        self.mark_what_was_met(notice).await?;
        self.ask_for_variation(notice).await?;
        self.set_an_interval(notice).await?;
        self.link_same_duties(notice).await
    }

    async fn owners(&self, notice: InstrumentId) -> Result<()> {
        let on = self.days.signed.saturating_add(7.days());
        let director = acting(self.accounts, Role::Director)?.person;
        let manager = acting(self.accounts, Role::ProgrammeManager)?.person;
        let programme = self.programme().await?;
        let rows: Vec<Obligation> = programme.obligations_of(notice).cloned().collect();
        for (number, row) in rows.iter().filter(|row| row.bearers.contains(&Party::COUNCIL)).enumerate() {
            let owner = if number % 3 == 0 { manager } else { director };
            if number % 5 != 4 {
                let act = AssignOwner { row: seen(row), owner: Some(owner) };
                self.act(Role::ProgrammeManager, on, act).await?;
            }
        }
        Ok(())
    }

    /// What fell due more than five weeks ago was met, some of it late and some not verified; the rest is honest
    /// trouble.
    async fn mark_what_was_met(&self, notice: InstrumentId) -> Result<()> {
        let programme = self.programme().await?;
        let mut number = 0;
        for row in programme.obligations_of(notice).filter(|row| row.modality == Modality::Must) {
            let Some(schedule) = programme.calendar.schedule(row.id) else { continue };
            let five_weeks_ago = self.days.today.saturating_sub(35.days());
            for due in schedule.occurrences.iter().filter(|due| due.state == State::Overdue) {
                let Some(last) = due.due.latest.filter(|last| *last < five_weeks_ago) else { continue };
                number += 1;
                if number % 7 != 0 {
                    let late = if number % 5 == 2 { 9 } else { 0 };
                    let met_on = last.saturating_add(late.days());
                    self.mark(row, &due.key.to_string(), met_on, number % 2 == 0).await?;
                }
            }
        }
        Ok(())
    }

    async fn mark(&self, row: &Obligation, key: &str, met_on: Date, verify: bool) -> Result<()> {
        let act = MarkMet {
            obligation: row.id,
            occurrence: key.to_owned(),
            met_on,
            evidence: format!("Sent and acknowledged; minute of the improvement board ({})", row.reference),
        };
        self.act(Role::ProgrammeManager, met_on.saturating_add(1.days()), act).await?;
        if verify {
            let act = VerifyMet { mark: format!("{}-{key}", row.id), version: 1 };
            self.act(Role::Chair, met_on.saturating_add(12.days()), act).await?;
        }
        Ok(())
    }

    async fn ask_for_variation(&self, notice: InstrumentId) -> Result<()> {
        let programme = self.programme().await?;
        let meets =
            programme.obligations_of(notice).find(|row| row.timing.at_most && row.bearers == [Party::BOARD]);
        let Some(row) = meets else { return Ok(()) };
        let asked_on = weekday_before(self.days.today.saturating_sub(9.days()), jiff::civil::Weekday::Friday);
        let act = RequestVariation {
            obligation: row.id,
            every: Some(Interval::new(6, Unit::Weeks)),
            due_on: None,
            reason: "The board has met its first targets and wants the time between meetings for visits to the front line."
                .to_owned(),
            approver: Party::DEPARTMENT,
            asked_on,
        };
        self.act(Role::Chair, asked_on, act).await.map(drop)
    }

    async fn set_an_interval(&self, notice: InstrumentId) -> Result<()> {
        let programme = self.programme().await?;
        let left_to_board =
            |row: &&Obligation| row.timing.set_by == Some(Party::BOARD) && row.timing.every.is_none();
        let Some(row) = programme.obligations_of(notice).find(left_to_board) else { return Ok(()) };
        let on = self.days.signed.saturating_add(27.days());
        let act = SetInterval {
            obligation: row.id,
            every: Interval::new(2, Unit::Months),
            decision: "Improvement board, minute 4.2 of its second meeting".to_owned(),
            decided_on: on,
        };
        self.act(Role::Chair, on, act).await
    }

    async fn link_same_duties(&self, notice: InstrumentId) -> Result<()> {
        let programme = self.programme().await?;
        let audits: Vec<&Obligation> = programme
            .obligations_of(notice)
            .filter(|row| {
                row.text.to_lowercase().contains("report") && row.counterparties.contains(&Party::BOARD)
            })
            .take(2)
            .collect();
        let [first, second] = audits.as_slice() else { return Ok(()) };
        let act = MarkSameDuty { row: seen(first), other: second.id };
        self.act(Role::ProgrammeManager, self.days.signed.saturating_add(30.days()), act).await
    }
}

fn seen(row: &Obligation) -> Seen<ObligationId> {
    Seen { id: row.id, version: row.version }
}
