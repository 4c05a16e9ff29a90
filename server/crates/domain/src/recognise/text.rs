//! What every recogniser does with a text first: what cannot be seen is left out, what surrounds a value is taken off,
//! and labels are found however they are spaced.
//!
//! Written to be small, as every browser loads it: after folding, one table of ASCII classes and a handful of functions
//! that are compiled once take the place of the standard library's patterns, which are compiled for each use.

use zeroize::Zeroizing;

use super::{Change, Changes};

/// White space.
pub(super) const SPACE: u16 = 1;
/// `0` to `9`.
pub(super) const DIGIT: u16 = 1 << 1;
/// `a` to `z`.
pub(super) const LOWER: u16 = 1 << 2;
/// `A` to `Z`.
pub(super) const UPPER: u16 = 1 << 3;
/// Hexadecimal digits.
pub(super) const HEX: u16 = 1 << 4;
/// `-`
pub(super) const DASH: u16 = 1 << 5;
/// `:`
pub(super) const COLON: u16 = 1 << 6;
/// `/`, `?` and `#`, which end the host in an address.
pub(super) const PATH: u16 = 1 << 7;
/// `@`, `\` and `%`.
pub(super) const TRAP: u16 = 1 << 8;
/// Quotes, brackets, bullets and punctuation: they may surround a key or an address without belonging to it.
pub(super) const NOISE: u16 = 1 << 9;
/// What stands between words and never inside an address.
pub(super) const BREAK: u16 = 1 << 10;
/// What stands between a label and its value.
pub(super) const MARK: u16 = 1 << 11;
/// `.`
pub(super) const DOT: u16 = 1 << 12;
/// `_`
pub(super) const UNDERSCORE: u16 = 1 << 13;
/// Whatever is no ASCII.
pub(super) const FOREIGN: u16 = 1 << 14;
/// The letters of `https`.
pub(super) const SCHEME: u16 = 1 << 15;
/// Letters.
pub(super) const LETTER: u16 = LOWER | UPPER;
/// Letters and digits.
pub(super) const ALNUM: u16 = LETTER | DIGIT;

/// The classes of each ASCII character.
const CLASSES: [u16; 128] = classes();

const fn classes() -> [u16; 128] {
    let mut table = [0; 128];
    let mut b = 0_u8;
    while b < 128 {
        let mut class = match b {
            b'h' | b't' | b'p' | b's' => LOWER | SCHEME,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'\t' | b'\n' => SPACE | BREAK | MARK,
            b' ' => SPACE | BREAK,
            b'-' => DASH,
            b':' => COLON | NOISE | MARK,
            b'=' => NOISE | MARK,
            b'/' | b'#' => PATH,
            b'?' => PATH | NOISE,
            b'@' | b'\\' | b'%' => TRAP,
            b'"' | b'<' | b'>' | b'|' | b',' | b';' => NOISE | BREAK,
            b'\'' | b'`' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'*' | b'!' => NOISE,
            b'.' => DOT | NOISE,
            b'_' => UNDERSCORE,
            _ => 0,
        };
        if b.is_ascii_hexdigit() {
            class |= HEX;
        }
        #[expect(clippy::indexing_slicing, reason = "evaluated when compiling, where `get_mut` is none")]
        {
            table[b as usize] = class;
        }
        b += 1;
    }
    table
}

/// What is folded away or into another character: the first, how many, and what becomes of them (0: left out).
const FOLDED: [(u16, u8, u8); 25] = [
    (0xAB, 1, b'"'),
    (0xAD, 1, 0),
    (0xB4, 1, b'"'),
    (0xB7, 1, b'*'),
    (0xBB, 1, b'"'),
    (0x34F, 1, 0),
    (0x61C, 1, 0),
    (0x115F, 2, 0),
    (0x180B, 4, 0),
    (0x200B, 5, 0),
    (0x2010, 6, b'-'),
    (0x2018, 8, b'"'),
    (0x2022, 1, b'*'),
    (0x202A, 5, 0),
    (0x2039, 2, b'"'),
    (0x2060, 16, 0),
    (0x2192, 1, b'='),
    (0x2212, 1, b'-'),
    (0x2800, 1, 0),
    (0x300A, 6, b'"'),
    (0x3164, 1, 0),
    (0xFE00, 16, 0),
    (0xFEFF, 1, 0),
    (0xFFA0, 1, 0),
    (0xFFF9, 4, 0),
];

/// What this character is seen as; `None` when it is not seen.
fn seen_as(c: char) -> Option<char> {
    let code = c as u32;
    if matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
        Some('\n')
    } else if c == '\t' || (c.is_ascii() && !c.is_ascii_control()) {
        Some(c)
    } else if c.is_whitespace() {
        Some(' ')
    } else if c.is_control() {
        None
    } else if (0xFF01..=0xFF5E).contains(&code) {
        char::from_u32(code - 0xFEE0)
    } else {
        let row =
            FOLDED.iter().find(|(first, count, _)| code.wrapping_sub(u32::from(*first)) < u32::from(*count));
        match row {
            Some((.., 0)) => None,
            Some((.., to)) => Some(char::from(*to)),
            // Tags and the rest of the variation selectors.
            None => (code >> 9 != 0xE0000 >> 9).then_some(c),
        }
    }
}

