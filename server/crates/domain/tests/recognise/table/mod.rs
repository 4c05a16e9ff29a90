//! Real-looking inputs with the expected answer, one a line, reviewed by reading.

pub mod keys;
pub mod passwords;
pub mod urls;
pub mod usernames;

#[cfg(test)]
use super::answers::{self, Answer};

/// An input and its answer.
pub type Row = (&'static str, &'static str);

#[cfg(test)]
fn check(rows: &[Row], answer: fn(&str) -> Answer) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(input, expected)| (input, expected, answer(input).to_string()))
        .filter(|(_, expected, actual)| actual != *expected)
        .map(|(input, expected, actual)| format!("{input:?}\n  expected {expected}\n  but got  {actual}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn every_key_gets_its_answer() {
    check(keys::ROWS, answers::key);
}

#[test]
fn every_username_gets_its_answer() {
    check(usernames::ROWS, answers::username);
}

#[test]
fn every_password_gets_its_answer() {
    check(passwords::ROWS, answers::password);
}

#[test]
fn every_address_gets_its_answer() {
    check(urls::ROWS, answers::url);
}

#[test]
fn the_table_is_long_and_says_nothing_twice() {
    let rows = [keys::ROWS, usernames::ROWS, passwords::ROWS, urls::ROWS];
    assert!(rows.iter().map(|rows| rows.len()).sum::<usize>() >= 170);
    for rows in rows {
        let mut inputs: Vec<&str> = rows.iter().map(|(input, _)| *input).collect();
        inputs.sort_unstable();
        assert!(inputs.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
