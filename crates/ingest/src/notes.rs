use model::Finding;

/// Where the rules write what they find in one row.
pub(crate) struct Notes<'a> {
    pub line: u64,
    pub warnings: &'a mut Vec<Finding>,
    pub notices: &'a mut Vec<Finding>,
}

impl Notes<'_> {
    /// The row loads, and this was odd about it.
    pub fn warn(&mut self, rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        self.warnings.push(Finding::new(self.line, rule, message, remedy));
    }

    /// The row can't be loaded, for this reason.
    pub fn reject(
        &self,
        rule: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Finding {
        Finding::new(self.line, rule, message, remedy)
    }

    /// Something assumed about the whole file, said once.
    pub fn notice_once(&mut self, rule: &'static str, message: impl Into<String>, remedy: impl Into<String>) {
        if !self.notices.iter().any(|notice| notice.rule == rule) {
            self.notices.push(Finding::of_file(rule, message, remedy));
        }
    }
}
