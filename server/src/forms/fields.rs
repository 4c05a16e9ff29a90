//! A form whose fields may come several times, such as boxes to tick.

/// Names and values, in the order they came.
#[derive(Debug, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of this name; empty when there is none.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of this name.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether a box of this name was ticked, or a button of this name pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        !self.one(name).is_empty()
    }
}
