//! The verbs in which notices ask for things, and what they say about a duty's life: making a thing, or keeping it up.

/// Verbs that are hardly ever nouns.
const CLEAR: &[&str] = &[
    "achieve",
    "act",
    "adopt",
    "agree",
    "allocate",
    "analyse",
    "appoint",
    "apply",
    "arrange",
    "ask",
    "assess",
    "assist",
    "attend",
    "bring",
    "build",
    "carry",
    "clarify",
    "collaborate",
    "collate",
    "commission",
    "communicate",
    "complete",
    "comply",
    "conduct",
    "confirm",
    "consider",
    "consult",
    "continue",
    "convene",
    "co-operate",
    "cooperate",
    "co-ordinate",
    "create",
    "deliver",
    "demonstrate",
    "design",
    "determine",
    "develop",
    "disseminate",
    "draw",
    "eliminate",
    "embed",
    "enable",
    "engage",
    "ensure",
    "enter",
    "establish",
    "evaluate",
    "explain",
    "facilitate",
    "finalise",
    "follow",
    "formalise",
    "formulate",
    "fulfil",
    "give",
    "grant",
    "hold",
    "identify",
    "implement",
    "improve",
    "include",
    "incorporate",
    "inform",
    "integrate",
    "introduce",
    "invest",
    "invite",
    "keep",
    "launch",
    "maintain",
    "make",
    "manage",
    "meet",
    "mitigate",
    "nominate",
    "notify",
    "obtain",
    "operate",
    "oversee",
    "participate",
    "permit",
    "prepare",
    "present",
    "prioritise",
    "procure",
    "produce",
    "promote",
    "provide",
    "publish",
    "put",
    "recruit",
    "reduce",
    "refer",
    "remove",
    "replace",
    "require",
    "resolve",
    "respond",
    "retain",
    "revise",
    "satisfy",
    "secure",
    "seek",
    "send",
    "strengthen",
    "submit",
    "supply",
    "sustain",
    "tackle",
    "take",
    "undertake",
    "increase",
    "raise",
    "ring-fence",
    "verify",
    "write",
    "appraise",
    "minimise",
    "maximise",
    "roll",
    "recognise",
    "devise",
];

/// Verbs that are as often nouns: they need an object beside them to count.
const AMBIGUOUS: &[&str] = &[
    "address",
    "audit",
    "challenge",
    "check",
    "evidence",
    "exercise",
    "focus",
    "fund",
    "monitor",
    "plan",
    "record",
    "report",
    "respect",
    "review",
    "scrutinise",
    "set",
    "share",
    "support",
    "target",
    "test",
    "train",
    "transfer",
    "update",
    "use",
    "work",
];

/// Verbs that bring something into being; done once.
const MAKING: &[&str] = &[
    "adopt",
    "agree",
    "appoint",
    "arrange",
    "commission",
    "communicate",
    "complete",
    "consult",
    "create",
    "design",
    "develop",
    "devise",
    "disseminate",
    "draw",
    "enter",
    "establish",
    "formalise",
    "formulate",
    "finalise",
    "identify",
    "incorporate",
    "introduce",
    "launch",
    "nominate",
    "obtain",
    "prepare",
    "present",
    "procure",
    "produce",
    "publish",
    "put",
    "recruit",
    "review",
    "revise",
    "send",
    "set",
    "submit",
    "write",
    "prepared",
    "developed",
    "established",
    "agreed",
    "communicated",
    "disseminated",
];

/// Verbs that put a thing made to use, so that making and using are two duties.
const USING: &[&str] = &[
    "implement",
    "deliver",
    "monitor",
    "embed",
    "launch",
    "publish",
    "submit",
    "apply",
    "adopt",
    "enforce",
    "implemented",
    "monitored",
    "met",
    "delivered",
    "embedded",
    "applied",
    "published",
    "submitted",
];

/// Whether the word is a verb that can open a command without more ado.
pub fn is_clear_imperative(word: &str) -> bool {
    CLEAR.contains(&word)
}

/// Whether the word can be a verb when an object follows it.
pub fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(&word)
}

/// Whether the word can be the base form of a verb of duty, given the word after it.
pub fn is_base(word: &str, next: Option<&str>) -> bool {
    is_clear_imperative(word) || (is_ambiguous(word) && next.is_some_and(starts_object))
}

/// Words that follow a verb and not a noun of the same spelling.
fn starts_object(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "the",
        "a",
        "an",
        "its",
        "their",
        "all",
        "any",
        "each",
        "every",
        "to",
        "on",
        "with",
        "this",
        "these",
        "those",
        "that",
        "such",
        "out",
        "up",
        "how",
        "closely",
        "regularly",
    ];
    STARTS.contains(&word)
}

/// Whether the word is the -ing form of a verb of duty.
pub fn is_gerund(word: &str) -> bool {
    let Some(stem) = word.strip_suffix("ing") else { return false };
    if stem.len() < 2 {
        return false;
    }
    let known = |base: &str| is_clear_imperative(base) || is_ambiguous(base);
    let doubled = stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    known(stem) || known(&format!("{stem}e")) || (doubled && known(&stem[..stem.len() - 1]))
}

/// Whether the word is a past participle as notices use them.
pub fn is_participle(word: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "held",
        "kept",
        "made",
        "given",
        "taken",
        "met",
        "set",
        "put",
        "sent",
        "undertaken",
        "sought",
        "written",
        "shown",
        "drawn",
        "led",
        "paid",
        "had",
        "brought",
        "built",
        "overseen",
        "chosen",
        "done",
        "seen",
        "understood",
        "fed",
        "used",
    ];
    (word.ends_with("ed")
        && word.len() > 3
        && !matches!(word, "need" | "speed" | "indeed" | "exceed" | "proceed" | "succeed"))
        || IRREGULAR.contains(&word)
}

/// Whether doing it once is doing it.
pub fn is_making(word: &str) -> bool {
    let gerund = word
        .strip_suffix("ing")
        .is_some_and(|stem| MAKING.contains(&stem) || MAKING.contains(&format!("{stem}e").as_str()));
    MAKING.contains(&word) || gerund
}

/// Whether it puts to use what another verb makes.
pub fn is_using(word: &str) -> bool {
    USING.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_that_look_like_verbs_need_an_object() {
        assert!(is_base("report", Some("the")));
        assert!(!is_base("report", Some("published")));
        assert!(is_base("ensure", None));
    }

    #[test]
    fn gerunds_follow_their_verbs() {
        for word in ["ensuring", "establishing", "setting", "providing", "commissioning"] {
            assert!(is_gerund(word), "{word}");
        }
        assert!(!is_gerund("meaning"));
    }
}
