//! Printed labels of list items: `1`, `a`, `iv`, as Word and web pages count them.

/// `a` to `z`, then `aa`, `bb` as Word writes them. Nought has no letter.
pub(super) fn letters(number: u32) -> String {
    const REPEATED_AT_MOST: u32 = 10;
    let Some(index) = number.checked_sub(1) else { return "0".to_owned() };
    let repeated = index / 26 + 1;
    if repeated > REPEATED_AT_MOST {
        return number.to_string();
    }
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, repeated as usize).collect()
}

/// Roman numerals in lower case; beyond 3,999 there are none, so the number stands.
pub(super) fn roman(number: u32) -> String {
    const NUMERALS: &[(u32, &str)] = &[
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut numeral = String::new();
    for (value, letters) in NUMERALS {
        while rest >= *value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    numeral
}

/// `1st`, `2nd`, `11th`.
pub(super) fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
