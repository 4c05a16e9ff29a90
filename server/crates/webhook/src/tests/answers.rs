//! What a receiver's answer is told as.

use std::time::Duration;

use domain::DeliveryProblem;
use tokio::net::TcpListener;

use super::stand_in::{Receiver, answering, send};
use crate::allowed::Allowed;
use crate::sender::{Answer, Sender};

fn here() -> Sender {
    let allowed = Allowed::new(vec!["127.0.0.0/8".parse().unwrap()]);
    Sender::of(allowed, answering(&[&["127.0.0.1"]]), Vec::new())
}

async fn answered(text: &'static str) -> Answer {
    let receiver = Receiver::on("127.0.0.1:0", text).await;
    send(&here(), &format!("http://{}/", receiver.address)).await
}

const fn status(status: u16) -> Answer {
    Answer::Status { status, retry_after: None }
}

#[tokio::test]
async fn a_status_is_told_as_it_is_and_no_redirect_is_followed() {
    let elsewhere = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(answered("HTTP/1.1 204 No Content\r\n\r\n").await, status(204));
    assert_eq!(answered("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno").await, status(500));
    assert_eq!(answered("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n").await, status(410));
    assert_eq!(answered(elsewhere).await, status(302));
}

#[tokio::test]
async fn for_how_long_a_receiver_wants_to_be_left_alone_is_read_in_both_forms() {
    let of = |seconds| Answer::Status { status: 503, retry_after: Some(Duration::from_secs(seconds)) };
    let seconds = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n";
    let date = "HTTP/1.1 503 Busy\r\nDate: Sun, 06 Nov 1994 12:00:00 GMT\r\n\
        Retry-After: Sun, 06 Nov 1994 12:00:09 GMT\r\nContent-Length: 0\r\n\r\n";

    assert_eq!(answered(seconds).await, of(7));
    assert_eq!(answered(date).await, of(9));
}

#[tokio::test]
async fn connections_are_used_again() {
    let receiver = Receiver::on("127.0.0.1:0", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
    let (sender, url) = (here(), format!("http://{}/", receiver.address));

    for _ in 0..20 {
        assert_eq!(send(&sender, &url).await, status(200));
    }

    assert_eq!((receiver.requests(), receiver.connections()), (20, 1));
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_its_end() {
    let endless = "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\nx";

    let began = std::time::Instant::now();
    assert_eq!(answered(endless).await, status(200));

    assert!(began.elapsed() < Duration::from_millis(1_500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn each_way_of_not_answering_has_its_name() {
    let failed = Answer::Failed;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(send(&here(), &format!("http://{closed}/")).await, failed(DeliveryProblem::Unreachable));

    let silent = Receiver::on("127.0.0.1:0", "").await;
    let url = format!("http://{}/", silent.address);
    assert_eq!(send(&here(), &url).await, failed(DeliveryProblem::Timeout));

    assert_eq!(answered("nonsense\r\n\r\n").await, failed(DeliveryProblem::CutOff));

    let plain = Receiver::on("127.0.0.1:0", "HTTP/1.1 200 OK\r\n\r\n").await;
    let hello = format!("https://{}/", plain.address);
    let answer = send(&here(), &hello).await;
    assert!(matches!(answer, Answer::Failed(DeliveryProblem::Tls | DeliveryProblem::Timeout)), "{answer:?}");
}
