//! The whole way in: both factors, the cookie, the ways that stay closed.

use service::Role;

use super::*;
use crate::trial::{PASSWORD, Trial};

/// The code that an authenticator app shows at the moment of the tests.
fn code(secret: &[u8]) -> String {
    let totp = totp_rs::Builder::new().with_secret(secret.to_vec()).build().expect("an authenticator");
    totp.generate(crate::trial::now().as_second().unsigned_abs()).to_string()
}

/// The value of the session cookie that an answer sets.
fn session(cookie: &str) -> String {
    let value = cookie.strip_prefix("headway=").and_then(|rest| rest.split(';').next());
    value.expect("a session cookie").to_owned()
}

/// The token that the forms of a page carry.
fn token(body: &str) -> String {
    let value = body.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("a form with its token").to_owned()
}

async fn first_factor(trial: &Trial, password: &str) -> crate::trial::Answer {
    let form = format!(
        "email=independent-chair%40northmoor.example&password={}&back=/duties",
        password.replace(' ', "+")
    );
    trial.ask("POST", "/sign-in", None, &form).await
}

#[tokio::test]
async fn both_factors_open_a_session_and_one_opens_nothing() {
    let trial = Trial::new().await;
    let secret = trial.give_password(Role::Chair).await;
    let half = first_factor(&trial, PASSWORD).await;
    assert_eq!(half.location, "/sign-in/code?back=/duties");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(half.cookie.contains(part), "{}", half.cookie);
    }
    let half = session(&half.cookie);
    let turned = trial.ask("GET", "/", Some(&half), "").await;
    assert_eq!(turned.location, "/sign-in/code", "one factor opens nothing");

    let asked = trial.ask("GET", "/sign-in/code?back=/duties", Some(&half), "").await;
    let token = token(&asked.body);
    let wrong = format!("form_token={token}&code=000000&back=/duties");
    let wrong = trial.ask("POST", "/sign-in/code", Some(&half), &wrong).await;
    assert_eq!(wrong.status, 422);
    let right = format!("form_token={token}&code={}&back=/duties", code(&secret));
    let opened = trial.ask("POST", "/sign-in/code", Some(&half), &right).await;
    assert_eq!(opened.location, "/duties");
    let full = session(&opened.cookie);
    assert_ne!(full, half, "a new token with the second factor");
    assert_eq!(trial.ask("GET", "/", Some(&full), "").await.status, 200);
    assert_eq!(trial.ask("GET", "/", Some(&half), "").await.location, "/sign-in", "the old token is spent");

    let home = trial.ask("GET", "/", Some(&full), "").await;
    let out = format!("form_token={}", self::token(&home.body));
    let out = trial.ask("POST", "/sign-out", Some(&full), &out).await;
    assert_eq!(out.location, "/sign-in?done=signed-out");
    assert_eq!(trial.ask("GET", "/", Some(&full), "").await.location, "/sign-in");
}

#[tokio::test]
async fn known_and_unknown_accounts_get_the_same_words() {
    let trial = Trial::new().await;
    trial.give_password(Role::Chair).await;
    let known = first_factor(&trial, "a wrong password").await;
    let form = "email=nobody%40northmoor.example&password=a+wrong+password&back=/duties";
    let unknown = trial.ask("POST", "/sign-in", None, form).await;
    assert_eq!(known.status, 422);
    let without_address = |body: &str| body.replace("independent-chair@", "nobody@");
    assert_eq!(without_address(&known.body), without_address(&unknown.body));
    assert!(known.cookie.is_empty());
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let trial = Trial::new().await;
    trial.give_password(Role::Chair).await;
    for _ in 0..5 {
        assert_eq!(first_factor(&trial, "a wrong password").await.status, 422);
    }
    let slowed = first_factor(&trial, PASSWORD).await;
    assert_eq!(slowed.status, 429);
    assert!(slowed.body.contains("Wait 15 minutes"));
}

#[tokio::test]
async fn stepping_up_needs_the_password_too_and_changes_the_token() {
    let trial = Trial::new().await;
    let secret = trial.give_password(Role::Chair).await;
    let before = trial.session(Role::Chair, false).await;
    let wrong = format!("form_token=form-token&password=nonsense&code={}&back=/account", code(&secret));
    assert_eq!(trial.ask("POST", "/step-up", Some(&before), &wrong).await.status, 422);
    let password = PASSWORD.replace(' ', "+");
    let right = format!("form_token=form-token&password={password}&code={}&back=/account", code(&secret));
    let stepped = trial.ask("POST", "/step-up", Some(&before), &right).await;
    assert_eq!(stepped.location, "/account?done=stepped-up");
    let after = session(&stepped.cookie);
    assert_ne!(after, before);
    let shown = trial.ask("GET", "/account?done=stepped-up", Some(&after), "").await;
    assert!(shown.body.contains("You confirmed that it is you"));
    assert_eq!(trial.ask("GET", "/", Some(&before), "").await.location, "/sign-in");
}

#[tokio::test]
async fn an_invited_person_sets_up_their_account_and_the_address_works_once() {
    let trial = Trial::new().await;
    let form = "email=ada%40partner.example&name=Ada+Okafor&post=Chair";
    let invited = trial.post(Role::Administrator, "/people/new", form).await;
    let secret = invited.body.split("/invitation/").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let address = format!("/invitation/{secret}");
    assert!(!trial.get(None, &address).await.body.contains("data:image"), "opening it makes no secret");
    let started = trial.ask("POST", &address, None, "step=start").await;
    assert!(started.body.contains("data:image/svg+xml"));
    let totp = trial.state.service.prepared_second_factor(secret).await.unwrap();
    let weak = format!("step=finish&password=password1234&code={}", code(&totp));
    let weak = trial.ask("POST", &address, None, &weak).await;
    assert_eq!(weak.status, 422);
    assert!(weak.body.contains("href=\"#password\""));
    let strong = format!("step=finish&password=slow+teal+harbour+lantern&code={}", code(&totp));
    let opened = trial.ask("POST", &address, None, &strong).await;
    assert_eq!(opened.location, "/sign-in?done=account-ready");
    let again = trial.get(None, &address).await;
    assert_eq!(again.status, 404);
    assert!(again.body.contains("This invitation does not work"));
}

#[test]
fn the_way_back_never_leaves_this_site() {
    for foreign in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "",
        "/sign-out",
    ] {
        assert_eq!(local(foreign), "/", "{foreign}");
    }
    assert_eq!(local("/duties?bearer=board"), "/duties?bearer=board");
    assert_eq!(local("/notices/1#row"), "/notices/1");
    assert_eq!(
        with_back("/sign-in/code", "/duties?bearer=board"),
        "/sign-in/code?back=/duties%3Fbearer%3Dboard"
    );
}
