//! Choosing files from the person's computer.

use askama::Template;

use super::attributes::{Attributes, Classes, dressed};
use super::content::parts;
use super::field::{answered, labelled};
use super::{AsContent, Content, ErrorMessage, Hint, Label};

/// A file question; the form must be `multipart/form-data`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/file_upload.html")]
pub struct FileUpload {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: Label,
    pub(super) hint: Option<Hint>,
    pub(super) error: Option<ErrorMessage>,
    pub(super) described_by: String,
    pub(super) multiple: bool,
    pub(super) disabled: bool,
    pub(super) drop_zone: bool,
    pub(super) before: Option<Content>,
    pub(super) after: Option<Content>,
    pub(super) classes: Classes,
    pub(super) attributes: Attributes,
    pub(super) group_classes: Classes,
    pub(super) group_attributes: Attributes,
}

impl FileUpload {
    /// A file question whose id is its name.
    pub fn new(name: impl std::fmt::Display, label: impl AsContent) -> Self {
        let name = name.to_string();
        Self { id: name.clone(), name, label: Label::new(label), ..Self::default() }
    }

    /// Takes several files.
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    /// Files can also be dropped here, where scripting is on.
    pub fn drop_zone(mut self) -> Self {
        self.drop_zone = true;
        self
    }

    /// The kinds of file offered first, for instance `.csv,.xlsx`.
    pub fn accepts(self, kinds: impl std::fmt::Display) -> Self {
        self.attribute("accept", kinds)
    }
}

dressed!(FileUpload);
answered!(FileUpload);
labelled!(FileUpload);
parts!(FileUpload);
