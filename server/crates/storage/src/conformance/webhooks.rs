//! Webhooks: endpoints, their messages in order, and what became of each.

#![expect(clippy::indexing_slicing, reason = "a place that is missing ends the case, as it should")]
#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use domain::{
    DeliveryProblem, DeliveryState, EndpointId, EndpointState, MessageId, WebhookEvent, WebhookEvents,
    WebhookUrl,
};

use super::fixtures::{kept_link, now, random};
use crate::{
    Delivered, DeliveryCounts, Result, Storage, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSeed,
};

const DAY: i64 = 24 * 60 * 60;

pub async fn an_endpoint_is_read_back_as_it_was_written_and_changed(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    assert_eq!(storage.webhook_endpoint(endpoint.id).await?, Some(endpoint.clone()));
    assert!(storage.webhook_endpoints().await?.contains(&endpoint));

    for state in EndpointState::ALL {
        let changed = WebhookEndpoint {
            url: WebhookUrl::parse("http://127.0.0.1:1/x?y=z").unwrap(),
            events: WebhookEvents::of(&[WebhookEvent::LinkBroken]),
            state,
            seed: WebhookSeed(random()),
            old_seed: Some((endpoint.seed, now())),
            failures: 7,
            failing_since: Some(now()),
            quiet_until: Some(now().plus_seconds(1)),
            changed_at: now(),
            ..endpoint.clone()
        };
        let mut unit = storage.begin().await?;
        assert!(unit.update_webhook_endpoint(&changed).await?);
        assert!(unit.webhook_endpoints().await?.contains(&changed));
        unit.commit().await?;
        assert_eq!(storage.webhook_endpoint(endpoint.id).await?, Some(changed));
    }

    let mut unit = storage.begin().await?;
    assert!(!unit.update_webhook_endpoint(&new_endpoint()).await?, "an unknown one is not changed");
    Ok(())
}

pub async fn a_removed_endpoint_is_nowhere(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.remove_webhook_endpoint(endpoint.id, now()).await?);
    assert!(!unit.remove_webhook_endpoint(endpoint.id, now()).await?, "once is enough");
    assert!(!unit.update_webhook_endpoint(&endpoint).await?);
    assert_eq!(unit.next_sequence(endpoint.id).await?, None);
    unit.commit().await?;

    assert_eq!(storage.webhook_endpoint(endpoint.id).await?, None);
    assert!(!storage.webhook_endpoints().await?.iter().any(|other| other.id == endpoint.id));
    Ok(())
}

pub async fn the_numbers_of_an_endpoint_have_no_gaps_and_are_its_own(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_endpoint(storage).await?, kept_endpoint(storage).await?);
    let mut unit = storage.begin().await?;
    assert_eq!(unit.next_sequence(one.id).await?, Some(1));
    assert_eq!(unit.next_sequence(one.id).await?, Some(2));
    unit.commit().await?;

    let mut dropped = storage.begin().await?;
    assert_eq!(dropped.next_sequence(one.id).await?, Some(3));
    drop(dropped);

    let mut unit = storage.begin().await?;
    assert!(unit.update_webhook_endpoint(&one).await?);
    assert_eq!(unit.next_sequence(one.id).await?, Some(3), "a change of an endpoint leaves its numbers");
    assert_eq!(unit.next_sequence(other.id).await?, Some(1));
    assert_eq!(unit.next_sequence(new_endpoint().id).await?, None);
    Ok(())
}

pub async fn a_message_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let link = kept_link(storage).await?;
    let events = WebhookEvent::ALL.into_iter().chain([WebhookEvent::Test]);
    let mut problems = DeliveryProblem::ALL.into_iter().cycle();
    for (event, sequence) in events.zip(1..) {
        let delivery = WebhookDelivery {
            event,
            link: (event != WebhookEvent::Test).then_some(link.id),
            body: format!("{{\"a\":\"{event} \u{e9}\"}}"),
            attempts: 3,
            last_status: Some(503),
            last_problem: problems.next(),
            took_ms: Some(12),
            ..message(&endpoint, sequence)
        };
        put(storage, &delivery).await?;
        assert_eq!(storage.delivery(delivery.id).await?, Some(delivery));
    }
    for (state, sequence) in [DeliveryState::Delivered, DeliveryState::Failed].into_iter().zip(100..) {
        let ended = WebhookDelivery { state, ended_at: Some(now()), ..message(&endpoint, sequence) };
        put(storage, &ended).await?;
        assert_eq!(storage.delivery(ended.id).await?, Some(ended));
    }
    assert_eq!(storage.delivery(new_message()).await?, None);
    assert_eq!(storage.webhook_attempts(new_message()).await?, []);
    Ok(())
}

