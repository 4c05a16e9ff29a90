//! Bar N1: from raw text through the recogniser, the stored form and the checker, no connection leaves the allow-list.

mod hosts;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use domain::{WebServicesHost, WebServicesUrl};

use super::identity::Ca;
use super::stand_in::serve;
use super::{QUICK, credentials, some};
use crate::resolve::Lookup;
use crate::{UkgChecker, UkgSettings};

const ALLOWED: [&str; 2] = ["ultipro.com", "ultipro.ca"];

/// What must be reached: the positive control of everything below.
const RIGHT: [&str; 6] = [
    "service4.ultipro.com",
    "http://Service4.ultipro.com/services/LoginService",
    "https://service4.ultipro.com:443/",
    " service4.ultipro.com. ",
    "https://service4.ultipro.com?x=https://evil.example",
    "https://service4.ultipro.com#@evil.example",
];

/// Names an attacker would have answer: all of them do, at one listener.
const OUTSIDE: [&str; 12] = [
    "evil.example",
    "acme.evil.example",
    "service4.ultipro.com.evil.example",
    "service4.evilultipro.com",
    "evilultipro.com",
    "ultipro.com",
    "service4.ultipro.co",
    "service4.u1tipro.com",
    "localhost",
    "intranet",
    "metadata.google.internal",
    "127.0.0.1.nip.io",
];

struct World {
    checker: UkgChecker,
    inside: Arc<AtomicUsize>,
    outside: Arc<AtomicUsize>,
    looked_up: Arc<Mutex<Vec<String>>>,
}

impl World {
    /// A listener for UKG's hosts, another for everybody else's, and a list of all other names that are looked up.
    async fn with(suffixes: &[&str]) -> Self {
        let (inside_at, inside) = listener().await;
        let (outside_at, outside) = listener().await;
        let looked_up = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&looked_up);
        let lookup: Lookup = Arc::new(move |name| {
            record.lock().unwrap().push(name);
            Box::pin(async { Ok(vec!["127.0.0.1".parse().unwrap()]) })
        });
        let mut resolve = vec![("service4.ultipro.com".to_owned(), inside_at)];
        resolve.extend(OUTSIDE.map(|name| (name.to_owned(), outside_at)));
        let settings = UkgSettings {
            suffixes: suffixes.iter().map(ToString::to_string).collect(),
            resolve,
            extra_root_pem: Some(Ca::new().pem().into_bytes()),
        };
        Self { checker: UkgChecker::with(settings, lookup, QUICK).unwrap(), inside, outside, looked_up }
    }

    /// Every way from this text to a host, and then to a check.
    async fn try_all(&self, text: &str, suffixes: &[&str]) {
        let recognised = WebServicesUrl::recognise(text, suffixes).ok().map(|url| url.host);
        // A host that came into the database some other way is held to the rules once more.
        let stored = WebServicesHost::from_stored(text).ok();
        let lower = WebServicesHost::from_stored(&text.to_ascii_lowercase()).ok();
        for host in [recognised, stored, lower].into_iter().flatten() {
            // The HTTP library reads the very same host from the address, and no number.
            let url = reqwest::Url::parse(&format!("https://{host}/")).unwrap();
            assert_eq!(url.domain(), Some(host.as_str()), "{text:?}");
            self.checker.quietly(&host, &credentials(), &some()).await;
        }
    }

    fn connections(&self) -> (usize, usize) {
        (self.inside.load(Ordering::SeqCst), self.outside.load(Ordering::SeqCst))
    }
}

/// Takes connections, counts them and hangs up.
async fn listener() -> (SocketAddr, Arc<AtomicUsize>) {
    serve(None, |_| async {}).await
}

fn corpus() -> Vec<&'static str> {
    let parts: [&[&'static str]; 4] =
        [&hosts::TWO_READINGS, &hosts::LOOK_ALIKES, &hosts::ADDRESSES, &hosts::OTHERS];
    parts.concat()
}

#[tokio::test]
async fn no_text_leads_outside_the_allow_list() {
    let corpus = corpus();
    assert!(corpus.len() >= 130, "{}", corpus.len());
    let world = World::with(&ALLOWED).await;

    for text in corpus {
        world.try_all(text, &ALLOWED).await;
        assert_eq!(world.connections().1, 0, "{text:?}");
    }

    let looked_up = world.looked_up.lock().unwrap().clone();
    let allowed = |name: &String| ALLOWED.iter().any(|suffix| name.ends_with(&format!(".{suffix}")));
    assert!(looked_up.iter().all(allowed), "{looked_up:?}");
}

#[tokio::test]
async fn the_right_texts_do_lead_to_ukg() {
    for text in RIGHT {
        let world = World::with(&ALLOWED).await;

        world.try_all(text, &ALLOWED).await;

        let (inside, outside) = world.connections();
        assert!(inside > 0 && outside == 0, "{text:?}: {inside}, {outside}");
    }
}

// Positive control: the same texts, and an allow-list that lets them through, do reach the other listener.
#[tokio::test]
async fn with_the_allow_list_open_the_same_texts_lead_outside() {
    let open = ["example", "com", "co", "io", "internal"];
    let world = World::with(&open).await;

    for text in corpus() {
        world.try_all(text, &open).await;
    }

    assert!(world.connections().1 >= 10, "{:?}", world.connections());
}
