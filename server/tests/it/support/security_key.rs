//! A security key: makes passkeys and signs with them, as the standard says.

use std::collections::BTreeMap;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Answer, Browser};

/// The person was there and proved it.
pub const PROVEN: u8 = 0b101;

/// A security key with one passkey.
pub struct SecurityKey {
    pair: EcdsaKeyPair,
    credential: Vec<u8>,
    pub origin: String,
    pub host: String,
    pub flags: u8,
    pub count: u32,
}

impl SecurityKey {
    pub fn new(origin: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let credential = pair.public_key().as_ref()[1..33].to_vec();
        let host = origin.split_once("://").unwrap().1.split(':').next().unwrap().to_owned();
        Self { pair, credential, origin: origin.to_owned(), host, flags: PROVEN, count: 0 }
    }

    /// Answers the question of the page at which passkeys are added.
    pub fn made(&self, page: &Answer) -> BTreeMap<&'static str, String> {
        let challenge = page.attribute("data-challenge")[0];
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let data =
            [self.data(self.flags | 64).as_slice(), &[0; 16], &length, &self.credential, b"cose"].concat();
        let key: PublicKeyX509Der<'_> = self.pair.public_key().as_der().unwrap();
        BTreeMap::from([
            ("name", "Key ring".to_owned()),
            ("credential", text(&self.credential)),
            ("client", text(self.client("webauthn.create", challenge).as_bytes())),
            ("data", text(&data)),
            ("key", text(key.as_ref())),
            ("algorithm", "-7".to_owned()),
        ])
    }

    /// Answers the question of the staff's door.
    pub fn signed(&mut self, question: &Answer) -> BTreeMap<&'static str, String> {
        let question: serde_json::Value = serde_json::from_slice(&question.body).unwrap();
        self.count += 1;
        let client = self.client("webauthn.get", question["challenge"].as_str().unwrap());
        let data = self.data(self.flags);
        let message = [data.as_slice(), &vault::sha256(client.as_bytes())].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        BTreeMap::from([
            ("credential", text(&self.credential)),
            ("client", text(client.as_bytes())),
            ("data", text(&data)),
            ("signature", text(signature.as_ref())),
        ])
    }

    /// Adds its passkey to the account of a browser just signed in.
    pub async fn added(&self, browser: &mut Browser) -> Answer {
        let page = browser.get("/desk/account/passkeys").await;
        send(browser, "/desk/account/passkeys", &self.made(&page)).await
    }

    /// Signs in with it.
    pub async fn sign_in(&mut self, browser: &mut Browser) -> Answer {
        let question = browser.get("/sign-in/passkey").await;
        let answer = self.signed(&question);
        send(browser, "/sign-in/passkey", &answer).await
    }

    fn client(&self, kind: &str, challenge: &str) -> String {
        serde_json::json!({ "type": kind, "challenge": challenge, "origin": self.origin }).to_string()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let host = vault::sha256(self.host.as_bytes());
        [host.as_slice(), &[flags], &self.count.to_be_bytes()].concat()
    }
}

/// Sends such an answer as a form.
pub async fn send(browser: &mut Browser, path: &str, fields: &BTreeMap<&'static str, String>) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