pub async fn what_is_due_is_told_the_longest_due_first(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let at = now();
    let due = |sequence, seconds| WebhookDelivery {
        next_at: at.plus_seconds(seconds),
        ..message(&endpoint, sequence)
    };
    for delivery in [due(1, 1), due(2, -1), due(3, 0), due(4, -1), due(5, -9)] {
        put(storage, &delivery).await?;
    }
    let ended = WebhookDelivery { state: DeliveryState::Failed, ended_at: Some(at), ..due(6, -9) };
    put(storage, &ended).await?;

    let found = |after, limit| async move {
        let found = storage.due_deliveries(endpoint.id, at, after, limit).await?;
        Result::Ok(found.iter().map(|one| one.sequence).collect::<Vec<_>>())
    };
    let (all, some) = (found(None, 9).await?, found(None, 2).await?);

    assert_eq!((all, some), (vec![5, 2, 4, 3], vec![5, 2]));
    let two = storage.due_deliveries(endpoint.id, at, None, 2).await?;
    assert_eq!(found(two.last(), 9).await?, [4, 3], "and on from there");
    assert_eq!(storage.begin().await?.next_delivery(endpoint.id).await?, Some(at.plus_seconds(-9)));
    let other = kept_endpoint(storage).await?;
    assert_eq!(storage.due_deliveries(other.id, at, None, 9).await?, [], "each endpoint has its own");
    assert_eq!(storage.begin().await?.next_delivery(other.id).await?, None);
    Ok(())
}

pub async fn messages_that_were_taken_wait_no_longer(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let messages: Vec<_> = (1..=4).map(|sequence| message(&endpoint, sequence)).collect();
    for message in &messages {
        put(storage, message).await?;
    }
    let taken: Vec<Delivered> = messages[..3]
        .iter()
        .zip([200, 204, 299])
        .map(|(message, status)| Delivered { id: message.id, at: now(), status, took_ms: 7 })
        .collect();

    let mut unit = storage.begin().await?;
    unit.record_delivered(&taken).await?;
    unit.record_delivered(&[]).await?;
    unit.commit().await?;

    for (message, taken) in messages.iter().zip(&taken) {
        let expected = WebhookDelivery {
            state: DeliveryState::Delivered,
            ended_at: Some(taken.at),
            attempts: 1,
            last_status: Some(taken.status),
            took_ms: Some(7),
            ..message.clone()
        };
        assert_eq!(storage.delivery(message.id).await?, Some(expected));
    }
    assert_eq!(storage.delivery(messages[3].id).await?, Some(messages[3].clone()));
    let mut unit = storage.begin().await?;
    let late = Delivered { at: now().plus_seconds(9), ..taken[0] };
    unit.record_delivered(&[late]).await?;
    unit.commit().await?;
    let kept = storage.delivery(late.id).await?.unwrap();
    assert_eq!((kept.attempts, kept.ended_at), (1, Some(taken[0].at)), "the first one counts");
    Ok(())
}

pub async fn an_attempt_that_failed_is_kept_with_the_next_one(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let message = message(&endpoint, 1);
    put(storage, &message).await?;
    let first = attempt(1, Some(503), DeliveryProblem::Status);
    let second = attempt(2, None, DeliveryProblem::Timeout);
    let next = now().plus_seconds(60);

    let mut unit = storage.begin().await?;
    assert!(unit.record_failed(message.id, &first, Some(next)).await?);
    unit.commit().await?;
    let kept = storage.delivery(message.id).await?.unwrap();
    assert_eq!((kept.state, kept.next_at, kept.attempts), (DeliveryState::Waiting, next, 1));
    assert_eq!((kept.last_status, kept.last_problem), (Some(503), Some(DeliveryProblem::Status)));

    let mut unit = storage.begin().await?;
    assert!(unit.record_failed(message.id, &second, None).await?);
    assert!(!unit.record_failed(message.id, &attempt(3, None, DeliveryProblem::Tls), None).await?);
    unit.commit().await?;
    let kept = storage.delivery(message.id).await?.unwrap();
    assert_eq!((kept.state, kept.ended_at, kept.attempts), (DeliveryState::Failed, Some(second.at), 2));
    assert_eq!((kept.last_status, kept.last_problem), (None, Some(DeliveryProblem::Timeout)));
    assert_eq!(storage.webhook_attempts(message.id).await?, [first, second]);
    Ok(())
}

