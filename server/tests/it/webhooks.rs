//! Webhooks, from what happens to a link to what a receiver gets.

use domain::{
    EndpointId, EndpointState, MessageId, Permission, ProblemCode, Role, Secret, WebhookEvents, WebhookUrl,
};
use services::{Clock as _, EndpointOutcome, NewEndpoint, Operator};
use storage::{Job, JobKind};

use crate::support::{
    Answer, Browser, KEY, PASSWORD, Receiver, Reply, Script, TestApp, USERNAME, signature_of,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const REFUSED: Script = Script::Fails(ProblemCode::CredentialsRejected);
const DOWN: Script = Script::Fails(ProblemCode::UkgUnavailable);

async fn app() -> TestApp {
    TestApp::with(&[("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8")]).await
}

/// An endpoint for these events, all when there are none; its id and secret.
async fn endpoint(app: &TestApp, receiver: &Receiver, events: &str) -> (EndpointId, Secret) {
    let events = if events.is_empty() { WebhookEvents::All } else { events.parse().unwrap() };
    let new = NewEndpoint { url: WebhookUrl::parse(&receiver.url()).unwrap(), events };
    let added = app.services.add_endpoint_here(Operator::at_command_line(), new).await.unwrap();
    let EndpointOutcome::Done(created) = added else { panic!("{added:?}") };
    (created.id, created.secret)
}

async fn take(app: &TestApp) -> Vec<Job> {
    app.services.take_jobs(JobKind::Webhook, 100).await.unwrap()
}

/// Sends what is due, as the server's worker does; how many jobs that were.
async fn deliver(app: &TestApp) -> usize {
    let jobs = take(app).await;
    for job in &jobs {
        app.services.do_job(job).await.unwrap();
    }
    jobs.len()
}

/// The same once anything is due; how long that took.
async fn deliver_next(app: &TestApp) -> i64 {
    let wait = app.services.next_job(JobKind::Webhook).await.unwrap().unwrap();
    app.clock.advance(wait);
    assert_eq!(deliver(app).await, 1);
    wait
}

async fn recheck(app: &TestApp) {
    let wait = app.services.next_job(JobKind::Recheck).await.unwrap().unwrap();
    app.clock.advance(wait);
    for job in app.services.take_jobs(JobKind::Recheck, 100).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
}

async fn state_of(app: &TestApp, id: EndpointId) -> EndpointState {
    let all = app.services.endpoints_here(Operator::at_command_line()).await.unwrap();
    all.iter().find(|view| view.endpoint.id == id).unwrap().endpoint.state
}

/// What became of the endpoint's messages, by number.
async fn states(app: &TestApp) -> String {
    app.value("SELECT sequence || ' ' || state FROM webhook_delivery ORDER BY sequence").await
}

/// The secret that an answer shows this once.
fn secret_in(answer: &Answer) -> Secret {
    let shown = answer.attribute("value").into_iter().find(|value| value.starts_with("whsec_")).unwrap();
    Secret::new(shown.to_owned())
}

async fn owner(app: &TestApp) -> Browser {
    app.as_staff(Role::Owner).await
}

#[tokio::test]
async fn a_receiver_is_told_of_each_step_to_a_linked_account_in_order() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "").await;

    let admin = app.linked_admin().await;
    assert_eq!(deliver(&app).await, 1);

    let expected = ["link.opened", "link.step_saved", "link.step_saved", "link.step_saved", "link.linked"];
    assert_eq!(receiver.events(), expected);
    let mut received = receiver.received();
    received.sort_by_key(|one| one.sequence());
    let numbers: Vec<u64> = received.iter().map(|one| one.sequence()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    let linked = received.last().unwrap().json();
    let data = &linked["data"];
    assert_eq!(data["link_id"], admin.link.to_string());
    assert_eq!(data["customer"], "Contoso Health");
    assert_eq!(data["status"], "linked");
    assert_eq!(data["previous_status"], "checking");
    assert_eq!(data["who_acts"], "nobody");
    assert_eq!(data["problem"], serde_json::Value::Null);
    assert_eq!(data["host"], "service4.ultipro.com");
    assert_eq!(data["permissions"]["missing"], serde_json::json!([]));
    assert_eq!(received[1].json()["data"]["step"], "key");
    assert!(linked["timestamp"].as_str().unwrap().ends_with('Z'), "{linked}");
    assert_eq!(deliver(&app).await, 0, "nothing is left");
}

