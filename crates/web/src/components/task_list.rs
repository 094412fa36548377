//! What needs doing, each row a link with its state in words.

use std::borrow::Borrow;

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::{AsContent, Content, Tag};

/// The state of a task: plain words when nothing is needed, a tag when something is.
#[derive(Clone, Debug)]
pub enum TaskStatus {
    /// "Completed", in black.
    Words(Content),
    /// Needs action.
    Tag(Box<Tag>),
}

impl Default for TaskStatus {
    fn default() -> Self {
        Self::Words(Content::default())
    }
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Task {
    pub(super) title: Content,
    pub(super) title_classes: String,
    pub(super) href: Option<String>,
    pub(super) hint: Option<Content>,
    pub(super) status: TaskStatus,
    pub(super) status_classes: Classes,
    pub(super) classes: Classes,
}

impl Task {
    /// A task that can be opened.
    pub fn new(title: impl AsContent, href: impl std::fmt::Display) -> Self {
        Self { title: title.as_content(), href: Some(href.to_string()), ..Self::default() }
    }

    /// A task that cannot be started yet.
    pub fn closed(title: impl AsContent) -> Self {
        let mut task = Self { title: title.as_content(), ..Self::default() };
        task.status_classes.add("govuk-task-list__status--cannot-start-yet");
        task
    }

    /// Why it matters, or by when.
    pub fn hint(mut self, content: impl AsContent) -> Self {
        self.hint = Some(content.as_content());
        self
    }

    /// Nothing more is needed.
    pub fn state(mut self, words: impl AsContent) -> Self {
        self.status = TaskStatus::Words(words.as_content());
        self
    }

    /// Something is needed.
    pub fn tagged(mut self, tag: impl Borrow<Tag>) -> Self {
        self.status = TaskStatus::Tag(Box::new(tag.borrow().clone()));
        self
    }
}

/// A list of tasks.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    pub(super) tasks: Vec<(usize, Task)>,
    id_prefix: String,
    classes: Classes,
    attributes: Attributes,
}

impl TaskList {
    /// A list whose ids begin with a word of their own.
    pub fn new(id_prefix: impl std::fmt::Display, tasks: impl IntoIterator<Item: Borrow<Task>>) -> Self {
        let tasks =
            tasks.into_iter().enumerate().map(|(index, task)| (index + 1, task.borrow().clone())).collect();
        Self { tasks, id_prefix: id_prefix.to_string(), ..Self::default() }
    }
}

dressed!(TaskList);
parts!(TaskList);