pub async fn a_message_is_given_up_and_sent_again(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let end =
        |state, sequence| WebhookDelivery { state, ended_at: Some(now()), ..message(&endpoint, sequence) };
    let (failed, delivered) = (end(DeliveryState::Failed, 1), end(DeliveryState::Delivered, 2));
    let (more, waiting) = (end(DeliveryState::Failed, 3), message(&endpoint, 4));
    for one in [&failed, &delivered, &more, &waiting] {
        put(storage, one).await?;
    }
    assert_eq!(storage.delivery_counts(endpoint.id).await?, DeliveryCounts { waiting: 1, failed: 2 });
    let (at, until) = (now().plus_seconds(5), now().plus_seconds(500));

    let mut unit = storage.begin().await?;
    assert!(unit.replay_delivery(delivered.id, at, until).await?);
    assert!(!unit.replay_delivery(delivered.id, at, until).await?, "it waits already");
    assert!(!unit.replay_delivery(new_message(), at, until).await?);
    assert_eq!(unit.replay_failed(endpoint.id, at, until).await?, 2);
    assert_eq!(unit.replay_failed(endpoint.id, at, until).await?, 0);
    unit.commit().await?;

    for one in [failed, delivered, more] {
        let again = WebhookDelivery {
            state: DeliveryState::Waiting,
            ended_at: None,
            next_at: at,
            give_up_at: until,
            ..one.clone()
        };
        assert_eq!(storage.delivery(one.id).await?, Some(again));
    }
    assert_eq!(storage.delivery(waiting.id).await?, Some(waiting));
    Ok(())
}

pub async fn what_waits_is_brought_forward_or_given_up(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    let at = now();
    let until = |sequence, seconds| WebhookDelivery {
        give_up_at: at.plus_seconds(seconds),
        next_at: at.plus_seconds(3_600),
        ..message(&endpoint, sequence)
    };
    let (soon, late) = (until(1, 10), until(2, 100));
    put(storage, &soon).await?;
    put(storage, &late).await?;

    let mut unit = storage.begin().await?;
    unit.hasten_deliveries(endpoint.id, at, at.plus_seconds(50)).await?;
    unit.commit().await?;
    let of = |id| async move {
        let kept = storage.delivery(id).await?.unwrap();
        Result::Ok((kept.state, kept.next_at, kept.give_up_at))
    };
    assert_eq!(of(soon.id).await?, (DeliveryState::Waiting, at, at.plus_seconds(50)));
    assert_eq!(of(late.id).await?, (DeliveryState::Waiting, at, at.plus_seconds(100)));

    let mut unit = storage.begin().await?;
    assert_eq!(unit.give_up_deliveries(endpoint.id, at.plus_seconds(50)).await?, 1);
    unit.commit().await?;
    assert_eq!(of(soon.id).await?.0, DeliveryState::Failed);
    assert_eq!(of(late.id).await?.0, DeliveryState::Waiting);
    Ok(())
}

pub async fn messages_are_listed_newest_first_by_state_and_in_parts(storage: &dyn Storage) -> Result<()> {
    let endpoint = kept_endpoint(storage).await?;
    for sequence in 1..=6_u64 {
        let state = DeliveryState::ALL[usize::try_from(sequence % 3).unwrap()];
        let ended_at = (state != DeliveryState::Waiting).then(now);
        put(storage, &WebhookDelivery { state, ended_at, ..message(&endpoint, sequence) }).await?;
    }
    let listed = |state, below, limit| async move {
        let page = storage.deliveries(endpoint.id, state, below, limit).await?;
        Result::Ok(page.iter().map(|one| one.sequence).collect::<Vec<_>>())
    };

    assert_eq!(listed(None, None, 4).await?, [6, 5, 4, 3]);
    assert_eq!(listed(None, Some(3), 4).await?, [2, 1]);
    assert_eq!(listed(Some(DeliveryState::Waiting), None, 9).await?, [6, 3]);
    assert_eq!(listed(Some(DeliveryState::Delivered), None, 9).await?, [4, 1]);
    assert_eq!(listed(Some(DeliveryState::Failed), Some(5), 9).await?, [2]);
    Ok(())
}

