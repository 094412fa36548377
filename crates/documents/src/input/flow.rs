//! Lays out blocks of a document as text: a blank line between paragraphs, none between list items or table rows,
//! and the cells of a row joined by tabs.

/// A paragraph, heading, list item or table row, without line ends around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) text: String,
    /// Stands directly under a block of its own sort: a list item or a row.
    pub(super) tight: bool,
}

impl Block {
    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self { text: text.into(), tight: false }
    }

    pub(super) fn item(text: impl Into<String>) -> Self {
        Self { text: text.into(), tight: true }
    }
}

enum Frame {
    Table,
    Row(Vec<Vec<Block>>),
    Cell(Vec<Block>),
}

/// Collects blocks, with tables inside tables as deep as real documents go.
#[derive(Default)]
pub(super) struct Flow {
    frames: Vec<Frame>,
    finished: Vec<Block>,
}

/// Opening tags beyond this depth are taken as plain blocks.
const DEEPEST: usize = 60;

impl Flow {
    pub(super) fn push(&mut self, block: Block) {
        if block.text.trim_matches([' ', '\t', '\n', '\r']).is_empty() {
            return;
        }
        match self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(blocks) => Some(blocks),
            _ => None,
        }) {
            Some(blocks) => blocks.push(block),
            None => self.finished.push(block),
        }
    }

    pub(super) fn open_table(&mut self) {
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame::Table);
        }
    }

    pub(super) fn open_row(&mut self) {
        self.close_row();
        if matches!(self.frames.last(), Some(Frame::Table)) {
            self.frames.push(Frame::Row(Vec::new()));
        }
    }

    pub(super) fn open_cell(&mut self) {
        self.close_cell();
        if matches!(self.frames.last(), Some(Frame::Table)) {
            self.open_row();
        }
        if matches!(self.frames.last(), Some(Frame::Row(_))) {
            self.frames.push(Frame::Cell(Vec::new()));
        }
    }

    pub(super) fn close_cell(&mut self) {
        if matches!(self.frames.last(), Some(Frame::Cell(_))) {
            self.finish_last();
        }
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if matches!(self.frames.last(), Some(Frame::Row(_))) {
            self.finish_last();
        }
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        if matches!(self.frames.last(), Some(Frame::Table)) {
            self.frames.pop();
        }
    }

    /// Drops the row that is open, for a row that the document's changes delete.
    pub(super) fn forget_row(&mut self) {
        self.close_cell();
        if let Some(Frame::Row(cells)) = self.frames.last_mut() {
            cells.clear();
        }
    }

    fn finish_last(&mut self) {
        match self.frames.pop() {
            Some(Frame::Cell(blocks)) => {
                if let Some(Frame::Row(cells)) = self.frames.last_mut() {
                    cells.push(blocks);
                }
            }
            Some(Frame::Row(cells)) => self.push_row(cells),
            Some(Frame::Table) | None => {}
        }
    }

    /// A row with one filled cell is layout, not a table: its blocks stand as they are.
    fn push_row(&mut self, mut cells: Vec<Vec<Block>>) {
        let filled = cells.iter().filter(|blocks| !blocks.is_empty()).count();
        if filled <= 1 {
            for block in cells.into_iter().flatten() {
                self.push(block);
            }
            return;
        }
        while cells.last().is_some_and(Vec::is_empty) {
            cells.pop();
        }
        let cells: Vec<String> = cells.iter().map(|blocks| in_one_line(blocks)).collect();
        self.push(Block::item(cells.join("\t")));
    }

    pub(super) fn finish(mut self) -> String {
        while !self.frames.is_empty() {
            self.finish_last();
        }
        let mut text = String::with_capacity(self.finished.iter().map(|block| block.text.len() + 2).sum());
        let mut above_tight = false;
        for block in &self.finished {
            if !text.is_empty() {
                text.push_str(if above_tight && block.tight { "\n" } else { "\n\n" });
            }
            text.push_str(block.text.trim_matches([' ', '\t', '\n', '\r']));
            above_tight = block.tight;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

fn in_one_line(blocks: &[Block]) -> String {
    let lines: Vec<String> =
        blocks.iter().map(|block| block.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.join(" ")
}
