use model::Finding;

/// The whole file can't be used: what it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{finding}")]
pub struct Refusal {
    /// Why, and the remedy.
    pub finding: Finding,
}

impl Refusal {
    /// A refusal of the file as a whole.
    pub(crate) fn of_file(rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { finding: Finding::of_file(rule, message, remedy) }
    }

    /// A refusal for what stands in one line.
    pub(crate) fn at(
        line: u64,
        rule: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { finding: Finding::new(line, rule, message, remedy) }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::of_file(
            "unreadable",
            format!("the file can't be read: {error}"),
            "Check the file and try again.",
        )
    }
}