#[tokio::test]
async fn a_status_that_changes_by_itself_is_told_and_nothing_else_is() {
    let (app, receiver) = (app().await, Receiver::new().await);
    app.linked_admin().await;
    endpoint(&app, &receiver, "").await;
    let told = async |script: Script| {
        receiver.forget();
        app.ukg.answers(script);
        recheck(&app).await;
        deliver(&app).await;
        receiver.events()
    };

    assert_eq!(told(Script::Linked).await, [""; 0], "all is as it was");
    assert_eq!(told(DOWN).await, ["link.attention"]);
    assert_eq!(told(DOWN).await, [""; 0], "that is known");
    assert_eq!(told(Script::Linked).await, ["link.recovered"]);
    assert_eq!(told(Script::Gaps).await, ["link.gaps_changed"]);
    let gaps = receiver.received().pop().unwrap().json();
    let missing = gaps["data"]["permissions"]["missing"].as_array().unwrap().len();
    assert!(missing > 1, "{gaps}");
    assert_eq!(gaps["data"]["permissions"]["lost"].as_array().unwrap().len(), missing);
    assert_eq!(told(Script::Gaps).await, [""; 0], "the same are missing");
    assert_eq!(told(REFUSED).await, ["link.attention"]);
    assert_eq!(told(REFUSED).await, ["link.broken"]);
    let broken = receiver.received().pop().unwrap().json();
    assert_eq!(broken["data"]["problem"], "credentials_rejected");
    assert_eq!(broken["data"]["who_acts"], "customer");
}

#[tokio::test]
async fn regained_permissions_and_a_recovery_are_both_told() {
    let (app, receiver) = (app().await, Receiver::new().await);
    app.checked_admin(Script::Gaps).await;
    endpoint(&app, &receiver, "").await;
    app.ukg.answers(DOWN);
    recheck(&app).await;
    app.ukg.answers(Script::Linked);

    recheck(&app).await;
    deliver(&app).await;

    assert_eq!(receiver.events(), ["link.attention", "link.recovered", "link.gaps_changed"]);
    let gaps = receiver.received().into_iter().find(|one| one.event() == "link.gaps_changed").unwrap().json();
    assert_eq!(gaps["data"]["permissions"]["missing"], serde_json::json!([]));
    assert!(!gaps["data"]["permissions"]["regained"].as_array().unwrap().is_empty(), "{gaps}");
}

#[tokio::test]
async fn a_check_that_does_not_link_is_told_with_the_reason_and_an_end_too() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "link.check_failed,link.disconnected").await;
    let mut admin = app.checked_admin(REFUSED).await;
    admin.post("disconnect", &[("confirm", "yes")]).await;

    deliver(&app).await;

    assert_eq!(
        receiver.events(),
        ["link.check_failed", "link.disconnected"],
        "and what nobody asked for is not"
    );
    let failed = &receiver.received()[0].json()["data"];
    assert_eq!(failed["problem"], "credentials_rejected");
    assert_eq!(failed["status"], "in_progress");
}

#[tokio::test]
async fn a_paused_link_that_goes_on_is_no_news() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let admin = app.linked_admin().await;
    endpoint(&app, &receiver, "").await;
    let mut staff = app.as_staff(Role::Support).await;

    for act in ["pause", "resume"] {
        staff.post(&format!("/desk/links/{}/{act}", admin.link), &[]).await;
    }

    assert_eq!(deliver(&app).await, 0);
}

