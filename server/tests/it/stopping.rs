//! Bar R9: a stop under load loses nothing. Every request whose connection was made gets its whole answer, every submit that
//! was acknowledged is there, and it is over within ten seconds whatever anybody holds open.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{
    KEY, KeepAlive, Program, RepeatableEntropy, SERVICE, STAFF_PASSWORD, Sent, UKG_HOST, Visitor, form, http,
    query, with_ukg,
};

/// Thirty stops, by three programs beside one another.
const PROGRAMS: u64 = 3;
const STOPS: usize = 10;
/// Of each program.
const CLIENTS: usize = 4;
/// How long the clients are at it when the stop comes, at most.
const WITHIN_MS: u64 = 500;
/// Bar R9.
const LONGEST: Duration = Duration::from_secs(10);

// Fails without the notice that connections get, and when the listener is closed while somebody waits in its queue.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_stops_under_load_leave_no_request_unanswered_and_lose_no_submit() {
    let programs: Vec<_> = (0..PROGRAMS).map(|seed| tokio::spawn(stop_again_and_again(seed))).collect();
    let (mut answers, mut slowest) = (0, Duration::ZERO);
    for program in programs {
        let (answered, took) = program.await.unwrap();
        answers += answered;
        slowest = slowest.max(took);
    }
    println!("{} stops, {answers} answers, the slowest stop took {slowest:?}", PROGRAMS * STOPS as u64);
    assert!(slowest < LONGEST, "{slowest:?}");
    assert!(answers > 30 * CLIENTS, "{answers}");
}

async fn stop_again_and_again(seed: u64) -> (usize, Duration) {
    let mut program = Program::ready();
    program.serve().await;
    let mut visitors = Vec::new();
    for _ in 0..CLIENTS {
        visitors.push(Arc::new(Visitor::start(&program).await));
    }
    let chance = RepeatableEntropy::new(seed + u64::from(std::process::id()));
    let (mut saved, mut answers, mut slowest) = (vec![0; CLIENTS], 0, Duration::ZERO);
    for round in 0..STOPS {
        let clients: Vec<_> =
            visitors.iter().map(|visitor| tokio::spawn(use_until_refused(visitor.clone(), round))).collect();
        tokio::time::sleep(Duration::from_millis(chance.next() % WITHIN_MS)).await;
        let (took, status) = program.stop().await;
        assert!(status.success(), "{status}: {}", program.log());
        slowest = slowest.max(took);
        for (client, saved) in clients.into_iter().zip(&mut saved) {
            let used = client.await.unwrap();
            assert_eq!(used.unanswered, [""; 0], "{}", program.log());
            *saved += used.saves;
            answers += used.answers;
        }
        for (visitor, saved) in visitors.iter().zip(&saved) {
            let link = visitor.link;
            let kept = format!(
                "SELECT count(*) || '' FROM audit_entry WHERE action = 'step_saved' AND link_id = '{link}'"
            );
            assert_eq!(query(&program.database(), &kept).await, [saved.to_string()]);
        }
        program.serve().await;
    }
    (answers, slowest)
}

#[derive(Default)]
struct Used {
    saves: usize,
    answers: usize,
    unanswered: Vec<String>,
}

/// Saves and reads, on connections that are kept, until nobody takes any more.
async fn use_until_refused(visitor: Arc<Visitor>, round: usize) -> Used {
    let (mut client, mut used) = (KeepAlive::new(visitor.address), Used::default());
    for n in 0.. {
        let page = format!("/link/{}/key", visitor.link);
        let body = form(&[("key", &format!("{:05X}", (round * 4096 + n) % 0xf_ffff))]);
        let sent = match n % 3 {
            0 | 1 => client.send("POST", &page, &visitor.cookie, &body).await,
            _ => client.send("GET", &page, &visitor.cookie, "").await,
        };
        match sent {
            Sent::Answered(head) => {
                assert!(head.starts_with("http/1.1 200") || head.starts_with("http/1.1 303"), "{head}");
                used.answers += 1;
                used.saves += usize::from(head.starts_with("http/1.1 303"));
            }
            Sent::Refused => break,
            Sent::Unanswered(why) => {
                used.unanswered.push(format!("request {n}: {why}"));
                break;
            }
        }
    }
    used
}

