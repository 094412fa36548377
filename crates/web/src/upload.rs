//! A form with files. The guard leaves multipart bodies unread, so their token is checked here, before any byte of a
//! file is kept.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use service::{GivenFile, Refusal};

use crate::errors;
use crate::fields::Fields;
use crate::guard::{Session, check_token};
use crate::viewer::Format;

/// The largest file taken, as the reader has it.
const LARGEST_FILE: usize = 100 * 1_000_000;
/// All files of one form together, as the reader of extracts has it.
const LARGEST_TOGETHER: usize = 256 * 1_000_000;
/// Fields beside the files are short.
const LARGEST_FIELD: usize = 64 * 1024;
/// A browser shows our answer only when its whole upload was taken, so somewhat more than the limit is read and thrown away.
const READ_AND_THROWN_AWAY: usize = 4 * LARGEST_FILE;

/// What a form with files sent.
#[derive(Debug, Default)]
pub struct Upload {
    /// The other fields.
    pub fields: Fields,
    /// The files, each under the name that the person's computer gave it, without folders. A name is text only: nothing
    /// is ever stored or read under it.
    pub files: Vec<GivenFile>,
    /// The names of files that were larger than the limit, alone or with those before them; they were thrown away.
    pub too_large: Vec<String>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let session = request.extensions().get::<Session>().and_then(|session| session.0.clone());
        let path = request.uri().path().to_owned();
        let refused = |refusal: Refusal| errors::answer(&refusal, Format::Html, &path);
        let session = session.ok_or_else(|| refused(Refusal::SignedOut))?;
        let parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        take(parts, |fields| check_token(&session, fields)).await.map_err(refused)
    }
}

/// Takes the parts of a body in order; the token stands before the files in each of our forms.
async fn take(
    mut parts: Multipart,
    check: impl Fn(&Fields) -> Result<(), Refusal>,
) -> Result<Upload, Refusal> {
    let mut upload = Upload::default();
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken_off())? {
        let name = part.name().unwrap_or_default().to_owned();
        if let Some(file_name) = part.file_name().map(plain_name) {
            check(&upload.fields)?;
            let room = LARGEST_FILE.min(LARGEST_TOGETHER.saturating_sub(upload.length()));
            match bytes_of(&mut part, room).await? {
                // A browser sends an empty part without a name where nothing was chosen.
                Some(bytes) if bytes.is_empty() && file_name.is_empty() => {}
                Some(bytes) => upload.files.push(GivenFile { name: file_name, bytes }),
                None => upload.too_large.push(file_name),
            }
            continue;
        }
        let bytes = bytes_of(&mut part, LARGEST_FIELD).await?;
        let bytes = bytes.ok_or_else(|| Refusal::invalid("", "The form is too large. Shorten it."))?;
        upload.fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    check(&upload.fields)?;
    Ok(upload)
}

impl Upload {
    fn length(&self) -> usize {
        self.files.iter().map(|file| file.bytes.len()).sum()
    }
}

/// The bytes of a part, or nothing when it is larger than the limit.
async fn bytes_of(part: &mut Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, Refusal> {
    let mut bytes = Vec::new();
    let mut taken = 0;
    while let Some(chunk) = part.chunk().await.map_err(|_| broken_off())? {
        taken += chunk.len();
        if taken <= limit {
            bytes.extend_from_slice(&chunk);
        } else if taken > READ_AND_THROWN_AWAY {
            break;
        } else {
            bytes = Vec::new();
        }
    }
    Ok((taken <= limit).then_some(bytes))
}

fn broken_off() -> Refusal {
    Refusal::invalid("", "The upload was broken off. Nothing was stored. Try again.")
}

/// The last part of a path, without control characters.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.chars().filter(|letter| !letter.is_control()).take(150).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const BODY: &str = "--b\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nright\r\n--b\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\notices\\\\../notice.txt\"\r\n\r\nThe words.\r\n--b--\r\n";

    async fn taken(body: &str) -> Result<Upload, Refusal> {
        let request = Request::builder()
            .header("content-type", "multipart/form-data; boundary=b")
            .body(Body::from(body.to_owned()))
            .expect("a request");
        let parts = Multipart::from_request(request, &()).await.expect("a multipart body");
        take(parts, |fields| match fields.text("form_token") {
            "right" => Ok(()),
            _ => Err(Refusal::NotFound),
        })
        .await
    }

    #[tokio::test]
    async fn a_file_comes_with_its_bare_name() {
        let upload = taken(BODY).await.expect("an upload");
        let [file] = upload.files.as_slice() else { panic!("{upload:?}") };
        assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("notice.txt", b"The words.".as_slice()));
    }

    #[tokio::test]
    async fn several_files_come_in_their_order_and_where_none_was_chosen_none_comes() {
        let file = |name: &str, text: &str| {
            format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
            )
        };
        let token = &BODY[..BODY.find("right").expect("a token") + "right\r\n".len()];
        let body = format!("{token}{}{}{}--b--\r\n", file("b.csv", "1"), file("a.csv", ""), file("", ""));
        let names: Vec<String> =
            taken(&body).await.expect("an upload").files.into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["b.csv", "a.csv"]);
    }

    #[tokio::test]
    async fn a_form_of_another_site_is_refused_before_its_file_is_read() {
        let forged = BODY.replace("right", "wrong");
        assert!(matches!(taken(&forged).await, Err(Refusal::NotFound)));
        let without =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n";
        assert!(matches!(taken(without).await, Err(Refusal::NotFound)));
    }

    #[tokio::test]
    async fn half_an_upload_stores_nothing() {
        let refused = taken(&BODY[..BODY.len() - 12]).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    }
}