#[tokio::test]
async fn an_invite_that_ran_out_is_told_once_and_one_that_was_withdrawn_is_not() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "invite.expired").await;
    let expired = app.invite_for("Contoso", &[], 3_600).await;
    let withdrawn = app.invite_for("Fabrikam", &[], 3_600).await;
    app.revoke(&withdrawn).await;

    app.services.tell_of_time().await.unwrap();
    assert_eq!(deliver(&app).await, 0, "not before its time");
    app.clock.advance(HOUR);
    app.as_staff(Role::Support).await.get("/desk").await;
    app.services.tell_of_time().await.unwrap();
    deliver(&app).await;

    assert_eq!(receiver.events(), ["invite.expired"]);
    let data = &receiver.received()[0].json()["data"];
    assert_eq!(data["link_id"], expired.link.to_string());
    assert_eq!([&data["who_acts"], &data["problem"]], ["us", "invite_expired"], "as the desk says");
    assert!(data["invite_id"].as_str().unwrap().starts_with("inv_"));
    app.invite_again(expired.link).await;
    app.clock.advance(15 * DAY);
    app.services.tell_of_time().await.unwrap();
    deliver(&app).await;
    assert_eq!(receiver.events().len(), 2, "the next one ran out too");
}

#[tokio::test]
async fn an_administrator_who_does_not_go_on_is_told_once_per_pause() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "invite.abandoned").await;
    let mut admin = app.admin().await;
    let look = async || {
        app.services.tell_of_time().await.unwrap();
        deliver(&app).await;
        receiver.events().len()
    };

    app.clock.advance(DAY - MINUTE);
    assert_eq!(look().await, 0);
    app.clock.advance(MINUTE);
    assert_eq!((look().await, look().await), (1, 1));
    app.clock.advance(DAY);
    assert_eq!(look().await, 1, "it is the same pause");
    admin.post("key", &[("key", KEY)]).await;
    app.clock.advance(DAY + MINUTE);
    assert_eq!((look().await, look().await), (2, 2));
    assert_eq!(receiver.events(), ["invite.abandoned"; 2]);
}

#[tokio::test]
async fn a_message_that_fails_is_tried_again_with_its_id_and_keeps_no_other_waiting() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "").await;
    receiver.chokes_on("link.opened");
    app.linked_admin().await;

    deliver(&app).await;
    assert_eq!(states(&app).await, "1 waiting,2 delivered,3 delivered,4 delivered,5 delivered");
    let mut waits = Vec::new();
    for _ in 0..6 {
        waits.push(deliver_next(&app).await);
    }
    receiver.takes_all();
    waits.push(deliver_next(&app).await);

    assert!(waits[0] >= 3_000 && waits[0] <= 7_000, "{waits:?}");
    assert!(waits[6] > 60_000, "it is tried less and less often: {waits:?}");
    let first: Vec<_> = receiver.received().into_iter().filter(|one| one.sequence() == 1).collect();
    assert_eq!(first.len(), 8);
    assert!(first.iter().all(|one| one.id == first[0].id && one.body == first[0].body));
    assert_eq!(states(&app).await, "1 delivered,2 delivered,3 delivered,4 delivered,5 delivered");
    assert_eq!(app.value("SELECT CAST(count(*) AS TEXT) FROM webhook_attempt").await, "7");
}

#[tokio::test]
async fn after_three_days_a_message_is_given_up_and_can_be_sent_again() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "link.opened").await;
    receiver.chokes_on("link.opened");
    app.admin().await;
    deliver(&app).await;
    let began = app.clock.now().as_millis();

    while states(&app).await == "1 waiting" {
        deliver_next(&app).await;
        assert!(app.clock.now().as_millis() - began <= 3 * DAY, "it is tried for three days");
    }

    assert_eq!(states(&app).await, "1 failed");
    assert!(app.clock.now().as_millis() - began >= 3 * DAY - HOUR);
    let tries = receiver.received().len();
    assert!((15..40).contains(&tries), "{tries}");
    receiver.takes_all();
    let mut owner = owner(&app).await;
    let page = owner.get(&format!("/desk/webhooks/{id}?state=failed")).await;
    let page = page.text();
    assert!(page.contains("Given up") && page.contains("500"), "{page}");
    let again = owner.post(&format!("/desk/webhooks/{id}"), &[("do", "replay")]).await;
    assert_eq!(again.location(), format!("/desk/webhooks/{id}?said=replayed"));
    assert_eq!(deliver(&app).await, 1);
    assert_eq!(states(&app).await, "1 delivered");
    let received = receiver.received();
    assert_eq!(received.first().unwrap().id, received.last().unwrap().id);
}

