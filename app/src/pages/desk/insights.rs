//! `/desk/insights`: how customers fare, in charts with their figures beside them.

use domain::ProblemCode;
use leptos::prelude::*;

use crate::components::{Bar, BarChart, length_of};
use crate::icons::Icon;
use crate::text::desk::{self, audit::number, insights as words, work};

/// A period to choose.
#[derive(Clone, Copy, Debug)]
pub struct PeriodChoice {
    /// Its name in the address.
    pub value: &'static str,
    /// Whether it is the one in use.
    pub current: bool,
}

/// One stage of the way.
#[derive(Clone, Copy, Debug)]
pub struct StageFigures {
    /// How many links came here.
    pub reached: u64,
    /// How long half of them took from the stage before at most, in milliseconds.
    pub median_millis: Option<i64>,
    /// How many came no further.
    pub stopped: u64,
    /// How many of these have been quiet for three days.
    pub quiet: u64,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct InsightsView {
    /// The periods.
    pub periods: [PeriodChoice; 4],
    /// How many links it is told from.
    pub links: u64,
    /// Whether there are more, older ones.
    pub cut: bool,
    /// The stages, in order.
    pub stages: [StageFigures; 7],
    /// Problems with how many links met them, the most frequent first.
    pub problems: Vec<(ProblemCode, u64)>,
    /// From the invite to linked: half took no longer, nine of ten took no longer, in milliseconds.
    pub time: Option<(i64, i64)>,
    /// How many were linked within each bound.
    pub times: [u64; 7],
}

/// The page.
#[component]
pub fn InsightsPage(
    /// What it shows.
    view: InsightsView,
) -> impl IntoView {
    let periods = view.periods;
    let cut = view.cut.then(|| view! { <p class="soft small">{words::cut(view.links)}</p> });
    let content = if view.links == 0 && view.problems.is_empty() {
        nothing().into_any()
    } else {
        view! {
            {funnel(&view.stages)} {stopped(&view.stages)} {time(view.time, view.times)} {problems(view.problems)}
        }
        .into_any()
    };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <header class="desk__head">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
                <div class="actions">
                    <a class="button button--quiet button--small" href="/desk/ukg">{Icon::Globe.view()} {words::UKG}</a>
                    <a class="button button--quiet button--small" href="/desk/work">{Icon::Clock.view()} {work::HEADING}</a>
                </div>
            </header>
            <div class="desk__bar">
                <nav class="filters" aria-label=words::PERIOD_LABEL>
                    {periods.into_iter().zip(words::PERIODS).map(period).collect_view()}
                </nav>
            </div>
            {cut}
            <div class="insights">{content}</div>
        </main>
    }
}

