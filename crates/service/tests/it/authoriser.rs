//! The authoriser against a table written from the security rules, section 2, without looking at the policies: every
//! action, every role, every circumstance.

use std::collections::BTreeSet;

use service::{Account, Action, Authoriser, Circumstances, GrantStatus, Role};

use Role::{
    Administrator, Adviser, Analyst, Auditor, Chair, DataSteward, DepartmentOfficial, Director,
    ElectedMember, HeadOfService, Inspector, Moderator, Partner, PrivacyOfficer, ProgrammeManager, Reviewer,
    TeamManager,
};

/// Reads the programme: column C1. Social workers see their own actions only, ministers what is published, children
/// their own edition, the administrator nothing.
const PROGRAMME: &[Role] = &[
    Director,
    HeadOfService,
    TeamManager,
    Auditor,
    Moderator,
    Analyst,
    DataSteward,
    ProgrammeManager,
    ElectedMember,
    Chair,
    Adviser,
    DepartmentOfficial,
    Partner,
    Reviewer,
    Inspector,
    PrivacyOfficer,
];

/// Reads figures before disclosure control: column C2.
const AGGREGATES: &[Role] = &[
    Director,
    HeadOfService,
    TeamManager,
    Moderator,
    Analyst,
    DataSteward,
    ProgrammeManager,
    Chair,
    Adviser,
    DepartmentOfficial,
    Reviewer,
    Inspector,
];

/// Who may do something, given the party that the document names.
fn allowed(action: Action, approver: &str) -> &'static [Role] {
    use Action::{
        AnswerRevision, AnswerVariation, ApproveGrant, ApproveTarget, BringInInstrument, ChangeClock,
        ChangeCouncil, ClassifyPassage, CommentMeasure, ConfirmObligation, DecideQuestion, EditObligation,
        EnterAnchor, ExportChildren, ExportRegister, KeepPlan, LinkInstruments, LoadExtract,
        ManageOwnAccount, ManagePartners, ManagePeople, MarkOccurrence, NoteException, OpenEpisode,
        ReadAggregates, ReadIdentifiableChildren, ReadProgrammeClass, ReadPseudonymousChildren,
        ReadPublished, ReadSealedChildren, ReadWorkforce, RebaseChart, ReconcileTracker, RecordEscalation,
        RecordEvent, RecordLifting, RequestVariation, SearchProgramme, SetCouncilLimit, SetInterval,
        SetPlaces, SetTarget, SignRegister, UpdatePlanAction, VerifyOccurrence, VerifyPlan, ViewAccessLog,
        ViewCalendar, ViewChildren, ViewCoverage, ViewDuty, ViewFigures, ViewHistory, ViewHome, ViewLoads,
        ViewMeetings, ViewNotice, ViewPeople, ViewPlan, ViewStandards, ViewVariations,
    };
    match action {
        ViewNotice | ViewDuty | ViewCalendar | ViewCoverage | ViewMeetings | ViewVariations | ViewHistory
        | SearchProgramme | ExportRegister | ReadProgrammeClass | ViewStandards | ViewPlan => PROGRAMME,
        OpenEpisode | BringInInstrument | ConfirmObligation | EditObligation | EnterAnchor
        | DecideQuestion | ClassifyPassage | LinkInstruments | MarkOccurrence | ManagePartners
        | ChangeClock | KeepPlan => &[Director, ProgrammeManager],
        AnswerRevision => &[Chair],
        UpdatePlanAction => {
            &[Director, ProgrammeManager, HeadOfService, TeamManager, Analyst, DataSteward, Auditor, Partner]
        }
        RecordEvent | RequestVariation => &[Director, ProgrammeManager, Chair],
        SignRegister | VerifyOccurrence | ApproveTarget | VerifyPlan => {
            &[Director, Chair, DepartmentOfficial]
        }
        AnswerVariation | SetInterval => match approver {
            "department" | "ministers" => &[DepartmentOfficial],
            "board" | "chair" => &[Chair],
            "council" | "" => &[Director],
            _ => &[],
        },
        RecordEscalation | RecordLifting => &[DepartmentOfficial],
        ManagePeople | ChangeCouncil => &[Administrator],
        ApproveGrant | ViewAccessLog => &[Director, PrivacyOfficer],
        ViewPeople => &[Administrator, Director, PrivacyOfficer],
        ManageOwnAccount | ViewHome | ReadPublished => &Role::ALL,
        ReadAggregates | ViewFigures | ViewLoads => AGGREGATES,
        LoadExtract => &[Analyst, DataSteward],
        SetCouncilLimit => &[Director],
        ReadPseudonymousChildren | ViewChildren | ExportChildren | NoteException | ReconcileTracker => {
            &[Director, Analyst, DataSteward, HeadOfService, TeamManager]
        }
        CommentMeasure => &[Director, HeadOfService, Analyst, ProgrammeManager],
        SetTarget => &[Director, Analyst, ProgrammeManager],
        RebaseChart => &[Director, Analyst],
        SetPlaces => &[Director, Analyst, DataSteward],
        ReadIdentifiableChildren => &[HeadOfService, TeamManager],
        ReadSealedChildren => &[Director, HeadOfService, TeamManager],
        ReadWorkforce => &[Director],
    }
}