#[tokio::test]
async fn a_receiver_that_asks_to_be_left_alone_is() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "").await;
    receiver.replies(&[Reply(429, Some("120"))]);
    let mut admin = app.admin().await;
    deliver(&app).await;
    admin.post("key", &[("key", KEY)]).await;

    assert_eq!(deliver(&app).await, 1, "what happens wakes its job");
    assert_eq!(receiver.received().len(), 1, "but it is asked nothing");
    let waited = deliver_next(&app).await;

    assert!((119_000..=121_000).contains(&waited), "{waited}");
    assert_eq!(receiver.events(), ["link.opened", "link.step_saved"]);
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_told_of_nothing_more_until_an_owner_says_so() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "").await;
    receiver.replies(&[Reply(410, None)]);
    let mut admin = app.admin().await;
    deliver(&app).await;

    assert_eq!(state_of(&app, id).await, EndpointState::Gone);
    assert_eq!(app.audited("webhook_gone").await, 1);
    admin.post("key", &[("key", KEY)]).await;
    assert_eq!((deliver(&app).await, receiver.received().len()), (0, 1));
    let mut owner = owner(&app).await;
    let page = owner.get(&format!("/desk/webhooks/{id}")).await;
    let page = page.text();
    assert!(page.contains("Switched off"), "{page}");

    owner.post(&format!("/desk/webhooks/{id}"), &[("do", "resume")]).await;
    deliver(&app).await;
    assert_eq!(receiver.events(), ["link.opened"], "what had been written before is sent");
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "link.opened").await;
    receiver.replies(&[Reply(302, None)]);
    app.admin().await;

    deliver(&app).await;

    assert_eq!(receiver.received().len(), 1);
    assert_eq!(app.value("SELECT problem FROM webhook_delivery").await, "redirect");
}

#[tokio::test]
async fn an_endpoint_that_fails_again_and_again_is_asked_with_one_message_at_a_time() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "link.opened").await;
    receiver.chokes_on("webhook.test");
    let mut owner = owner(&app).await;
    for _ in 0..30 {
        owner.post(&format!("/desk/webhooks/{id}"), &[("do", "test")]).await;
    }

    deliver(&app).await;
    let first = receiver.received().len();
    assert!((8..=16).contains(&first), "{first}");
    for round in 1..=5 {
        deliver_next(&app).await;
        assert_eq!(receiver.received().len(), first + round, "one message asks");
    }
    receiver.takes_all();
    for _ in 0..60 {
        if !states(&app).await.contains("waiting") {
            break;
        }
        deliver_next(&app).await;
    }

    assert!(!states(&app).await.contains("waiting"), "{}", states(&app).await);
    assert_eq!(receiver.events().len(), 30);
}