pub async fn old_messages_are_deleted_and_others_stay(storage: &dyn Storage) -> Result<()> {
    let (endpoint, removed) = (kept_endpoint(storage).await?, kept_endpoint(storage).await?);
    let at = now();
    let of = |sequence, state: DeliveryState, days: i64| WebhookDelivery {
        state,
        created_at: at.plus_seconds(-days * DAY),
        ended_at: (state != DeliveryState::Waiting).then_some(at.plus_seconds(-days * DAY)),
        ..message(&endpoint, sequence)
    };
    let stay = [
        of(1, DeliveryState::Delivered, 29),
        of(2, DeliveryState::Failed, 89),
        of(3, DeliveryState::Waiting, 89),
    ];
    let go = [
        of(4, DeliveryState::Delivered, 31),
        of(5, DeliveryState::Failed, 91),
        of(6, DeliveryState::Waiting, 91),
        message(&removed, 1),
    ];
    for one in stay.iter().chain(&go) {
        put(storage, one).await?;
    }
    let mut unit = storage.begin().await?;
    unit.record_failed(go[5 - 3].id, &attempt(1, None, DeliveryProblem::Tls), Some(at)).await?;
    unit.remove_webhook_endpoint(removed.id, at).await?;
    unit.commit().await?;

    let (delivered, others) = (at.plus_seconds(-30 * DAY), at.plus_seconds(-90 * DAY));
    let mut deleted = 0;
    loop {
        let mut unit = storage.begin().await?;
        let part = unit.delete_old_deliveries(delivered, others, 2).await?;
        unit.commit().await?;
        assert!(part <= 2, "{part}");
        deleted += part;
        if part == 0 {
            break;
        }
    }

    assert!(deleted >= 4, "{deleted}");
    for one in &stay {
        assert_eq!(storage.delivery(one.id).await?.as_ref(), Some(one));
    }
    for one in &go {
        assert_eq!(storage.delivery(one.id).await?, None);
        assert_eq!(storage.webhook_attempts(one.id).await?, []);
    }
    Ok(())
}

fn new_message() -> MessageId {
    MessageId::new(now(), random())
}

fn new_endpoint() -> WebhookEndpoint {
    let at = now();
    WebhookEndpoint {
        id: EndpointId::new(at, random()),
        url: WebhookUrl::parse("https://receiver.example/hooks").unwrap(),
        events: WebhookEvents::All,
        state: EndpointState::Active,
        seed: WebhookSeed(random()),
        old_seed: None,
        failures: 0,
        failing_since: None,
        quiet_until: None,
        created_at: at,
        changed_at: at,
    }
}

async fn kept_endpoint(storage: &dyn Storage) -> Result<WebhookEndpoint> {
    let endpoint = new_endpoint();
    let mut unit = storage.begin().await?;
    unit.insert_webhook_endpoint(&endpoint).await?;
    unit.commit().await?;
    Ok(endpoint)
}

/// A message that waits.
fn message(endpoint: &WebhookEndpoint, sequence: u64) -> WebhookDelivery {
    let at = now();
    WebhookDelivery {
        id: new_message(),
        endpoint: endpoint.id,
        sequence,
        event: WebhookEvent::Test,
        link: None,
        body: "{}".to_owned(),
        state: DeliveryState::Waiting,
        created_at: at,
        next_at: at,
        give_up_at: at.plus_seconds(3 * DAY),
        ended_at: None,
        attempts: 0,
        last_status: None,
        last_problem: None,
        took_ms: None,
    }
}

async fn put(storage: &dyn Storage, delivery: &WebhookDelivery) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_delivery(delivery).await?;
    unit.commit().await
}

fn attempt(number: u32, status: Option<u16>, problem: DeliveryProblem) -> WebhookAttempt {
    WebhookAttempt { number, at: now(), status, problem, took_ms: 15_000 }
}