// Fails when streams are waited for, and when requests, jobs and checks are waited for one after another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_anybody_holds_open_a_stop_takes_ten_seconds_at_most() {
    let mut program = Program::ready();
    let ukg = with_ukg(&mut program).await;
    program.set("LINKDESK_STAFF_PASSWORD_HASHES", "1");
    let added = program.run_with_input(
        &["staff", "add", "--email", "o@northwind.example", "--role", "owner", "--password-stdin"],
        STAFF_PASSWORD,
    );
    assert!(added.status.success(), "{added:?}");
    program.serve().await;
    let address = program.address();
    let (stands, stuck) = (Visitor::start(&program).await, Visitor::start(&program).await);
    stands.enters_all().await;
    stands.is_linked().await;
    drop(ukg);
    program.stop().await;
    // UKG Pro takes connections now and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    program.set("LINKDESK_UKG_RESOLVE", &format!("{UKG_HOST}={}", silent.local_addr().unwrap()));
    program.set("LINKDESK_RECHECK_EVERY", "1s");
    program.serve().await;
    assert!(stuck.sends("key", &[("key", KEY)]).await);
    assert!(stuck.sends("account", &[("username", SERVICE.0), ("password", SERVICE.1)]).await);
    assert!(stuck.sends("domain", &[("url", UKG_HOST)]).await);
    let fields = form(&[("email", "o@northwind.example"), ("password", STAFF_PASSWORD)]);
    let signed_in = http(address, "POST", "/sign-in", "", &fields).await.unwrap();
    let cookies = signed_in.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let cookie: Vec<_> = cookies.map(|cookie| cookie.split(';').next().unwrap()).collect();
    let cookie = cookie.join("; ");

    let check = format!("/link/{}/check/events", stuck.link);
    let mut streams = Vec::new();
    for (path, cookie) in [("/desk/events", &cookie), (check.as_str(), &stuck.cookie)] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n");
        let mut stream = opened(address, &request).await;
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200", "{path}");
        streams.push(stream);
    }
    let slow = opened(address, "POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\nhalf").await;
    let hardly = opened(address, "GET / HTTP").await;
    let idle = opened(address, "").await;
    let guesses: Vec<_> = (0..30)
        .map(|number| {
            let fields =
                form(&[("email", &format!("u{number}@northwind.example")), ("password", "a wrong password")]);
            tokio::spawn(async move { http(address, "POST", "/sign-in", "", &fields).await })
        })
        .collect();
    // Long enough for a re-check to be taken.
    tokio::time::sleep(Duration::from_millis(1500)).await;

    let (took, status) = program.stop().await;

    println!("it took {took:?}");
    assert!(status.success() && took < LONGEST, "{status} after {took:?}: {}", program.log());
    for guess in guesses {
        assert!(guess.await.unwrap().is_some_and(|answer| answer.starts_with("HTTP/1.1 ")));
    }
    for mut stream in streams {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.unwrap();
        assert!(rest.ends_with(b"0\r\n\r\n"), "a stream ends as it should, and is not cut off");
    }
    drop((slow, hardly, idle));
    // One whose check came to an end was tried, and says why it is tried again.
    let held = "SELECT count(*) || '' FROM job WHERE attempts > 0 AND problem IS NULL";
    assert_eq!(query(&program.database(), held).await, ["0"], "jobs are given back");
}

async fn opened(address: std::net::SocketAddr, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn a_client_that_keeps_its_connection_is_told_of_a_stop_before_it_is_closed() {
    let mut program = Program::ready();
    program.serve().await;
    let address = program.address();
    // Somebody is connected, so that there is somebody to tell.
    let mut client = KeepAlive::new(address);
    assert!(
        matches!(client.send("GET", "/health/ready", "", "").await, Sent::Answered(head) if head.starts_with("http/1.1 200"))
    );
    let asking = tokio::spawn(async move {
        let mut heads = Vec::new();
        loop {
            match client.send("GET", "/health/ready", "", "").await {
                Sent::Answered(head) => heads.push(head),
                Sent::Refused => return heads,
                Sent::Unanswered(why) => panic!("{why}"),
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;

    program.stop().await;

    let heads = asking.await.unwrap();
    let first = heads.iter().position(|head| head.starts_with("http/1.1 503")).unwrap();
    assert!(heads[first..].iter().all(|head| head.starts_with("http/1.1 503")));
    assert!(heads[first..].iter().all(|head| head.contains("connection: close")));
}

#[tokio::test]
async fn a_server_that_nobody_is_connected_to_stops_at_once() {
    let mut program = Program::ready();
    program.serve().await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();

    let (took, status) = program.stop().await;

    assert!(status.success());
    assert!(took < Duration::from_millis(900), "{took:?} of {:?}", began.elapsed());
}