#[tokio::test]
async fn messages_that_were_given_up_are_told_of_with_the_background_work() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "link.opened").await;
    let mut staff = app.as_staff(Role::Support).await;
    assert!(staff.get("/desk/work").await.text().contains("Nothing was given up on"));
    receiver.replies(&[Reply(503, None)]);
    app.admin().await;
    deliver(&app).await;
    app.database.change("UPDATE webhook_delivery SET give_up_at = 1;").await;
    receiver.replies(&[Reply(503, None)]);
    deliver_next(&app).await;
    assert_eq!(states(&app).await, "1 failed");

    let page = staff.get("/desk/work").await;

    assert!(page.text().contains("did not take a message for three days"), "{}", page.text());
    assert!(page.text().contains(&format!("href=\"/desk/webhooks/{id}\"")));
    assert!(!page.text().contains("Nothing was given up on"));
    let lost = app.services.lost_messages().await.unwrap();
    assert_eq!(lost.iter().map(|lost| lost.messages).sum::<u64>(), 1, "for the metrics");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_replaces_the_secret_once() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "").await;
    let mut owner = owner(&app).await;
    let page = format!("/desk/webhooks/{id}/secret");
    let since = |answer: &Answer| {
        answer.text().split(r#"name="since""#).nth(1).unwrap().split('"').nth(1).unwrap().to_owned()
    };
    let first = since(&owner.get(&page).await);
    let made = owner.post(&page, &[("since", &first)]).await;
    let secret = secret_in(&made);
    let seeds = app.value("SELECT hex(seed) || hex(old_seed) FROM webhook_endpoint").await;

    let again = owner.post(&page, &[("since", &first)]).await;

    assert_eq!(again.location(), format!("/desk/webhooks/{id}?said=replaced"));
    assert!(owner.get(again.location()).await.text().contains("was replaced already"));
    assert_eq!(app.value("SELECT hex(seed) || hex(old_seed) FROM webhook_endpoint").await, seeds);
    app.clock.advance(1);
    let next = since(&owner.get(&page).await);
    assert_ne!(next, first);
    let replaced = owner.post(&page, &[("since", &next)]).await;
    assert_ne!(secret_in(&replaced).expose(), secret.expose(), "who asks again gets another");
}

#[tokio::test]
async fn messages_are_signed_with_both_secrets_while_one_is_replaced() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, first) = endpoint(&app, &receiver, "").await;
    let mut owner = owner(&app).await;
    let send = async |owner: &mut Browser| {
        owner.post(&format!("/desk/webhooks/{id}"), &[("do", "test")]).await;
        deliver(&app).await;
        receiver.received().pop().unwrap()
    };

    let before = send(&mut owner).await;
    assert_eq!(before.signature, signature_of(&first, &before));
    let answer = owner.post(&format!("/desk/webhooks/{id}/secret"), &[]).await;
    let second = secret_in(&answer);
    assert_ne!(first.expose(), second.expose());

    let both = send(&mut owner).await;
    assert_eq!(both.signature, format!("{} {}", signature_of(&second, &both), signature_of(&first, &both)));
    app.clock.advance(DAY);
    let mut owner = self::owner(&app).await;
    let after = send(&mut owner).await;
    assert_eq!(after.signature, signature_of(&second, &after));
    assert_eq!(after.timestamp.parse::<i64>().unwrap(), app.clock.now().as_millis() / 1_000);
    for page in [format!("/desk/webhooks/{id}"), "/desk/webhooks".to_owned(), "/desk/audit".to_owned()] {
        assert!(!owner.get(&page).await.text().contains("whsec_"), "{page}");
    }
}

#[tokio::test]
async fn a_worker_that_comes_back_late_writes_nothing() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "link.opened").await;
    app.admin().await;
    let late = take(&app).await.pop().unwrap();
    app.clock.advance(HOUR);
    let held = take(&app).await.pop().unwrap();

    app.services.do_job(&late).await.unwrap();
    assert_eq!(states(&app).await, "1 waiting", "the lease was over");
    app.services.do_job(&held).await.unwrap();

    assert_eq!(states(&app).await, "1 delivered");
    let received = receiver.received();
    assert_eq!((received.len(), &received[0].id), (2, &received[1].id), "sent twice, known by its id");
}

#[tokio::test]
async fn what_happens_while_messages_are_sent_is_sent_too() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "").await;
    let mut admin = app.admin().await;
    let job = take(&app).await.pop().unwrap();
    admin.post("key", &[("key", KEY)]).await;
    assert_eq!(take(&app).await, [], "somebody works on it");

    app.services.do_job(&job).await.unwrap();

    assert_eq!(receiver.events(), ["link.opened", "link.step_saved"]);
    assert_eq!(app.services.next_job(JobKind::Webhook).await.unwrap(), None);
}

