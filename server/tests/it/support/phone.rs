//! A phone with an authenticator app.

use aws_lc_rs::hmac;
use services::Clock as _;

use super::{Answer, Browser, TestApp};

/// A phone whose app was told an account's secret.
#[derive(Clone)]
pub struct Phone(Vec<u8>);

impl Phone {
    /// Told what the page shows.
    pub fn of(page: &Answer) -> Self {
        let text = page.text().split_once("class=\"key-text mono\"").expect("a key to type").1;
        let key = text.split_once('>').unwrap().1.split_once('<').unwrap().0;
        Self(from_base32(&key.replace(' ', "")))
    }

    /// The code it shows, `steps` half minutes from now.
    pub fn code(&self, app: &TestApp, steps: i64) -> String {
        let step = app.clock.now().as_millis() / 30_000 + steps;
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let mac = hmac::sign(&key, &step.to_be_bytes());
        let offset = usize::from(mac.as_ref()[19] & 15);
        let four = u32::from_be_bytes(mac.as_ref()[offset..offset + 4].try_into().unwrap());
        format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
    }
}

impl TestApp {
    /// Sets an authenticator app up, from a browser just signed in; with it the recovery codes. Half a minute passes, so
    /// that the phone shows a code not used yet.
    pub async fn set_up_phone(&self, browser: &mut Browser) -> (Phone, Vec<String>) {
        let page = "/desk/account/app";
        assert_eq!(browser.post(page, &[("do", "begin")]).await.location(), page);
        let phone = Phone::of(&browser.get(page).await);
        let code = phone.code(self, 0);
        let shown = browser.post(page, &[("do", "finish"), ("code", &code)]).await;
        let codes = shown.text().split_once("<ol").expect("recovery codes").1;
        let codes = codes.split("<li>").skip(1).map(|code| code[..19].to_owned()).collect();
        self.clock.advance(30_000);
        (phone, codes)
    }
}

fn from_base32(text: &str) -> Vec<u8> {
    let bits = text.bytes().flat_map(|sign| {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            _ => sign - b'2' + 26,
        };
        (0..5).rev().map(move |n| value >> n & 1)
    });
    let bits: Vec<u8> = bits.collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
}