/// The text without what cannot be seen, its line breaks as `\n`, other white space as tab or space; wide letters, long
/// dashes and quotes of all kinds as the plain ones. Wiped when dropped: it may hold a secret.
pub(super) fn fold(text: &str) -> (Zeroizing<String>, Changes) {
    let mut changes = Changes::NONE;
    // Folding never makes a character longer, so nothing is moved and left behind while it grows.
    let mut folded = Zeroizing::new(String::with_capacity(text.len()));
    for c in text.chars() {
        match seen_as(c) {
            Some(plain) => {
                changes.add_if(plain != c && is(plain as u8, ALNUM | DASH | DOT), Change::MadePlain);
                folded.push(plain);
            }
            None => changes.add(Change::InvisibleLeftOut),
        }
    }
    (folded, changes)
}

/// The text without white space and characters that cannot be seen around it, and nothing else touched.
#[inline(never)]
pub(super) fn trimmed<'t>(text: &'t str, changes: &mut Changes) -> &'t str {
    let visible = text.trim_matches(|c: char| seen_as(c).is_none_or(char::is_whitespace));
    changes.add_if(visible.len() != text.len(), Change::Trimmed);
    visible
}

/// Whether this byte of a text belongs to one of these classes.
pub(super) fn is(b: u8, class: u16) -> bool {
    CLASSES.get(usize::from(b)).unwrap_or(&FOREIGN) & class != 0
}

/// Whether all of the text belongs to these classes.
#[inline(never)]
pub(super) fn all(text: &str, class: u16) -> bool {
    text.bytes().all(|b| is(b, class))
}

/// Whether some of the text belongs to these classes.
#[inline(never)]
pub(super) fn any(text: &str, class: u16) -> bool {
    text.bytes().any(|b| is(b, class))
}

/// The text from its first character that does, or does not, belong to these classes, and what stands before it.
#[inline(never)]
pub(super) fn cut(text: &str, class: u16, belongs: bool) -> (&str, &str) {
    let at = text.bytes().position(|b| is(b, class) == belongs).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// The text without these classes around it.
#[inline(never)]
pub(super) fn trim(text: &str, class: u16) -> &str {
    let (_, rest) = cut(text, class, false);
    let end = rest.bytes().rposition(|b| !is(b, class)).map_or(0, |last| last + 1);
    rest.get(..end).unwrap_or(rest)
}

/// The folded text without anything around it that is no part of a value.
#[inline(never)]
pub(super) fn bared<'t>(folded: &'t str, changes: &mut Changes) -> &'t str {
    let tight = trim(folded, SPACE);
    changes.add_if(tight.len() != folded.len(), Change::Trimmed);
    let bare = trim(tight, SPACE | NOISE);
    changes.add_if(bare.len() != tight.len(), Change::QuotesLeftOut);
    bare
}

/// The words of a folded text, without what surrounds each.
#[derive(Clone, Copy)]
pub(super) struct Words<'t>(pub(super) &'t str);

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'t str> {
        let (_, start) = cut(self.0, BREAK | NOISE, false);
        let (word, rest) = cut(start, BREAK, true);
        self.0 = rest;
        (!word.is_empty()).then(|| trim(word, NOISE))
    }
}

/// The parts of a host name.
pub(super) struct Labels<'t>(pub(super) Option<&'t str>);

impl<'t> Iterator for Labels<'t> {
    type Item = &'t str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'t str> {
        let (label, rest) = cut(self.0?, DOT, true);
        self.0 = rest.get(1..);
        Some(label)
    }
}

/// The same text without these classes.
#[inline(never)]
pub(super) fn without(text: &str, class: u16) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (part, next) = cut(rest, class, true);
        kept.push_str(part);
        (_, rest) = cut(next, class, false);
    }
    kept
}

/// Whether the text begins with one of these classes.
#[inline(never)]
pub(super) fn starts(text: &str, class: u16) -> bool {
    text.bytes().next().is_some_and(|b| is(b, class))
}

/// Where this stands in the text, in any letter case.
#[inline(never)]
pub(super) fn find(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Whether the text ends in this, in any letter case.
#[inline(never)]
pub(super) fn ends_with(text: &str, wanted: &str) -> bool {
    text.len()
        .checked_sub(wanted.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(wanted))
}

/// What stands before and after a label, whose words may be spaced, dashed and cased in any way. It must begin where a
/// word begins, but may be glued to what follows: a field of one line drops line breaks from what is pasted.
#[inline(never)]
pub(super) fn around<'t>(text: &'t str, label: &str) -> Option<(&'t str, &'t str)> {
    let mut in_word = false;
    for (at, b) in text.bytes().enumerate() {
        if !in_word
            && let Some((before, rest)) = text.split_at_checked(at)
            && let Some(after) = after_label(rest, label)
        {
            return Some((before, after));
        }
        in_word = is(b, ALNUM);
    }
    None
}

/// What follows a label that `text` begins with.
#[inline(never)]
pub(super) fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut wanted = label.as_bytes();
    for (at, b) in text.bytes().enumerate() {
        match wanted.split_first() {
            None => return text.get(at..),
            Some((first, rest)) if b.eq_ignore_ascii_case(first) => wanted = rest,
            Some(_) if at > 0 && is(b, SPACE | DASH | UNDERSCORE) => {}
            Some(_) => return None,
        }
    }
    wanted.is_empty().then_some("")
}

/// Most bytes from one word of UKG's mark for an address that was never set up to the end of the next.
const PLACEHOLDER_SPAN: usize = 14;

/// Whether this holds UKG's mark for an address that was never set up, however it is spaced, cased or escaped.
pub(super) fn is_placeholder(text: &str) -> bool {
    let after = find(text, "requires").and_then(|at| text.get(at + 8..)).unwrap_or_default();
    let near = after.get(..after.floor_char_boundary(PLACEHOLDER_SPAN)).unwrap_or_default();
    find(near, "config").is_some() || find(text, "configuration]]").is_some()
}
