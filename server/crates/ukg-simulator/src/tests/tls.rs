//! The certificate and the TLS versions.

use reqwest::{Client, tls};

use super::{PERSONS, TestResult, World, client, tester};
use crate::{Scenarios, TlsFault};

#[tokio::test]
async fn tls_1_2_and_1_3_are_spoken() -> TestResult {
    let world = World::with(|_| {}).await?;
    for version in [tls::Version::TLS_1_2, tls::Version::TLS_1_3] {
        let client = client(&world.simulator)?.tls_version_min(version).tls_version_max(version).build()?;

        let response = client.get(format!("https://service3.ultipro.ca{PERSONS}")).send().await?;

        assert_eq!(response.status(), 401, "{version:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_certificate_is_for_ukgs_domains_and_the_names_of_the_scenarios_alone() -> TestResult {
    let names = vec!["ukg.example.test".to_owned()];
    let world = World::playing(Scenarios { names, ..Scenarios::of(vec![tester()]) }).await?;
    let address = world.simulator.address();
    for (host, accepted) in [
        ("ukg.example.test", true),
        ("anything.ultipro.com", true),
        ("ultipro.com", false),
        ("a.b.ultipro.com", false),
        ("ultipro.com.example.test", false),
    ] {
        let client = client(&world.simulator)?.resolve(host, address).build()?;

        let answered = client.get(format!("https://{host}/services/LoginService")).send().await;

        assert_eq!(answered.is_ok(), accepted, "{host}");
    }
    Ok(())
}

#[tokio::test]
async fn who_does_not_know_the_authority_does_not_trust_it() -> TestResult {
    let (world, other) = (World::with(|_| {}).await?, World::with(|_| {}).await?);
    let host = "service4.ultipro.com";
    let stranger = client(&other.simulator)?.resolve(host, world.simulator.address()).build()?;
    let public = Client::builder().no_proxy().resolve(host, world.simulator.address()).build()?;

    for client in [stranger, public] {
        assert!(client.get(format!("https://{host}{PERSONS}")).send().await.is_err());
    }
    assert_eq!(world.handle.requests(), []);
    Ok(())
}

#[tokio::test]
async fn plain_http_is_not_answered() -> TestResult {
    let world = World::with(|_| {}).await?;

    let plain = world.client.get(format!("http://{}{PERSONS}", world.simulator.address())).send().await;

    assert!(plain.is_err());
    Ok(())
}

#[tokio::test]
async fn each_wrong_handshake_fails_for_its_host_alone() -> TestResult {
    let world = World::with(|_| {}).await?;
    let faults = [
        (TlsFault::WrongName, "NotValidForName"),
        (TlsFault::Expired, "Expired"),
        (TlsFault::SelfSigned, "UnknownIssuer"),
        (TlsFault::OtherAuthority, "UnknownIssuer"),
        (TlsFault::OldVersion, "ServerDoesNotSupportTls12Or13"),
        (TlsFault::PlainText, "InvalidMessage"),
        (TlsFault::HangUp, "UnexpectedEof"),
        (TlsFault::Reset, "ConnectionReset"),
    ];
    for (fault, reason) in faults {
        world.handle.update(|scenarios| {
            scenarios.host_tls.insert("service5.ultipro.com".to_owned(), fault);
        });

        let broken = world.client.get(format!("https://service5.ultipro.com{PERSONS}")).send().await;
        let told = format!("{:?}", broken.err().ok_or("it answered")?);

        assert!(told.contains(reason), "{fault:?}: {told}");
        assert_eq!(world.status(PERSONS).await?, 200, "{fault:?}");
    }
    assert!(world.handle.requests().iter().all(|request| request.host == super::HOST));
    Ok(())
}

#[tokio::test]
async fn a_silent_server_says_nothing() -> TestResult {
    let world = World::with(|_| {}).await?;
    world.handle.update(|scenarios| {
        scenarios.host_tls.insert("service5.ultipro.com".to_owned(), TlsFault::Silent);
    });
    let ask = world.client.get(format!("https://service5.ultipro.com{PERSONS}"));

    let error = ask.timeout(std::time::Duration::from_millis(300)).send().await.err();

    assert!(error.is_some_and(|error| error.is_timeout()));
    Ok(())
}
