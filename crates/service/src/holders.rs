//! Who holds each child: the team and the worker that the newest record naming them gives. A register rarely says it.

use std::collections::HashMap;

use practice::picture::Picture;
use vocabulary::day::Day;
use vocabulary::records::Word;

/// Who holds a child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) team: Option<Word>,
    pub(crate) worker: Option<Word>,
    shown_on: Option<Day>,
    /// Whether the record is still open, as an open one says who holds the child now.
    open: bool,
}

/// Who holds each child, as the newest record that says so has it; open records before closed ones.
pub(crate) fn of(picture: &Picture) -> HashMap<Word, Holder> {
    let mut holders: HashMap<Word, Holder> = HashMap::new();
    for sheet in &picture.sheets {
        let table = &sheet.table;
        let Some(team) = table.column("team") else { continue };
        let (worker, ended) = (table.column("worker"), table.column("ended_on"));
        for (row, &subject) in table.subject.iter().enumerate() {
            let Some(team) = team.word(row).value() else { continue };
            let found = Holder {
                team: Some(team),
                worker: worker.and_then(|column| column.word(row).value()),
                shown_on: Some(sheet.shown_last_on[row]),
                open: ended.is_some_and(|column| column.day(row).value().is_none()),
            };
            let known = holders.entry(subject).or_default();
            if (found.shown_on, found.open) > (known.shown_on, known.open) {
                *known = found;
            }
        }
    }
    holders
}
