//! The programme's stored things. Each has a table of one shape: identity, scope, order, version and recorded time as
//! columns, the rest as one JSON body (`docs/decisions/0004-rows-and-bodies.md`).
//!
//! Reads always take the viewer's [`Scope`]; writes carry the version they edit.

use improvement::plan::{Objective, PlanAction, Risk};
use improvement::register::{
    Anchor, Episode, Escalation, Event, Instrument, InstrumentLink, IntervalSetting, Obligation,
    OccurrenceMark, OpenQuestion, Partner, PassageDecision, Variation,
};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use vocabulary::id::{CouncilId, EpisodeId};

use crate::engine::{Store, Transaction};
use crate::exception::ExceptionNote;
use crate::measure::{ChartRebase, MeasureComment, MeasureTarget};
use crate::places::CouncilPlaces;
use crate::reconciliation::Reconciliation;
use crate::scope::Scope;
use crate::snapshot::{CouncilLimit, Snapshot};
use crate::statement::Statement;
use crate::{Row, StoreError};

/// The statements of one table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    name: &'static str,
    insert: Statement,
    update: Statement,
    find: Statement,
    list: Statement,
}

/// A thing of the programme that is stored as a row with a body.
pub trait Stored: Serialize + DeserializeOwned + Send + Sync {
    /// Its table.
    const TABLE: Table;
    /// Its key.
    fn key(&self) -> String;
    /// The council it belongs to.
    fn council(&self) -> CouncilId;
    /// The intervention it belongs to; none for the intervention itself.
    fn episode(&self) -> Option<EpisodeId>;
    /// Where it stands among its like.
    fn position(&self) -> i64;
    /// The edit version it carries.
    fn version(&self) -> i64;
    /// Sets the edit version.
    fn set_version(&mut self, version: i64);
    /// When it was first recorded.
    fn recorded_at(&self) -> Timestamp;
}

macro_rules! statement {
    ($name:expr, $($part:expr),*) => {
        Statement { name: $name, sqlite: concat!($($part),*), postgres: concat!($($part),*) }
    };
}