#[tokio::test]
async fn a_paused_endpoint_is_sent_everything_later_and_a_removed_one_nothing() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "").await;
    let mut owner = owner(&app).await;
    let at = format!("/desk/webhooks/{id}");
    owner.post(&at, &[("do", "pause")]).await;
    let mut admin = app.admin().await;
    assert_eq!(deliver(&app).await, 0);

    owner.post(&at, &[("do", "resume")]).await;
    deliver(&app).await;
    assert_eq!(receiver.events(), ["link.opened"]);
    admin.post("key", &[("key", KEY)]).await;
    let removed = owner.post(&format!("{at}/remove"), &[]).await;

    assert_eq!(removed.location(), "/desk/webhooks?said=removed");
    assert_eq!((deliver(&app).await, receiver.events().len()), (0, 1));
    app.services.clean_up().await.unwrap();
    for table in ["webhook_endpoint", "webhook_delivery"] {
        assert_eq!(app.value(&format!("SELECT CAST(count(*) AS TEXT) FROM {table}")).await, "0");
    }
}

#[tokio::test]
async fn nothing_secret_is_in_any_message() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "").await;
    let mut admin = app.linked_admin().await;
    admin.enter_password("Another#Pass9").await;
    app.invite_for("Fabrikam", &[Permission::PayrollIntegration], 60).await;
    app.clock.advance(2 * DAY);
    app.services.tell_of_time().await.unwrap();

    deliver(&app).await;

    let said: String = receiver.received().iter().map(|one| one.body.clone()).collect();
    assert!(receiver.events().len() >= 6, "{:?}", receiver.events());
    for secret in
        [KEY, USERNAME, PASSWORD, "Another#Pass9", &admin.invite.token, "maria@contoso.example", "/i/"]
    {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[tokio::test]
async fn the_desk_shows_a_message_with_its_attempts_and_support_changes_nothing() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "link.opened").await;
    receiver.replies(&[Reply(503, None)]);
    let admin = app.admin().await;
    deliver(&app).await;
    deliver_next(&app).await;
    let message: MessageId = app.value("SELECT id FROM webhook_delivery").await.parse().unwrap();
    let mut support = app.as_staff(Role::Support).await;

    let list = support.get("/desk/webhooks").await;
    assert!(list.text().contains(&receiver.url()) && !list.text().contains("/desk/webhooks/new"));
    let page = support.get(&format!("/desk/webhooks/{id}/messages/{message}")).await;
    let page = page.text();
    for shown in [
        "link.opened",
        "503: The answer is not 2xx",
        "204: taken",
        &admin.link.to_string(),
        message.to_string().as_str(),
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("Send again"));
    let other = format!("/desk/webhooks/whe_{}/messages/{message}", "0".repeat(32));
    assert_eq!(support.get(&other).await.status, 404, "a message belongs to its endpoint");

    let mut owner = owner(&app).await;
    let at = format!("/desk/webhooks/{id}/messages/{message}");
    let again = owner.post(&at, &[]).await;
    assert_eq!(again.location(), format!("{at}?said=replayed"));
    assert_eq!(owner.post(&at, &[]).await.location(), format!("{at}?said=not-now"), "it waits already");
    deliver(&app).await;
    assert_eq!(receiver.events(), ["link.opened", "link.opened"]);
    assert_eq!(app.audited("webhook_replayed").await, 1);
}

