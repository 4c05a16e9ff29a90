//! Bar N4 at the limits of production, in a process of its own: each bad peer ends in its problem code within the
//! deadline, and the process grows by at most 16 MB meanwhile. Run with `--nocapture` it prints the figures.

#![cfg(target_os = "linux")]

#[cfg(test)]
mod peers;
#[cfg(test)]
mod serve;

use std::sync::Arc;
use std::time::{Duration, Instant};

use peers::{BadPeer, Shows, impostor, quick, slow};
use serve::{Ca, check, serve};

const MOST_GROWTH_KB: u64 = 16 * 1024;
const DEADLINE: Duration = Duration::from_secs(20);

/// Checks at this peer, and says when it ended and how.
async fn ends_as_expected(ca: &Ca, peer: BadPeer) {
    let address = serve(ca, peer.shows, peer.manners).await;
    let began = Instant::now();
    let outcome = check(ca, address).await;
    assert_eq!(outcome, peer.expected, "{}", peer.name);
    assert!(began.elapsed() < DEADLINE + Duration::from_secs(1), "{}: {:?}", peer.name, began.elapsed());
}

/// A line of this process's status, in kilobytes.
fn status_kb(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|line| line.starts_with(name))?.split_whitespace().nth(1)?.parse().ok()
}

/// By how much the process grew at most while this ran.
async fn growth_kb(during: impl Future<Output = ()>) -> Option<u64> {
    // The mark of the most ever used goes back to what is used now.
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status_kb("VmRSS:")?;
    during.await;
    Some(status_kb("VmHWM:")?.saturating_sub(before))
}

// One test, so that nothing else runs in this process.
#[tokio::test]
async fn every_bad_peer_ends_in_its_code_in_time_and_in_little_memory() {
    let ca = Ca::new();
    // What is made once, trusted roots and threads, is made before anything is measured.
    ends_as_expected(&ca, impostor("warm-up", Shows::Expired, b"")).await;

    for peer in quick() {
        let name = peer.name;
        let grown = growth_kb(ends_as_expected(&ca, peer)).await.unwrap();
        println!("{name:<32} {grown:>6} KB");
        assert!(grown <= MOST_GROWTH_KB, "{name}: {grown} KB");
    }

    let grown = growth_kb(async {
        let mut all = tokio::task::JoinSet::new();
        let ca = Arc::new(Ca { pem: ca.pem.clone(), issuer: ca.issuer });
        for peer in slow() {
            let ca = Arc::clone(&ca);
            all.spawn(async move { ends_as_expected(&ca, peer).await });
        }
        all.join_all().await;
    })
    .await
    .unwrap();
    println!("{:<32} {grown:>6} KB", "the slow ones together");
    assert!(grown <= MOST_GROWTH_KB, "{grown} KB");

    // Positive control: who reads what is sent does grow.
    let grown = growth_kb(async {
        let mut kept = Vec::new();
        while kept.len() < 32 * 1024 * 1024 {
            kept.extend_from_slice(&[b'1'; 64 * 1024]);
        }
        std::hint::black_box(&kept);
    })
    .await
    .unwrap();
    assert!(grown > MOST_GROWTH_KB, "{grown} KB");
}