macro_rules! stored {
    ($($type:ty: $table:literal $(episode $episode:ident)?, $position:expr;)*) => {
        $(impl Stored for $type {
            const TABLE: Table = Table {
                name: $table,
                insert: stored!(@insert $table $($episode)?),
                update: statement!(
                    concat!("update ", $table),
                    "UPDATE ", $table, " SET version = version + 1, body = $1, position = $2 WHERE id = $3 AND council = $4 AND version = $5"
                ),
                find: statement!(
                    concat!("find ", $table),
                    "SELECT version, body FROM ", $table, " WHERE id = $1 AND council = $2"
                ),
                list: statement!(
                    concat!("list ", $table),
                    "SELECT version, body FROM ", $table, " WHERE council = $1 ORDER BY position, id"
                ),
            };
            fn key(&self) -> String { self.id.to_string() }
            fn council(&self) -> CouncilId { self.council }
            fn episode(&self) -> Option<EpisodeId> { stored!(@episode self $($episode)?) }
            fn position(&self) -> i64 { let position: fn(&Self) -> i64 = $position; position(self) }
            fn version(&self) -> i64 { self.version }
            fn set_version(&mut self, version: i64) { self.version = version; }
            fn recorded_at(&self) -> Timestamp { self.stamp.at }
        })*
        const TABLES: &[Table] = &[$(<$type as Stored>::TABLE),*];
    };
    (@episode $self:ident $episode:ident) => { Some($self.$episode) };
    (@episode $self:ident) => { None };
    (@insert $table:literal $episode:ident) => {
        statement!(
            concat!("insert ", $table),
            "INSERT INTO ", $table, " (id, council, position, version, recorded_at, body, episode) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
    };
    (@insert $table:literal) => {
        statement!(
            concat!("insert ", $table),
            "INSERT INTO ", $table, " (id, council, position, version, recorded_at, body) VALUES ($1, $2, $3, $4, $5, $6)"
        )
    };
}

stored! {
    Episode: "episode", |episode| episode.stamp.at.as_second();
    Instrument: "instrument" episode episode, |instrument| instrument.stamp.at.as_second();
    InstrumentLink: "instrument_link" episode episode, |link| link.stamp.at.as_second();
    Obligation: "obligation" episode episode, |obligation| obligation.position;
    Anchor: "anchor" episode episode, |anchor| anchor.stamp.at.as_second();
    OpenQuestion: "open_question" episode episode, |question| question.question.span[0] as i64;
    PassageDecision: "passage_decision" episode episode, |decision| decision.at as i64;
    Variation: "variation" episode episode, |variation| variation.stamp.at.as_second();
    IntervalSetting: "interval_setting" episode episode, |setting| setting.stamp.at.as_second();
    OccurrenceMark: "occurrence_mark" episode episode, |mark| mark.stamp.at.as_second();
    Event: "event" episode episode, |event| days(event.on);
    Partner: "partner" episode episode, |partner| partner.stamp.at.as_second();
    Escalation: "escalation" episode episode, |escalation| escalation.stamp.at.as_second();
    Snapshot: "snapshot", |snapshot| days(snapshot.as_at);
    CouncilLimit: "council_limit", |limit| limit.stamp.at.as_second();
    MeasureTarget: "measure_target", |target| target.stamp.at.as_second();
    MeasureComment: "measure_comment", |comment| comment.stamp.at.as_second();
    ChartRebase: "chart_rebase", |rebase| days(rebase.from_month);
    ExceptionNote: "exception_note", |note| days(note.expected_on);
    Reconciliation: "reconciliation", |reconciliation| reconciliation.stamp.at.as_second();
    Objective: "objective" episode episode, |objective| i64::from(objective.number);
    PlanAction: "plan_action" episode episode, |action| i64::from(action.number);
    Risk: "risk" episode episode, |risk| i64::from(risk.number);
    CouncilPlaces: "council_places", |places| places.stamp.at.as_second();
}

/// A day as a place in an order: days since 1970.
fn days(day: jiff::civil::Date) -> i64 {
    day.duration_since(jiff::civil::date(1970, 1, 1)).as_secs() / 86_400
}

/// Every statement of the tables above, for the registry.
pub(crate) fn statements() -> Vec<Statement> {
    TABLES.iter().flat_map(|table| [table.insert, table.update, table.find, table.list]).collect()
}

impl Transaction {
    /// Inserts a thing; a key that stands already is an error.
    pub async fn insert<T: Stored>(&mut self, thing: &T) -> Result<(), StoreError> {
        let mut values = vec![
            thing.key().into(),
            thing.council().into(),
            thing.position().into(),
            thing.version().into(),
            thing.recorded_at().into(),
            body(thing)?.into(),
        ];
        if let Some(episode) = thing.episode() {
            values.push(episode.into());
        }
        self.execute(&T::TABLE.insert, &values).await.map(drop)
    }

    /// Writes a thing back if nobody else has since it was read, and raises its version.
    pub async fn update<T: Stored>(&mut self, thing: &mut T) -> Result<(), StoreError> {
        let edited = thing.version();
        thing.set_version(edited + 1);
        let values = [
            body(thing)?.into(),
            thing.position().into(),
            thing.key().into(),
            thing.council().into(),
            edited.into(),
        ];
        if self.execute(&T::TABLE.update, &values).await? == 1 {
            Ok(())
        } else {
            thing.set_version(edited);
            Err(StoreError::Conflict { thing: T::TABLE.name })
        }
    }

    /// The thing with this key, if it is in scope.
    pub async fn find<T: Stored>(&mut self, scope: &Scope, key: &str) -> Result<Option<T>, StoreError> {
        let row = self.row(&T::TABLE.find, &[key.into(), scope.council().into()]).await?;
        row.as_ref().map(read).transpose()
    }

    /// Every thing of this kind in scope, in order.
    pub async fn list<T: Stored>(&mut self, scope: &Scope) -> Result<Vec<T>, StoreError> {
        self.rows(&T::TABLE.list, &[scope.council().into()]).await?.iter().map(read).collect()
    }
}

impl Store {
    /// The thing with this key, if it is in scope.
    pub async fn find<T: Stored>(&self, scope: &Scope, key: &str) -> Result<Option<T>, StoreError> {
        let row = self.row(&T::TABLE.find, &[key.into(), scope.council().into()]).await?;
        row.as_ref().map(read).transpose()
    }
}

fn body<T: Serialize>(thing: &T) -> Result<String, StoreError> {
    serde_json::to_string(thing).map_err(|source| StoreError::Json { column: "body".into(), source })
}

fn read<T: Stored>(row: &Row) -> Result<T, StoreError> {
    let mut thing: T = row.json("body")?;
    thing.set_version(row.integer("version")?);
    Ok(thing)
}
