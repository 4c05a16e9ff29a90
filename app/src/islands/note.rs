//! The note under a field, as HTML: the same on the server and in the browser.

use super::verdict::Verdict;
use crate::icons::Icon;
use crate::rich::html as rich_html;
use crate::text::problems;

/// The note's HTML. Everything in it is a sentence of ours, or a host name held to a plain grammar, and escaped besides.
#[must_use]
pub fn html(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Silent => String::new(),
        Verdict::Problem(code) => {
            let (tone, icon) =
                if code.is_warning() { ("warn", Icon::Warning) } else { ("bad", Icon::Problem) };
            let text = problems::for_admin(*code);
            [
                "<div class=\"note note--",
                tone,
                "\" data-code=\"",
                code.as_str(),
                "\">",
                icon.svg(),
                "<div><p class=\"note__title\">",
                text.title,
                "</p><p>",
                &rich_html(text.body),
                "</p></div></div>",
            ]
            .concat()
        }
        Verdict::Fine(sentence) => {
            ["<p class=\"field__read\">", Icon::Check.svg(), "<span>", &rich_html(sentence), "</span></p>"]
                .concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ProblemCode;

    use super::*;

    #[test]
    fn a_problem_carries_its_code_and_its_sentences() {
        let html = html(&Verdict::Problem(ProblemCode::KeyIsTenantId));

        assert!(html.contains("data-code=\"key_is_tenant_id\"") && html.contains("note--bad"), "{html}");
        assert!(html.contains("<b>Customer API Key</b>"), "{html}");
    }
}
