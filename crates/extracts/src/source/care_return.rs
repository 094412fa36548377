//! The SSDA903 return as XML: one element a child, in it what the CSV modules hold, some of it in groups of its own.
//!
//! Every column belongs to one module, apart from the child's number, sex and birth, so a group's rows are told by the
//! names in it. Element names as in the Department's files: `CHILDID` for `CHILD`, `PL` for `PLACE`.

use std::collections::HashMap;

use super::xml::{Leaf, Listener, Name, Names};
use super::{Gathered, Note};
use crate::cell::{Calendar, Raw, trimmed};
use crate::codes::plain;
use crate::table::{Filling, ListTable, PartRead, row_number};

struct Module {
    list: usize,
    table: ListTable,
    filling: Filling,
    rows: u32,
    /// The columns that every module has, filled when the child ends: column and name.
    shared: Vec<(usize, &'static str)>,
}

/// Where a name's text goes.
#[derive(Clone, Copy)]
enum Goes {
    /// A column of one module.
    To(usize, usize),
    /// A fact of the child that many modules repeat.
    Shared(&'static str),
    /// The flag that stands for a row of unaccompanied children.
    Unaccompanied,
    Nowhere,
}

const SHARED: [&str; 3] = ["CHILD", "SEX", "DOB"];

/// Hears of the elements of a return.
pub struct CareReturn<'g> {
    gathered: &'g mut Gathered,
    file: u32,
    modules: Vec<Module>,
    known: HashMap<String, Goes>,
    goes: Vec<Option<Goes>>,
    facts: HashMap<&'static str, String>,
    header: usize,
    unaccompanied: usize,
    /// How deep the elements of children stand.
    child_depth: usize,
    found: bool,
}

impl<'g> CareReturn<'g> {
    /// Begins a file.
    pub fn new(gathered: &'g mut Gathered, file: u32) -> Self {
        let mut modules = Vec::new();
        let mut known = HashMap::new();
        for list in 0..gathered.layout.lists.len() {
            let mut table = gathered.take(list);
            let layout = table.layout;
            let part = PartRead {
                file,
                sheet: None,
                first: row_number(&table),
                rows: 0,
                headings: layout.columns.iter().map(|column| Some(column.name.to_owned())).collect(),
                blank_rows: Vec::new(),
            };
            let filling = Filling::begin(&mut table, part, Calendar::From1900);
            let mut shared = Vec::new();
            for (number, column) in layout.columns.iter().enumerate() {
                if let Some(name) = SHARED.iter().find(|name| **name == column.name) {
                    shared.push((number, *name));
                    known.insert(plain(name), Goes::Shared(name));
                } else {
                    known.insert(plain(column.name), Goes::To(list, number));
                }
            }
            modules.push(Module { list, table, filling, rows: 0, shared });
        }
        for (alias, goes) in [("CHILDID", "CHILD"), ("PL", "PLACE")] {
            known.insert(plain(alias), known[&plain(goes)]);
        }
        known.insert(plain("UASC"), Goes::Unaccompanied);
        let place = |name: &str| gathered.layout.list(name).expect("the shipped layout declares it: tested");
        let (header, unaccompanied) = (place("Header"), place("UASC"));
        Self {
            gathered,
            file,
            modules,
            known,
            goes: Vec::new(),
            facts: HashMap::new(),
            header,
            unaccompanied,
            child_depth: 1,
            found: false,
        }
    }

    /// Ends the file.
    pub fn finish(self) {
        if !self.found {
            self.gathered.note(Note::UnknownSheet, self.file, None, None, None);
        }
        for Module { list, mut table, filling, rows, .. } in self.modules {
            filling.end(&mut table);
            let kept = table.parts.iter().any(|part| part.file != self.file);
            if self.found && (rows > 0 || table.layout.years.first.is_none()) {
                self.gathered.tables[list] = Some(table);
            } else if kept {
                table.parts.pop();
                self.gathered.tables[list] = Some(table);
            }
        }
    }

    /// Where a name's text goes; a name that is unknown is noted once.
    fn goes(&mut self, names: &Names, name: Name) -> Goes {
        self.goes.resize(names.len().max(self.goes.len()), None);
        if let Some(goes) = self.goes[name.0] {
            return goes;
        }
        let goes = self.known.get(&plain(names.text(name))).copied();
        if goes.is_none() {
            self.gathered.note(Note::UnknownElement, self.file, None, None, Some(names.text(name)));
        }
        *self.goes[name.0].insert(goes.unwrap_or(Goes::Nowhere))
    }

    /// Takes the leaves of a group: a row for each module that any of them belongs to.
    fn rows(&mut self, names: &Names, leaves: std::vec::Drain<'_, Leaf<'_>>) {
        let mut begun = vec![false; self.modules.len()];
        for leaf in leaves {
            let text = trimmed(&leaf.text);
            match self.goes(names, leaf.name) {
                Goes::To(list, column) => {
                    let module = &mut self.modules[list];
                    if module.filling.has(column) {
                        let row = Some(module.rows);
                        let name = names.text(leaf.name);
                        self.gathered.note(
                            Note::RepeatedElement,
                            self.file,
                            Some(module.list),
                            row,
                            Some(name),
                        );
                        continue;
                    }
                    module.filling.cell(&mut module.table, &mut self.gathered.ink, column, Raw::Text(text));
                    begun[list] |= !text.is_empty();
                }
                Goes::Shared(name) => {
                    if !text.is_empty() {
                        self.facts.entry(name).or_insert_with(|| text.to_owned());
                    }
                    begun[self.header] |= name == "CHILD";
                }
                Goes::Unaccompanied => {
                    begun[self.unaccompanied] |= text == "1" || text.eq_ignore_ascii_case("true");
                }
                Goes::Nowhere => {}
            }
        }
        for (list, module) in self.modules.iter_mut().enumerate() {
            if begun[list] {
                let later: Vec<usize> = module.shared.iter().map(|(column, _)| *column).collect();
                module.filling.end_group(&mut module.table, module.rows, u32::MAX, &later);
                module.rows += 1;
                self.found = true;
            }
        }
    }

    /// A child ends: its number, sex and birth go into every row since the last.
    fn child(&mut self) {
        for module in &mut self.modules {
            for (column, name) in &module.shared {
                let text = self.facts.get(name).map_or("", String::as_str);
                module.filling.fill_up(&mut module.table, &mut self.gathered.ink, *column, Raw::Text(text));
            }
        }
        self.facts.clear();
    }
}

impl<'a> Listener<'a> for CareReturn<'_> {
    fn opened(&mut self, names: &Names, name: Name, depth: usize) {
        // Some files have the children in an element of their own, so that each child stands one deeper.
        if depth == 1 {
            self.child_depth = if names.text(name).eq_ignore_ascii_case("children") { 2 } else { 1 };
        }
    }

    fn leaf(&mut self, _: &Names, leaf: Leaf<'a>) -> Option<Leaf<'a>> {
        Some(leaf)
    }

    fn group(&mut self, names: &Names, name: Name, depth: usize, leaves: &mut Vec<Leaf<'a>>, from: usize) {
        if is_about_the_file(names.text(name)) {
            leaves.truncate(from);
            return;
        }
        self.rows(names, leaves.drain(from..));
        if depth <= self.child_depth {
            self.child();
        }
    }
}

fn is_about_the_file(name: &str) -> bool {
    ["CollectionDetails", "Source", "Content"].contains(&name)
}
