//! Councils, and the text of their instruments.

use improvement::register::Council;
use jiff::Timestamp;
use vocabulary::id::{CouncilId, InstrumentId};

use crate::engine::{Store, Transaction};
use crate::scope::Scope;
use crate::statement::statements;
use crate::{Row, StoreError};

statements! {
    INSERT_COUNCIL = "INSERT INTO council (id, name, body, recorded_at) VALUES ($1, $2, $3, $4)";
    UPDATE_COUNCIL = "UPDATE council SET name = $1, body = $2 WHERE id = $3";
    LIST_COUNCILS = "SELECT id, name, body FROM council ORDER BY name";
    FIND_COUNCIL = "SELECT id, name, body FROM council WHERE id = $1";
    INSERT_TEXT = "INSERT INTO instrument_text (instrument, text) VALUES ($1, $2)";
    FIND_TEXT = "SELECT t.text FROM instrument_text t JOIN instrument i ON i.id = t.instrument \
                 WHERE t.instrument = $1 AND i.council = $2";
    LIST_TEXTS = "SELECT t.instrument, t.text FROM instrument_text t JOIN instrument i ON i.id = t.instrument \
                  WHERE i.council = $1";
}

impl Transaction {
    /// Inserts a council; its name must be new.
    pub async fn insert_council(&mut self, council: &Council, at: Timestamp) -> Result<(), StoreError> {
        let values = [council.id.into(), council.name.as_str().into(), body(council)?.into(), at.into()];
        self.execute(&INSERT_COUNCIL, &values).await.map(drop)
    }

    /// Writes a council's name and contact.
    pub async fn update_council(&mut self, council: &Council) -> Result<(), StoreError> {
        let values = [council.name.as_str().into(), body(council)?.into(), council.id.into()];
        self.execute(&UPDATE_COUNCIL, &values).await.map(drop)
    }

    /// The council with this id.
    pub async fn find_council(&mut self, id: CouncilId) -> Result<Option<Council>, StoreError> {
        self.row(&FIND_COUNCIL, &[id.into()]).await?.as_ref().map(read).transpose()
    }

    /// Keeps an instrument's extracted text; it is never changed.
    pub async fn insert_text(&mut self, instrument: InstrumentId, text: &str) -> Result<(), StoreError> {
        self.execute(&INSERT_TEXT, &[instrument.into(), text.into()]).await.map(drop)
    }

    /// The text of an instrument in scope.
    pub async fn find_text(
        &mut self,
        scope: &Scope,
        instrument: InstrumentId,
    ) -> Result<Option<String>, StoreError> {
        let row = self.row(&FIND_TEXT, &[instrument.into(), scope.council().into()]).await?;
        row.map(|row| row.text("text")).transpose()
    }

    /// The texts of every instrument in scope.
    pub async fn list_texts(&mut self, scope: &Scope) -> Result<Vec<(InstrumentId, String)>, StoreError> {
        let rows = self.rows(&LIST_TEXTS, &[scope.council().into()]).await?;
        rows.iter().map(|row| Ok((row.id("instrument", InstrumentId::parse)?, row.text("text")?))).collect()
    }
}

impl Store {
    /// Every council of the installation, by name.
    pub async fn councils(&self) -> Result<Vec<Council>, StoreError> {
        self.rows(&LIST_COUNCILS, &[]).await?.iter().map(read).collect()
    }
}

fn body(council: &Council) -> Result<String, StoreError> {
    serde_json::to_string(council).map_err(|source| StoreError::Json { column: "body".into(), source })
}

fn read(row: &Row) -> Result<Council, StoreError> {
    row.json("body")
}
