//! What a finding speaks of: its topic, the children or staff, the service, and the word that limits it.

/// Topics in the register's words, the specific before the general, with the words that give them.
const TOPICS: [(&str, &[&str]); 32] = [
    ("private fostering", &["privately fostered", "private fostering"]),
    ("section 20", &["section 20"]),
    (
        "allegations against professionals",
        &["designated officer", "allegations against", "allegations of professional"],
    ),
    (
        "missing children",
        &[
            "missing from home",
            "missing from care",
            "go missing",
            "goes missing",
            "who are missing",
            "missing episode",
            "return home interview",
            "missing children",
            "return interview",
        ],
    ),
    ("child exploitation", &["exploitation", "exploited"]),
    (
        "pre-proceedings",
        &["public law outline", "pre-proceedings", "plo", "legal planning", "letters before proceedings"],
    ),
    ("homeless young people", &["homeless"]),
    (
        "disabled children",
        &["disabled children", "children who have disabilities", "children with disabilities"],
    ),
    ("unaccompanied children", &["unaccompanied"]),
    ("supervision", &["supervision"]),
    (
        "workforce",
        &[
            "caseload",
            "workforce",
            "turnover",
            "recruit",
            "vacanc",
            "agency staff",
            "changes of social worker",
            "changes in social worker",
            "unallocated",
        ],
    ),
    ("permanence", &["permanence", "permanent home", "long-term match"]),
    ("adoption", &["adopt"]),
    ("placements", &["placement", "sufficiency", "foster", "children's home", "special guardian"]),
    ("care leavers", &["care leaver", "pathway plan", "personal adviser", "leaving care"]),
    (
        "independent reviewing",
        &["independent reviewing", "iro", "child protection chair", "conference chair"],
    ),
    ("quality assurance", &["audit", "quality assurance", "dip sampl"]),
    (
        "performance information",
        &[
            "performance information",
            "performance data",
            "performance management",
            "data",
            "performance report",
        ],
    ),
    ("management oversight", &["management oversight", "managers", "management direction", "oversight"]),
    ("domestic abuse", &["domestic abuse", "domestic violence"]),
    ("neglect", &["neglect"]),
    ("early help", &["early help", "early-help", "family hub"]),
    (
        "thresholds and referrals",
        &[
            "threshold",
            "referral",
            "contact",
            "front door",
            "mash",
            "safeguarding hub",
            "strategy discussion",
            "strategy meeting",
            "section 47",
        ],
    ),
    ("health", &["health"]),
    ("education", &["education", "virtual school", "attainment", "school"]),
    ("assessment", &["assessment", "chronolog", "risk"]),
    ("planning", &["plan", "core group"]),
    ("visits and direct work", &["visit", "direct work", "life-story", "life story"]),
    (
        "voice of the child",
        &["views", "voice", "wishes and feelings", "participation", "children in care council", "advocacy"],
    ),
    ("partnership", &["partner", "multi-agency", "agencies"]),
    (
        "leadership",
        &[
            "leader",
            "leadership",
            "elected members",
            "corporate parent",
            "governance",
            "director",
            "improvement board",
            "pace of",
        ],
    ),
    ("practice quality", &["practice", "social worker", "outcomes"]),
];

/// Words that limit a statement; the longest that fits at the earliest place is taken.
const HEDGES: [&str; 34] = [
    "almost all",
    "nearly all",
    "not all",
    "not always",
    "not yet",
    "the vast majority of",
    "the vast majority",
    "the large majority of",
    "the majority of",
    "a majority of",
    "a small number of",
    "a very small number of",
    "a minority of",
    "a few",
    "a significant number of",
    "a number of",
    "in some cases",
    "in most cases",
    "in a small number of cases",
    "some aspects of",
    "some",
    "most",
    "many",
    "mostly",
    "too many",
    "too often",
    "often",
    "usually",
    "generally",
    "largely",
    "occasionally",
    "in some areas",
    "sometimes",
    "several",
];

/// Groups of children and staff, the longer phrases first.
const GROUPS: [&str; 26] = [
    "children looked after under section 20",
    "children subject to a child protection plan",
    "children subject to child protection plans",
    "children subject to child in need plans",
    "children accommodated under section 20",
    "children missing from home and care",
    "children missing from care",
    "children missing from home",
    "children at risk of child sexual exploitation",
    "children at risk of sexual exploitation",
    "children at risk of exploitation",
    "children at risk of significant harm",
    "unaccompanied asylum-seeking children",
    "privately fostered children",
    "children looked after",
    "looked after children",
    "children in care",
    "children in need",
    "disabled children",
    "children under five",
    "care leavers",
    "young carers",
    "children and young people",
    "young people",
    "social workers",
    "children",
];

