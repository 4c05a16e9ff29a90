//! Reading what browser and authenticator bring back, and everything the standard asks to be checked that needs no
//! database: what was asked, by which page, for which host, and that the person was there and proved it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Secret;
use serde::Deserialize;

use super::PasskeyAnswer;

/// The person was there.
const PRESENT: u8 = 1;
/// The authenticator made sure who it is: by a finger, a face, a PIN.
const VERIFIED: u8 = 1 << 2;
/// A new credential is attached.
const ATTACHED: u8 = 1 << 6;
/// Hash of the host, flags, counter.
const HEAD: usize = 37;
/// The authenticator's model, before the credential's id.
const MODEL: usize = 16;

/// An answer that is of the right kind and from the right page.
pub(super) struct Ceremony {
    /// The question it answers.
    pub(super) challenge: Vec<u8>,
    /// How often the authenticator signed so far, if it counts.
    pub(super) sign_count: u32,
    data: Vec<u8>,
    client: Vec<u8>,
}

/// `clientDataJSON`, as far as it matters.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

impl Ceremony {
    /// Reads an answer of this kind; `None` when anything about it is not as it must be.
    pub(super) fn read(origin: &str, kind: &str, answer: &PasskeyAnswer) -> Option<Self> {
        let (client, data) = (bytes(&answer.client)?, bytes(&answer.data)?);
        let said: ClientData = serde_json::from_slice(&client).ok()?;
        if said.kind != kind || said.origin != origin || said.cross_origin {
            return None;
        }
        let (head, _) = data.split_first_chunk::<HEAD>()?;
        let [host_hash @ .., flags, a, b, c, d] = head;
        let there = flags & PRESENT != 0 && flags & VERIFIED != 0;
        if !there || *host_hash != vault::sha256(host(origin).as_bytes()) {
            return None;
        }
        let sign_count = u32::from_be_bytes([*a, *b, *c, *d]);
        let challenge = URL_SAFE_NO_PAD.decode(said.challenge).ok()?;
        Some(Self { challenge, sign_count, data, client })
    }

    /// The id of the credential that was made; `None` when none was.
    pub(super) fn made_credential(&self) -> Option<&[u8]> {
        let (head, rest) = self.data.split_first_chunk::<HEAD>()?;
        if head.get(32)? & ATTACHED == 0 {
            return None;
        }
        let (length, rest) = rest.get(MODEL..)?.split_first_chunk::<2>()?;
        rest.get(..usize::from(u16::from_be_bytes(*length)))
    }

    /// Whether the authenticator signed just this.
    pub(super) fn is_signed(&self, algorithm: i64, public_key: &[u8], signature: &[u8]) -> bool {
        let message = [self.data.as_slice(), &vault::sha256(&self.client)].concat();
        vault::is_signed(algorithm, public_key, &message, signature)
    }
}

/// The host of an origin, without its port.
pub(super) fn host(origin: &str) -> &str {
    let rest = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    if rest.starts_with('[') {
        return rest;
    }
    rest.split_once(':').map_or(rest, |(host, _)| host)
}

pub(super) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the text stands for; `None` when it is empty or no base64.
pub(super) fn bytes(text: &Secret) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.expose()).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://link.example.com";

    fn answer(client: &str, data: &[u8]) -> PasskeyAnswer {
        let secret = |bytes: &[u8]| Secret::new(text(bytes));
        PasskeyAnswer {
            credential: secret(b"id"),
            client: secret(client.as_bytes()),
            data: secret(data),
            signature: Secret::default(),
            key: Secret::default(),
            algorithm: 0,
        }
    }

    fn data(host: &str, flags: u8) -> Vec<u8> {
        [vault::sha256(host.as_bytes()).as_slice(), &[flags, 0, 0, 1, 2]].concat()
    }

    fn client(kind: &str, origin: &str, more: &str) -> String {
        format!("{{\"type\":\"{kind}\",\"challenge\":\"AAAA\",\"origin\":\"{origin}\"{more}}}")
    }

    #[test]
    fn an_answer_is_taken_from_our_page_for_our_host_with_the_person_proven() {
        let good = client("webauthn.get", ORIGIN, ",\"crossOrigin\":false,\"other\":1");
        let read = |client: &str, data: &[u8]| Ceremony::read(ORIGIN, "webauthn.get", &answer(client, data));

        let read_well = read(&good, &data("link.example.com", PRESENT | VERIFIED)).unwrap();
        assert_eq!((read_well.sign_count, read_well.challenge), (258, vec![0; 3]));
        assert!(read(&good, &data("link.example.com", PRESENT)).is_none(), "not proven");
        assert!(read(&good, &data("link.example.com", VERIFIED)).is_none(), "not there");
        assert!(read(&good, &data("evil.example.com", PRESENT | VERIFIED)).is_none());
        assert!(read(&good, &data("link.example.com", 5)[..36]).is_none(), "cut short");
        let well = data("link.example.com", PRESENT | VERIFIED);
        for client in [
            client("webauthn.create", ORIGIN, ""),
            client("webauthn.get", "https://evil.example", ""),
            client("webauthn.get", "https://link.example.com:8443", ""),
            client("webauthn.get", ORIGIN, ",\"crossOrigin\":true"),
            String::new(),
            "[]".to_owned(),
        ] {
            assert!(read(&client, &well).is_none(), "{client}");
        }
    }

    #[test]
    fn the_credential_made_is_read_and_nothing_beyond_the_end() {
        let client = client("webauthn.create", ORIGIN, "");
        let made = |tail: &[u8], flags: u8| {
            let data = [data("link.example.com", flags), tail.to_vec()].concat();
            let read = Ceremony::read(ORIGIN, "webauthn.create", &answer(&client, &data)).unwrap();
            read.made_credential().map(<[u8]>::to_vec)
        };
        let whole = [[9; MODEL].as_slice(), &[0, 3], b"idx", b"key"].concat();

        assert_eq!(made(&whole, PRESENT | VERIFIED | ATTACHED), Some(b"idx".to_vec()));
        assert_eq!(made(&whole, PRESENT | VERIFIED), None);
        assert_eq!(made(&whole[..20], PRESENT | VERIFIED | ATTACHED), None);
        assert_eq!(made(&[], PRESENT | VERIFIED | ATTACHED), None);
    }

    #[test]
    fn the_host_of_an_origin_has_no_port() {
        assert_eq!(host("https://link.example.com"), "link.example.com");
        assert_eq!(host("http://localhost:3000"), "localhost");
        assert_eq!(host("http://[::1]:3000"), "[::1]:3000");
    }
}