/// Approvals, exports of access and the Department's decisions: both factors within the last 15 minutes.
const STEPPED_UP: &[Action] = &[
    Action::AnswerRevision,
    Action::VerifyPlan,
    Action::SignRegister,
    Action::VerifyOccurrence,
    Action::ExportChildren,
    Action::ApproveTarget,
    Action::AnswerVariation,
    Action::SetInterval,
    Action::RecordEscalation,
    Action::RecordLifting,
    Action::ManagePeople,
    Action::ApproveGrant,
    Action::ChangeCouncil,
];

fn every_circumstance() -> Vec<Circumstances> {
    let accounts = [Account::Active, Account::Invited, Account::Disabled, Account::Expired];
    let grants = [
        GrantStatus::Current,
        GrantStatus::Ahead,
        GrantStatus::Expired,
        GrantStatus::Revoked,
        GrantStatus::Unapproved,
    ];
    let mut all = Vec::new();
    for account in accounts {
        for grant in grants {
            for bits in 0..16 {
                all.push(Circumstances {
                    account,
                    grant,
                    second_factor: bits & 1 != 0,
                    stepped_up: bits & 2 != 0,
                    same_council: bits & 4 != 0,
                    sealed: bits & 8 != 0,
                });
            }
        }
    }
    all
}

fn expected(role: Role, action: Action, circumstances: Circumstances, approver: &str) -> bool {
    circumstances.account == Account::Active
        && circumstances.grant == GrantStatus::Current
        && circumstances.second_factor
        && circumstances.same_council
        && (circumstances.stepped_up || !STEPPED_UP.contains(&action))
        && (action != Action::ReadSealedChildren || (circumstances.sealed && circumstances.stepped_up))
        && allowed(action, approver).contains(&role)
}

#[test]
fn every_role_may_do_what_the_rules_say_and_nothing_else() {
    let authoriser = Authoriser::new().unwrap();
    let (asked, wrong) = std::thread::scope(|scope| {
        let parts = Role::ALL.chunks(5).map(|roles| scope.spawn(|| compare(&authoriser, roles)));
        let parts: Vec<_> = parts.collect();
        let parts = parts.into_iter().map(|part| part.join().unwrap());
        parts.fold((0, Vec::new()), |(asked, wrong), part| (asked + part.0, [wrong, part.1].concat()))
    });
    assert_eq!(wrong, Vec::<String>::new());
    assert!(asked > 150_000, "{asked} questions asked");
}

fn compare(authoriser: &Authoriser, roles: &[Role]) -> (u32, Vec<String>) {
    let mut asked = 0;
    let mut wrong = Vec::new();
    for &action in Action::ALL {
        let depends = matches!(action, Action::AnswerVariation | Action::SetInterval);
        let approvers: &[&str] = if depends {
            &["", "department", "ministers", "board", "chair", "council", "ofsted"]
        } else {
            &[""]
        };
        for &role in roles {
            for circumstances in every_circumstance() {
                for approver in approvers {
                    asked += 1;
                    let answer = authoriser.allows(role, action, circumstances, approver);
                    if answer != expected(role, action, circumstances, approver) {
                        wrong.push(format!("{role:?} {action:?} {approver:?} {circumstances:?}: {answer}"));
                    }
                }
            }
        }
    }
    (asked, wrong)
}

#[test]
fn a_party_name_from_a_document_opens_nothing_by_its_spelling() {
    let authoriser = Authoriser::new().unwrap();
    let fresh = Circumstances {
        account: Account::Active,
        grant: GrantStatus::Current,
        second_factor: true,
        stepped_up: true,
        same_council: true,
        sealed: true,
    };
    for name in ["Department", "department ", "\" || true", "board\0", "*", "DEPARTMENT"] {
        for role in Role::ALL {
            assert!(!authoriser.allows(role, Action::AnswerVariation, fresh, name), "{role:?} {name:?}");
        }
    }
}

#[test]
fn elected_members_and_administrators_never_see_children() {
    let authoriser = Authoriser::new().unwrap();
    for circumstances in every_circumstance() {
        for role in [ElectedMember, Administrator] {
            for action in [
                Action::ReadPseudonymousChildren,
                Action::ReadIdentifiableChildren,
                Action::ReadSealedChildren,
            ] {
                assert!(!authoriser.allows(role, action, circumstances, ""));
            }
        }
    }
}

#[test]
fn every_action_has_its_place_in_the_schema_and_in_the_step_up_list() {
    let schema = include_str!("../../policies/headway.cedarschema");
    let words: BTreeSet<&str> = schema.split(|c: char| !c.is_alphanumeric()).collect();
    for action in Action::ALL {
        assert!(words.contains(action.name()), "{} is not in the schema", action.name());
        assert_eq!(action.needs_step_up(), STEPPED_UP.contains(action), "{}", action.name());
    }
}
