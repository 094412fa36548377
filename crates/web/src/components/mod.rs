//! The parts a page is made of, after the GOV.UK and MoJ design systems (both MIT), without their branding.
//!
//! Each part is a struct bound to its template: build it, then print it with `{{ }}`. Text is escaped when it is
//! printed; only another part, or the markup of a template (`Html::of`), goes in as it is.
//! Markup follows govuk-frontend 6.6.0: `tests.rs` compares each part with the cases published there.

mod alert;
mod attributes;
mod button;
mod calendar;
mod chart;
mod choices;
mod content;
mod date_input;
mod field;
mod file_upload;
mod filter;
mod glossary;
mod input;
mod interruption_card;
mod marked_text;
mod messages;
mod navigation;
mod pagination;
mod problems;
mod select;
mod service_navigation;
mod summary_list;
mod table;
mod tag;
mod task_list;
#[cfg(test)]
mod tests;
mod textarea;
mod timeline;

pub use alert::{Alert, AlertKind};
pub use attributes::{Attributes, Classes};
pub use button::Button;
pub use calendar::{CalendarMonth, DayEntry};
pub use chart::{Axis, Bar, BarChart, Breadth, PointMark, RunChart, RunPoint, RunSegment, Sparkline};
pub use choices::{Choice, Choices};
pub use content::{AsContent, Content, Html};
pub use date_input::{DateInput, DatePart};
pub use field::{ErrorMessage, Fieldset, Hint, Label, Legend};
pub use file_upload::FileUpload;
pub use filter::{Filter, SelectedFilters};
pub use glossary::{FirstUses, Glossary};
pub use input::{Affix, Input};
pub use interruption_card::InterruptionCard;
pub use marked_text::{Mark, MarkKind, MarkedText};
pub use messages::{Details, ErrorSummary, InsetText, NotificationBanner, Panel, SummaryItem, WarningText};
pub use navigation::{BackLink, Breadcrumbs, Link, SkipLink, SubNavigation};
pub use pagination::{PageLink, PageNumber, Pagination};
pub use problems::Problems;
pub use select::{Select, SelectOption};
pub use service_navigation::{GenericHeader, NavigationItem, ServiceNavigation};
pub use summary_list::{Action, SummaryCard, SummaryList, SummaryRow};
pub use table::{Cell, Heading, Table};
pub use tag::{Tag, TagColour};
pub use task_list::{Task, TaskList, TaskStatus};
pub use textarea::Textarea;
pub use timeline::{Timeline, TimelineItem};
