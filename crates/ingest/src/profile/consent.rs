use serde::Deserialize;

/// What people agreed to, by columns of the list. What a row does not agree to is not done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Consent {
    /// Telephone number and mailbox are taken only of rows that agree.
    pub contact: Option<Agreed>,
    /// Rows that do not agree are for staff only.
    pub public: Option<Agreed>,
}

/// A column, and the values in it that agree, or those that do not; compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Agreed {
    pub column: String,
    #[serde(default)]
    pub is: Vec<String>,
    #[serde(default)]
    pub is_not: Vec<String>,
}

impl Agreed {
    /// Whether a cell agrees. With `is`, only the values there do, and an empty cell does not; with `is_not`,
    /// everything else does.
    pub fn by(&self, cell: &str) -> bool {
        let holds =
            |values: &[String]| values.iter().any(|value| value.to_lowercase() == cell.trim().to_lowercase());
        if self.is.is_empty() { !holds(&self.is_not) } else { holds(&self.is) && !holds(&self.is_not) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_agrees_is_agreed() {
        let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        let opted = Agreed { column: "Opted in?".into(), is: list(&["Y", "Yes"]), is_not: Vec::new() };
        assert!(opted.by("y ") && opted.by("YES") && !opted.by("N") && !opted.by(""));
        let private = Agreed { column: "Do not publish".into(), is: Vec::new(), is_not: list(&["Y"]) };
        assert!(private.by("") && private.by("N") && !private.by("y"));
    }
}