#[tokio::test]
async fn the_next_try_is_told_as_it_will_be_and_none_while_the_endpoint_is_stopped() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let (id, _) = endpoint(&app, &receiver, "").await;
    receiver.replies(&[Reply(429, Some("86400"))]);
    let mut admin = app.admin().await;
    deliver(&app).await;
    admin.post("key", &[("key", KEY)]).await;
    let quiet_until = app::when::date_and_time(app.clock.now().plus_seconds(86_400));
    let untried: MessageId =
        app.value("SELECT id FROM webhook_delivery WHERE sequence = 2").await.parse().unwrap();
    let mut owner = owner(&app).await;
    let (at, message) = (format!("/desk/webhooks/{id}"), format!("/desk/webhooks/{id}/messages/{untried}"));

    let page = owner.get(&at).await.text().to_owned();
    assert_eq!(
        page.matches(&format!(">{quiet_until}</time>")).count(),
        3,
        "its state and both messages: {page}"
    );
    assert!(page.contains("Times are UTC.") && !page.contains("(UTC)"), "the zone is told once: {page}");
    let page = owner.get(&message).await.text().to_owned();
    assert!(page.contains("Next try") && page.contains(&format!(">{quiet_until}</time>")), "{page}");
    assert!(page.contains("Given up after") && !page.contains("Last try"), "{page}");

    owner.post(&at, &[("do", "pause")]).await;
    let page = owner.get(&at).await.text().to_owned();
    assert!(!page.contains("Next try"), "{page}");
    assert!(owner.get(&message).await.text().contains("None while the endpoint is paused"));
    owner.post(&at, &[("do", "resume")]).await;
    deliver(&app).await;
    let again = owner.post(&message, &[]).await.location().to_owned();
    assert!(owner.get(&again).await.text().contains("On its way again."));
    deliver(&app).await;
    let page = owner.get(&again).await.text().to_owned();
    assert!(page.contains("Sent again, and taken.") && page.contains("Delivered"), "{page}");
}

#[tokio::test]
async fn owners_add_an_endpoint_and_see_its_secret_once() {
    let (app, receiver) = (app().await, Receiver::new().await);
    let mut owner = owner(&app).await;
    for (url, sentence) in [
        ("", "Please enter a whole address"),
        ("https://user:pw@example.com/", "Leave user name and password out"),
        ("https://10.0.0.1/", "Nothing may be sent there"),
        ("http://example.com.x@127.0.0.1/", "Leave user name and password out"),
        ("https://169.254.169.254/", "Nothing may be sent there"),
        ("http://8.8.8.8/", "Nothing may be sent there"),
    ] {
        let refused = owner.post("/desk/webhooks/new", &[("url", url), ("event", "link.linked")]).await;
        assert_eq!(refused.status, 422, "{url}");
        assert!(refused.text().contains(sentence), "{url}: {}", refused.text());
    }
    let url = receiver.url();
    let made = owner
        .post("/desk/webhooks/new", &[("url", &url), ("event", "link.opened"), ("event", "link.broken")])
        .await;

    let secret = secret_in(&made).expose().to_owned();
    app.admin().await;
    deliver(&app).await;
    let received = receiver.received().pop().unwrap();
    assert_eq!(received.signature, signature_of(&Secret::new(secret.clone()), &received));
    let stored = app.value("SELECT events || ' ' || url FROM webhook_endpoint").await;
    assert_eq!(stored, format!("link.opened,link.broken {url}"));
    assert_eq!(app.audited("webhook_added").await, 1);
    let bytes = secret.trim_start_matches("whsec_").as_bytes();
    for (file, content) in app.database_bytes().await {
        assert!(!content.windows(bytes.len()).any(|part| part == bytes), "{}", file.display());
    }
    app.clock.advance(20 * MINUTE);
    let asked = owner.get("/desk/webhooks/new").await;
    assert!(
        asked.location().starts_with("/desk/confirm"),
        "who did not prove lately who they are is asked to"
    );
}

#[tokio::test]
async fn old_messages_are_deleted() {
    let (app, receiver) = (app().await, Receiver::new().await);
    endpoint(&app, &receiver, "link.opened").await;
    receiver.chokes_on("link.opened");
    app.admin().await;
    deliver(&app).await;
    receiver.takes_all();
    app.admin().await;
    deliver(&app).await;

    app.clock.advance(31 * DAY);
    app.services.clean_up().await.unwrap();
    assert_eq!(states(&app).await, "1 waiting", "what was delivered is gone");
    app.clock.advance(60 * DAY);
    app.services.clean_up().await.unwrap();
    assert_eq!(states(&app).await, "");
}
