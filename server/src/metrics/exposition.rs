//! Prometheus's text format (0.0.4), as far as it is needed: some forty lines, where a crate would bring a registry, traits for labels
//! and a format of its own.

use std::fmt::{Display, Write as _};

use super::histogram::{BOUNDS_MS, Histogram};

/// The text, as it grows.
#[derive(Debug, Default)]
pub struct Exposition(String);

impl Exposition {
    /// The type of what [`Exposition::into_text`] gives.
    pub const CONTENT_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins a family of samples.
    pub fn family(&mut self, name: &str, kind: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}"));
    }

    /// One sample of the family that was begun last.
    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.line(format_args!("{name}{} {value}", in_braces(labels)));
    }

    /// A family of one sample without labels.
    pub fn single(&mut self, name: &str, kind: &str, help: &str, value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    /// The samples of a histogram.
    pub fn histogram(&mut self, name: &str, labels: &[(&str, &str)], histogram: &Histogram) {
        let mut so_far = 0;
        for (bound, bucket) in BOUNDS_MS.into_iter().zip(histogram.buckets) {
            so_far += bucket;
            let bound = format!("{}", std::time::Duration::from_millis(bound).as_secs_f64());
            self.sample(&format!("{name}_bucket"), &[labels, &[("le", &bound)]].concat(), so_far);
        }
        self.sample(&format!("{name}_bucket"), &[labels, &[("le", "+Inf")]].concat(), histogram.count);
        self.sample(&format!("{name}_sum"), labels, histogram.sum.as_secs_f64());
        self.sample(&format!("{name}_count"), labels, histogram.count);
    }

    /// The whole text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // A string takes whatever is written to it.
        let _ = writeln!(self.0, "{line}");
    }
}

fn in_braces(labels: &[(&str, &str)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let pairs: Vec<_> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", pairs.join(","))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn buckets_add_up_and_labels_are_escaped() {
        let mut histogram = Histogram::default();
        for millis in [0, 5, 6, 700, 60_000] {
            histogram.observe(Duration::from_millis(millis));
        }
        let mut out = Exposition::default();
        out.family("took_seconds", "histogram", "How long.");
        out.histogram("took_seconds", &[("route", "a\"b\\c\nd")], &histogram);

        let text = out.into_text();

        let labels = "route=\"a\\\"b\\\\c\\nd\"";
        for line in [
            "# TYPE took_seconds histogram".to_owned(),
            format!("took_seconds_bucket{{{labels},le=\"0.005\"}} 2"),
            format!("took_seconds_bucket{{{labels},le=\"0.01\"}} 3"),
            format!("took_seconds_bucket{{{labels},le=\"1\"}} 4"),
            format!("took_seconds_bucket{{{labels},le=\"20\"}} 4"),
            format!("took_seconds_bucket{{{labels},le=\"+Inf\"}} 5"),
            format!("took_seconds_sum{{{labels}}} 60.711"),
            format!("took_seconds_count{{{labels}}} 5"),
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
