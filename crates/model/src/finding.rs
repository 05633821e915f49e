use serde::{Deserialize, Serialize};

/// Something that was wrong with one row of a file, or with the file: in which line, by which rule, why, and
/// what to do about it. A *rejection* is a finding that kept the row out; a *warning* is one that did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The line of the file, from 1, where the row starts (the header is line 1). `None` for the whole file.
    pub line: Option<u64>,
    /// Which rule, as a short stable word: `no-name`, `bad-postcode`.
    pub rule: Rule,
    /// What was found, in a sentence.
    pub message: String,
    /// What the person who keeps the file can do.
    pub remedy: String,
}

/// The short, stable word for a rule.
pub type Rule = std::borrow::Cow<'static, str>;

impl Finding {
    /// A finding in a line.
    pub fn new(line: u64, rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line: Some(line), rule: rule.into(), message: message.into(), remedy: remedy.into() }
    }

    /// A finding about the whole file.
    pub fn of_file(rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line: None, rule: rule.into(), message: message.into(), remedy: remedy.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{} [{}]", self.message, self.rule)?;
        if !self.remedy.is_empty() {
            write!(f, ". {}", self.remedy)?;
        }
        Ok(())
    }
}
