//! What every recogniser does with a text first: what cannot be seen is left out, what surrounds a value is taken off,
//! and labels are found however they are spaced.

use zeroize::Zeroizing;

use super::{Change, Changes};

/// Characters that are seen as nothing but break a comparison: they come along from web pages, PDFs and chats.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFC}'
            | '\u{E0000}'..='\u{E01EF}')
}

/// Quotes, brackets and bullets: never part of a key or an address.
fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '‘'
            ..='‟'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '「'
                | '」'
                | '<'
                | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '*'
                | '•'
                | '·'
                | '|'
                | '→'
    )
}

/// Whether this may surround a key or an address without belonging to it.
pub(super) fn is_noise(c: char) -> bool {
    c.is_whitespace() || is_wrapping(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '=')
}

/// The text without what cannot be seen, its line breaks as `\n`, other white space as tab or space, wide letters and
/// long dashes as the plain ones. Wiped when dropped: it may hold a secret.
pub(super) fn fold(text: &str) -> (Zeroizing<String>, Changes) {
    let mut changes = Changes::NONE;
    // Folding never makes a character longer, so nothing is moved and left behind while it grows.
    let mut folded = Zeroizing::new(String::with_capacity(text.len()));
    for c in text.chars() {
        let plain = match c {
            '\t' => '\t',
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            _ if c.is_whitespace() => ' ',
            _ if is_invisible(c) => {
                changes.add(Change::InvisibleLeftOut);
                continue;
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        };
        changes.add_if(plain != c && !c.is_whitespace(), Change::MadePlain);
        folded.push(plain);
    }
    (folded, changes)
}

/// The text without white space and characters that cannot be seen around it, and nothing else touched.
pub(super) fn trimmed<'t>(text: &'t str, changes: &mut Changes) -> &'t str {
    let visible = text.trim_matches(is_invisible_or_space);
    changes.add_if(visible.len() != text.len(), Change::Trimmed);
    visible
}

fn is_invisible_or_space(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// The folded text without anything around it that is no part of a value.
pub(super) fn bared<'t>(folded: &'t str, changes: &mut Changes) -> &'t str {
    let tight = folded.trim();
    changes.add_if(tight.len() != folded.len(), Change::Trimmed);
    let bare = tight.trim_matches(is_noise);
    changes.add_if(bare.len() != tight.len(), Change::QuotesLeftOut);
    bare
}

/// The words of a folded text, without what surrounds each.
pub(super) fn words(folded: &str) -> impl Iterator<Item = &str> {
    let apart =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|' | ',' | ';');
    folded.split(apart).map(|word| word.trim_matches(is_noise)).filter(|word| !word.is_empty())
}

/// What stands before and after a label, whose words may be spaced, dashed and cased in any way. It must begin where a
/// word begins, but may be glued to what follows: a field of one line drops line breaks from what is pasted.
pub(super) fn around<'t>(text: &'t str, label: &str) -> Option<(&'t str, &'t str)> {
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        if !in_word
            && let Some((before, rest)) = text.split_at_checked(at)
            && let Some(after) = after_label(rest, label)
        {
            return Some((before, after));
        }
        in_word = c.is_ascii_alphanumeric();
    }
    None
}

/// What follows a label that `text` begins with.
pub(super) fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut wanted = label.bytes().peekable();
    for (at, c) in text.char_indices() {
        match wanted.peek() {
            None => return text.get(at..),
            Some(b) if c.eq_ignore_ascii_case(&char::from(*b)) => {
                wanted.next();
            }
            Some(_) if at > 0 && (c.is_whitespace() || matches!(c, '-' | '_')) => {}
            Some(_) => return None,
        }
    }
    wanted.peek().is_none().then_some("")
}

/// Whether this is UKG's mark for an address that was never set up, however it is spaced, cased or escaped.
pub(super) fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some((_, after)) = rest.split_once("requires") {
        if after.find("config").is_some_and(|gap| gap <= 8) {
            return true;
        }
        rest = after;
    }
    lower.contains("configuration]]")
}
