//! Characters that nobody sees: with one in it, a name looks like another and is none, or reads backwards.

/// The text without characters that cannot be seen and that no script, and no picture, needs where they stand. Nobody typed
/// them: they come along when a name is copied.
pub(crate) fn without_unseen(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let at = |n: Option<usize>| n.and_then(|n| signs.get(n)).copied();
    let is_needless = |(n, sign): &(usize, &char)| {
        let (before, after) = (at(n.checked_sub(1)), at(Some(n + 1)));
        match *sign {
            '\u{200d}' if before.is_some_and(is_pictured) && after.is_some_and(is_pictured) => false,
            '\u{200c}' | '\u{200d}' => !(before.is_some_and(is_joined) && after.is_some_and(is_joined)),
            // They choose a form of the sign before, as for Japanese names.
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                before.is_none_or(|before| before.is_whitespace() || is_unseen(before))
            }
            sign => is_unseen(*sign),
        }
    };
    signs.iter().enumerate().filter(|sign| !is_needless(sign)).map(|(_, sign)| *sign).collect()
}

/// Whether it is a picture, or chooses the form of one: several are joined to a new one.
const fn is_pictured(sign: char) -> bool {
    matches!(sign, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether words of this letter's script are written with joiners: Arabic and its neighbours, the scripts of India and of
/// South-East Asia, Mongolian.
const fn is_joined(sign: char) -> bool {
    matches!(sign,
        '\u{0600}'..='\u{0dff}' | '\u{0f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{a8e0}'..='\u{a8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !is_unseen(sign)
}

/// Whether it is one of Unicode's format characters, fillers and separators that show nothing by themselves.
#[must_use]
pub const fn is_unseen(sign: char) -> bool {
    matches!(sign,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out_wherever_it_stands() {
        for text in [
            "Con\u{200b}toso",
            "\u{feff}Contoso",
            "Contoso\u{2060}",
            "\u{202e}osotnoC",
            "Contoso \u{2066}Health\u{2069}",
            "Con\u{ad}toso",
            "Con\u{200d}toso",
            "Contoso\u{200c} Health",
            "\u{3164}",
            "Contoso\u{e0041}",
            "a \u{fe0f}",
            "\u{200d}\u{646}",
            "\u{646}\u{200c}\u{200c}\u{646}",
        ] {
            assert_ne!(without_unseen(text), text, "{}", text.escape_unicode());
        }
    }

    #[test]
    fn names_of_every_script_are_kept() {
        for text in [
            "Contoso Health, Inc.",
            "Zoë & Söhne – Łódź",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "ශ්\u{200d}රී ලංකා",
            "東京\u{e0100}株式会社",
            "מכבי",
            "नेपाल",
            "한국 전력",
            "I ❤\u{fe0f} payroll",
            "👩\u{200d}⚕\u{fe0f} Café 🏳\u{fe0f}\u{200d}🌈",
        ] {
            assert_eq!(without_unseen(text), text);
        }
    }
}
