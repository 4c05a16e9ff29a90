//! Bars, drawn as SVG by the server: a picture with its title, whose figures stand in a table beside it.

use leptos::prelude::*;

/// Height of a bar with its label, in pixels.
const ROW: usize = 46;

/// One bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// The figure, as it reads.
    pub value: String,
    /// How long it is, of 100.
    pub length: f64,
}

/// Bars one under another. Lengths are shares of the width, so that texts keep their size on any screen.
#[component]
pub fn BarChart(
    /// What the picture shows, in a sentence.
    title: String,
    /// The bars.
    bars: Vec<Bar>,
) -> impl IntoView {
    let height = bars.len() * ROW;
    let bars = bars.into_iter().enumerate().map(|(n, bar)| {
        let top = n * ROW;
        let length = bar.length.clamp(0.0, 100.0);
        view! {
            <text class="chart__label" x="0" y=top + 15>{bar.label}</text>
            <text class="chart__value" x="100%" y=top + 15 text-anchor="end">{bar.value}</text>
            <rect class="chart__track" x="0" y=top + 23 width="100%" height="12" rx="6"></rect>
            {(length > 0.0)
                .then(|| {
                    view! {
                        <rect class="chart__bar" x="0" y=top + 23 width=format!("{length:.2}%") height="12" rx="6"></rect>
                    }
                })}
        }
    });
    view! {
        <svg class="chart" role="img" width="100%" height=height>
            <title>{title}</title>
            {bars.collect_view()}
        </svg>
    }
}

/// How long a bar of this figure is beside the longest.
#[must_use]
pub fn length_of(figure: u64, longest: u64) -> f64 {
    // Only a picture: a figure beyond what a float tells apart is as long as its neighbour.
    #[expect(clippy::cast_precision_loss, reason = "only a picture")]
    let (figure, longest) = (figure as f64, longest.max(1) as f64);
    figure * 100.0 / longest
}