fn period((choice, name): (PeriodChoice, &'static str)) -> impl IntoView {
    let href = format!("/desk/insights?period={}", choice.value);
    view! { <a class="filters__link" href=href aria-current=choice.current.then_some("page")>{name}</a> }
}

fn nothing() -> impl IntoView {
    let (heading, body) = words::NONE;
    view! {
        <section class="empty" aria-labelledby="empty-title">
            <h2 id="empty-title">{heading}</h2>
            <p>{body}</p>
        </section>
    }
}

/// A chart with its table beside it.
fn figures(
    id: &'static str,
    (heading, lead): (&'static str, Option<String>),
    chart: AnyView,
    table: AnyView,
) -> AnyView {
    view! {
        <section class="card insight" aria-labelledby=id>
            <div>
                <h2 id=id>{heading}</h2>
                {lead.map(|lead| view! { <p class="soft small">{lead}</p> })}
            </div>
            <div class="insight__cols">{chart} {table}</div>
        </section>
    }
    .into_any()
}

/// Rows of texts under their headings; the first of each names the row.
fn table(label: &'static str, heads: &'static [&'static str], rows: Vec<Vec<String>>) -> AnyView {
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().enumerate().map(|(n, cell)| {
            if n == 0 {
                view! { <th scope="row">{cell}</th> }.into_any()
            } else {
                view! { <td>{cell}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="figures" aria-label=label>
            <thead>
                <tr>{heads.iter().map(|head| view! { <th scope="col">{*head}</th> }).collect_view()}</tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn funnel(stages: &[StageFigures; 7]) -> AnyView {
    let [invited, .., linked] = stages;
    let all = invited.reached;
    let named = || stages.iter().zip(words::STAGES);
    let bars = named().map(|(stage, name)| Bar {
        label: name.to_owned(),
        value: format!("{} · {}", number(stage.reached), words::share(stage.reached, all)),
        length: length_of(stage.reached, all),
    });
    let title = words::funnel_title(all, linked.reached);
    let chart = view! { <BarChart title bars=bars.collect() /> }.into_any();
    let rows = named().map(|(stage, name)| {
        let time = stage.median_millis.map_or_else(|| words::NO_FIGURE.to_owned(), words::duration);
        vec![name.to_owned(), number(stage.reached), words::share(stage.reached, all), time]
    });
    let table = table(words::FUNNEL, &words::FUNNEL_COLUMNS, rows.collect());
    figures("funnel-title", (words::FUNNEL, None), chart, table)
}

fn stopped(stages: &[StageFigures; 7]) -> AnyView {
    let there = || stages.iter().zip(words::STAGES).filter(|(stage, _)| stage.stopped > 0);
    let longest = there().map(|(stage, _)| stage.stopped).max();
    let Some(longest) = longest else { return only("stopped-title", words::STOPPED, words::NOBODY_STOPPED) };
    let bars = there().map(|(stage, name)| Bar {
        label: name.to_owned(),
        value: number(stage.stopped),
        length: length_of(stage.stopped, longest),
    });
    let chart = view! { <BarChart title=words::STOPPED_LEAD.to_owned() bars=bars.collect() /> }.into_any();
    let rows = there().map(|(stage, name)| vec![name.to_owned(), number(stage.stopped), number(stage.quiet)]);
    let table = table(words::STOPPED, &words::STOPPED_COLUMNS, rows.collect());
    figures("stopped-title", (words::STOPPED, Some(words::STOPPED_LEAD.to_owned())), chart, table)
}

fn time(time: Option<(i64, i64)>, counts: [u64; 7]) -> AnyView {
    let Some((median, most)) = time else { return only("time-title", words::TIME, words::NONE_LINKED) };
    let longest = counts.into_iter().max().unwrap_or_default();
    let named = || counts.into_iter().zip(words::TIMES);
    let bars = named().map(|(count, name)| Bar {
        label: name.to_owned(),
        value: number(count),
        length: length_of(count, longest),
    });
    let lead = words::half_and_most(&words::duration(median), &words::duration(most));
    let chart = view! { <BarChart title=lead.clone() bars=bars.collect() /> }.into_any();
    let rows = named().map(|(count, name)| vec![name.to_owned(), number(count)]);
    let table = table(words::TIME, &words::TIME_COLUMNS, rows.collect());
    figures("time-title", (words::TIME, Some(lead)), chart, table)
}

fn problems(problems: Vec<(ProblemCode, u64)>) -> AnyView {
    let longest = problems.iter().map(|(_, links)| *links).max();
    let Some(longest) = longest else { return only("problems-title", words::PROBLEMS, words::NO_PROBLEMS) };
    let bars = problems.iter().map(|(code, links)| Bar {
        label: code.as_str().to_owned(),
        value: number(*links),
        length: length_of(*links, longest),
    });
    let chart = view! { <BarChart title=words::PROBLEMS_LEAD.to_owned() bars=bars.collect() /> }.into_any();
    let [problem, links] = words::PROBLEM_COLUMNS;
    let rows = problems.into_iter().map(|(code, count)| {
        view! {
            <tr data-code=code.as_str()>
                <th scope="row">
                    {desk::for_staff(code)} " " <code>{code.as_str()}</code>
                </th>
                <td>{number(count)}</td>
            </tr>
        }
    });
    let table = view! {
        <table class="figures" aria-label=words::PROBLEMS>
            <thead>
                <tr>
                    <th scope="col">{problem}</th>
                    <th scope="col">{links}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    };
    figures(
        "problems-title",
        (words::PROBLEMS, Some(words::PROBLEMS_LEAD.to_owned())),
        chart,
        table.into_any(),
    )
}

/// A section with nothing to draw.
fn only(id: &'static str, heading: &'static str, sentence: &'static str) -> AnyView {
    view! {
        <section class="card insight" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <p class="soft">{sentence}</p>
        </section>
    }
    .into_any()
}