/// The topic of a sentence.
pub(crate) fn topic(sentence: &str) -> Option<String> {
    let lower = straight(sentence);
    TOPICS
        .iter()
        .find(|(_, words)| words.iter().any(|word| has_word(&lower, word)))
        .map(|(topic, _)| (*topic).to_owned())
}

/// The limiting word, as printed.
pub(crate) fn hedge(sentence: &str) -> Option<String> {
    let lower = straight(sentence);
    HEDGES
        .iter()
        .filter_map(|hedge| whole_word(&lower, hedge).map(|at| (at, std::cmp::Reverse(hedge.len()), *hedge)))
        .min()
        .map(|(_, _, hedge)| hedge.trim_end_matches(" of").to_owned())
}

/// The children or staff, with the number printed before them and the section or age after.
pub(crate) fn cohort(sentence: &str) -> Option<String> {
    let lower = straight(sentence);
    let (at, group) = GROUPS.iter().find_map(|group| whole_word(&lower, group).map(|at| (at, *group)))?;
    let before = lower[..at].trim_end();
    let number = before.rsplit(' ').next().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let mut cohort = number.map_or(String::new(), |number| format!("{number} "));
    cohort.push_str(group);
    let after = &lower[at + group.len()..];
    if let Some(rest) = after.strip_prefix(" under section ") {
        let section: String = rest.chars().take_while(char::is_ascii_digit).collect();
        cohort.push_str(&format!(" under section {section}"));
    } else if after.starts_with(" under five") && !group.ends_with("five") {
        cohort.push_str(" under five");
    }
    let general = matches!(group, "children" | "young people" | "social workers");
    (number.is_some() || !general || cohort.len() > group.len()).then_some(cohort)
}

/// The service or team: the words before "team", "service", "hub" or "panel" that name it.
pub(crate) fn service_area(sentence: &str) -> Option<String> {
    const LONGEST_NAME: usize = 5;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.iter().enumerate().find_map(|(index, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !matches!(bare.as_str(), "team" | "teams" | "service" | "hub" | "panel") {
            return None;
        }
        let from = index.saturating_sub(LONGEST_NAME);
        let name_from = (from..index).rev().take_while(|at| names_service(words[*at])).last()?;
        let name = words[name_from..=index].join(" ");
        Some(name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned())
    })
}

fn names_service(word: &str) -> bool {
    const NOT_A_NAME: [&str; 63] = [
        "the",
        "a",
        "an",
        "this",
        "these",
        "those",
        "their",
        "its",
        "all",
        "some",
        "most",
        "many",
        "of",
        "in",
        "to",
        "for",
        "by",
        "with",
        "from",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "be",
        "has",
        "have",
        "each",
        "other",
        "new",
        "across",
        "within",
        "between",
        "that",
        "which",
        "who",
        "where",
        "when",
        "need",
        "and",
        "good",
        "effective",
        "responsive",
        "inspection",
        "any",
        "every",
        "one",
        "two",
        "into",
        "as",
        "or",
        "own",
        "timely",
        "senior",
        "current",
        "support",
        "several",
        "different",
        "better",
        "into",
        "our",
        "no",
    ];
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    !bare.is_empty()
        && !word.ends_with([',', ';', ':', '.'])
        && (bare == "support" || !NOT_A_NAME.contains(&bare))
        && !bare.ends_with("ly")
}

fn straight(text: &str) -> String {
    text.replace(['’', '‘'], "'").to_lowercase()
}

/// The topic words are stems: they count at the start of a word.
fn has_word(lower: &str, stem: &str) -> bool {
    let bytes = lower.as_bytes();
    let short = stem.len() <= 4;
    lower.match_indices(stem).any(|(at, _)| {
        let starts = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        let end = at + stem.len();
        starts
            && (!short
                || end == lower.len()
                || !bytes[end].is_ascii_alphanumeric()
                || lower[end..].starts_with('s'))
    })
}

fn whole_word(lower: &str, phrase: &str) -> Option<usize> {
    let bytes = lower.as_bytes();
    lower.match_indices(phrase).map(|(at, _)| at).find(|at| {
        let end = at + phrase.len();
        (*at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
            && (end == lower.len() || !bytes[end].is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cohort_keeps_its_number_and_section() {
        let sentence = "Managers are improving practice for 31 children looked after under section 20 in the outreach service.";
        assert_eq!(cohort(sentence).as_deref(), Some("31 children looked after under section 20"));
        assert_eq!(service_area(sentence).as_deref(), Some("outreach service"));
        assert_eq!(topic(sentence).as_deref(), Some("section 20"));
    }

    #[test]
    fn the_earliest_limiting_word_is_the_hedge() {
        assert_eq!(hedge("In some cases, most plans are late.").as_deref(), Some("in some cases"));
        assert_eq!(hedge("A small number of children wait.").as_deref(), Some("a small number"));
        assert_eq!(hedge("Children are safe.").as_deref(), None);
    }
}
