//! What a route or an act asks leave for. A route cannot be registered without one.

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => {
        /// Something that a person may or may not do, under the name the policies use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$meta])* $name),* }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the policies.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

actions! {
    /// Open one's home page.
    ViewHome,
    /// Read an instrument and its register.
    ViewNotice,
    /// Read one duty.
    ViewDuty,
    /// Read the calendar of duties.
    ViewCalendar,
    /// Read the coverage matrix.
    ViewCoverage,
    /// Read meetings and their cadence.
    ViewMeetings,
    /// Read requests for variations.
    ViewVariations,
    /// Read what happened to a thing.
    ViewHistory,
    /// Search the programme.
    SearchProgramme,
    /// Take the register out as a file.
    ExportRegister,
    /// Open an intervention.
    OpenEpisode,
    /// Bring in a document and have it read.
    BringInInstrument,
    /// Confirm a suggested row.
    ConfirmObligation,
    /// Edit, split, merge, add or set aside rows.
    EditObligation,
    /// Enter the day a clock runs from.
    EnterAnchor,
    /// Decide a question the document leaves open.
    DecideQuestion,
    /// Say what a sentence is.
    ClassifyPassage,
    /// Link two instruments.
    LinkInstruments,
    /// Mark a due instance as met.
    MarkOccurrence,
    /// Read the improvement plan.
    ViewPlan,
    /// Write the plan: objectives, actions, where they come from.
    KeepPlan,
    /// Say how one's own action stands, that it is done, or that it needs a later day.
    UpdatePlanAction,
    /// Verify what others did, and test whether it made a difference.
    VerifyPlan,
    /// Agree or refuse a later day, for the board.
    AnswerRevision,
    /// Keep the partner register.
    ManagePartners,
    /// Record a meeting, review or visit.
    RecordEvent,
    /// Replace the clock of a duty after a corrected reading.
    ChangeClock,
    /// Sign a register that somebody else confirmed.
    SignRegister,
    /// Verify that a due instance was met.
    VerifyOccurrence,
    /// Ask for another cadence or deadline.
    RequestVariation,
    /// Agree or refuse a variation, as the approver the document names.
    AnswerVariation,
    /// Set an interval the document leaves open.
    SetInterval,
    /// Read figures, trends and exceptions as counts.
    ViewFigures,
    /// Read which children stand behind a figure.
    ViewChildren,
    /// Take children's events out as a file.
    ExportChildren,
    /// Read the practice standards.
    ViewStandards,
    /// See what was loaded and what the rules found in it.
    ViewLoads,
    /// Load an extract and make it count.
    LoadExtract,
    /// Set a limit that a standard leaves to the council.
    SetCouncilLimit,
    /// Say what an exception turned out to be, why, and what is done about it.
    NoteException,
    /// Comment on a measure.
    CommentMeasure,
    /// Propose what a measure is to reach.
    SetTarget,
    /// Approve what a measure is to reach, as the second person.
    ApproveTarget,
    /// Begin a new baseline of a measure's chart.
    RebaseChart,
    /// Hold a tracker against the extracts, and settle what differs.
    ReconcileTracker,
    /// Say which authority the council is and which adjoin it.
    SetPlaces,
    /// Record a decision about statutory powers.
    RecordEscalation,
    /// Record that a notice was lifted.
    RecordLifting,
    /// Invite, disable and grant.
    ManagePeople,
    /// Approve a grant as the second person.
    ApproveGrant,
    /// Change the council's name and contact.
    ChangeCouncil,
    /// See who has an account.
    ViewPeople,
    /// See who opened what.
    ViewAccessLog,
    /// Manage one's own password, feeds and tokens.
    ManageOwnAccount,
    /// Read published documents.
    ReadPublished,
    /// Read programme records.
    ReadProgrammeClass,
    /// Read figures before disclosure control.
    ReadAggregates,
    /// Read pseudonymous children's records.
    ReadPseudonymousChildren,
    /// Read identifiable children's records.
    ReadIdentifiableChildren,
    /// Read sealed children's records.
    ReadSealedChildren,
    /// Read identifiable staff records.
    ReadWorkforce,
}

impl Action {
    /// Whether both factors must have been given within the last 15 minutes.
    pub fn needs_step_up(self) -> bool {
        matches!(
            self,
            Self::SignRegister
                | Self::VerifyOccurrence
                | Self::ExportChildren
                | Self::ApproveTarget
                | Self::AnswerVariation
                | Self::AnswerRevision
                | Self::VerifyPlan
                | Self::SetInterval
                | Self::RecordEscalation
                | Self::RecordLifting
                | Self::ManagePeople
                | Self::ApproveGrant
                | Self::ChangeCouncil
        )
    }
}
