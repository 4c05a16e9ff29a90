//! The text of a key file: what is read, and what each mistake is told.

use super::{KEY_A, KEY_B, TestResult};
use crate::{KeyId, Keyring};

/// 32 bytes, so that the same key can be written both ways.
const AS_HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const AS_BASE64: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn refusal(text: &str) -> String {
    Keyring::parse(text).err().map_or_else(|| "accepted".to_owned(), |error| error.to_string())
}

#[test]
fn a_generated_file_reads_back_and_is_never_the_same_twice() -> TestResult {
    let (one, two) = (Keyring::generate()?, Keyring::generate()?);

    assert!(Keyring::parse(&one)?.primary_id().as_str().starts_with('k'));
    assert_ne!(*one, *two);
    Ok(())
}

#[test]
fn hexadecimal_and_base64_with_or_without_padding_are_the_same_key() {
    for second in [AS_BASE64, AS_BASE64.trim_end_matches('='), &AS_HEX.to_uppercase()] {
        let text = format!("one {AS_HEX} primary\ntwo {second}");

        let expected = "line 2 of the key file: `two` is the same key as `one`; a rotation needs a new key";
        assert_eq!(refusal(&text), expected);
    }
}

#[test]
fn comments_blank_lines_and_windows_line_ends_are_skipped() -> TestResult {
    let text = format!("# keys\r\n\r\n  {KEY_A}  # the old one\r\n\t{KEY_B}\tprimary # since May\r\n");

    let keyring = Keyring::parse(&text)?;

    assert_eq!(keyring.ids().map(KeyId::as_str).collect::<Vec<_>>(), ["b", "a"]);
    Ok(())
}

#[test]
fn each_mistake_says_which_line_and_what_it_should_be() {
    let shout = KEY_A.replacen('a', "A", 1);
    let cut = &KEY_A.replace("1d01", "1d");
    let same_id = KEY_B.replacen('b', "a", 1);
    let table = [
        (String::new(), "the key file holds no key; make one with `linkdesk keygen --out FILE`"),
        ("# nothing\n".into(), "the key file holds no key; make one with `linkdesk keygen --out FILE`"),
        (
            KEY_A.into(),
            "no key in the key file is primary; write `primary` after the key that new links shall use",
        ),
        (
            format!("{KEY_A} primary\n\n{KEY_B} primary"),
            "line 3 of the key file marks a second key as primary, beside `a`; leave one of them",
        ),
        ("lonely".into(), "line 1 of the key file should read `id key`, or `id key primary`"),
        (format!("{KEY_A} main"), "line 1 of the key file should read `id key`, or `id key primary`"),
        (format!("{KEY_A} primary too"), "line 1 of the key file should read `id key`, or `id key primary`"),
        (shout, "line 1 of the key file: an id is 1 to 32 characters of a-z, 0-9, - and _"),
        (
            "a not*base64 primary".into(),
            "line 1 of the key file: the key is neither hexadecimal nor base64; was it cut or wrapped?",
        ),
        (format!("{cut} primary"), "line 1 of the key file: a key is 32 bytes, this one is 31; was it cut?"),
        (
            format!("{KEY_A} primary\n{same_id}"),
            "line 2 of the key file: there is a key `a` already; give the newer one another id",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(refusal(&text), expected);
    }
}

#[test]
fn no_refusal_repeats_a_key() {
    let key = KEY_A.trim_start_matches("a ");
    for text in
        [format!("{key} a primary"), format!("a {key}f primary"), format!("a b {key}"), key.to_owned()]
    {
        let told = refusal(&text);

        assert!(!told.contains(&key[..8]), "{told}");
    }
}
