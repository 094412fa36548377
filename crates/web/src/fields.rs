//! The fields of a submitted form, as text. The guard has checked the form's token before a handler sees them.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::civil::Date;
use service::Problem;
use vocabulary::date::PartialDate;

/// The fields of a form, in order; a name may stand several times.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The fields of a body or query in form encoding.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded(encoded))
    }

    /// The first value of a name, without the blanks around it; empty when it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a name, blanks taken off and empty ones left out.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.0.iter().filter(move |(known, _)| known == name);
        of_name.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The value of a name, if it is not empty.
    pub fn maybe(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// A whole number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// A date from the three parts `<name>-day`, `<name>-month`, `<name>-year`, or an ISO date under the name itself.
    /// An absent date is nothing; a wrong one is a problem of the field.
    pub fn maybe_day(&self, name: &'static str) -> Result<Option<Date>, Problem> {
        match self.maybe_partial_date(name)? {
            None => Ok(None),
            Some(PartialDate::Day(day)) => Ok(Some(day)),
            Some(_) => Err(Problem::new(name, "Enter the day, the month and the year.")),
        }
    }

    /// A date that must be there.
    pub fn day(&self, name: &'static str) -> Result<Date, Problem> {
        self.maybe_day(name)?.ok_or_else(|| Problem::new(name, "Enter a date, such as 4 6 2026."))
    }

    /// A date as exactly as it is known: the day may be left out.
    pub fn maybe_partial_date(&self, name: &'static str) -> Result<Option<PartialDate>, Problem> {
        let wrong = || Problem::new(name, "Enter a real date, such as 4 6 2026.");
        if let Some(iso) = self.maybe(name) {
            return PartialDate::parse(iso).map(Some).ok_or_else(wrong);
        }
        let part = |part: &str| self.text(&format!("{name}-{part}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Ok(None);
        }
        let year: i16 = year.parse().ok().filter(|year| (1989..=2100).contains(year)).ok_or_else(wrong)?;
        let month: i8 = month.parse().map_err(|_| wrong())?;
        if day.is_empty() {
            return Date::new(year, month, 1)
                .map(|_| Some(PartialDate::Month { year, month }))
                .map_err(|_| wrong());
        }
        let day: i8 = day.parse().map_err(|_| wrong())?;
        Date::new(year, month, day).map(|day| Some(PartialDate::Day(day))).map_err(|_| wrong())
    }
}

/// Decodes `a=1&b=2`, with `+` for a blank and `%` escapes.
pub fn form_urlencoded(encoded: &[u8]) -> Vec<(String, String)> {
    let decode = |part: &[u8]| {
        let mut bytes = Vec::with_capacity(part.len());
        let mut rest = part.iter();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let digits = rest.as_slice().get(..2).and_then(|two| std::str::from_utf8(two).ok());
                    match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                        Some(byte) => {
                            bytes.push(byte);
                            rest.nth(1);
                        }
                        None => bytes.push(b'%'),
                    }
                }
                byte => bytes.push(*byte),
            }
        }
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
    };
    let pairs = encoded.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (decode(&pair[..at]), decode(&pair[at + 1..])),
            None => (decode(pair), String::new()),
        })
        .collect()
}

impl<S: Send + Sync> FromRequestParts<S> for Fields {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::BAD_REQUEST)
    }
}

/// The fields of the address's query: filters stand there, so that a filtered page has an address.
#[derive(Clone, Debug, Default)]
pub struct Asked(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Fields::parse(parts.uri.query().unwrap_or("").as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_with_blanks_escapes_and_repeated_names() {
        let fields = Fields::parse(b"row=a+b&row=%C3%A9&title=50%25&empty=&odd=%zz");
        assert_eq!(fields.all("row").collect::<Vec<_>>(), ["a b", "é"]);
        assert_eq!(fields.text("title"), "50%");
        assert_eq!(fields.maybe("empty"), None);
        assert_eq!(fields.text("odd"), "%zz");
    }

    #[test]
    fn a_date_may_lack_its_day_but_never_its_year() {
        let month = Fields::parse(b"on-day=&on-month=12&on-year=2012");
        assert_eq!(month.maybe_partial_date("on").unwrap().unwrap().to_string(), "2012-12");
        assert!(month.day("on").is_err());
        assert!(Fields::parse(b"on-day=27&on-month=7&on-year=").maybe_partial_date("on").is_err());
        assert!(Fields::parse(b"on-day=31&on-month=2&on-year=2026").day("on").is_err());
    }
}
