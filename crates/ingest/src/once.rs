use crate::validate::contact::LOST_NOUGHT;
use model::Finding;

/// What is done to many rows alike is said once for the file, with its count: each row of a column of telephone
/// numbers may have lost its first nought.
#[derive(Default)]
pub(crate) struct Once {
    count: u64,
    first: Option<Finding>,
}

impl Once {
    /// Takes such warnings out of a row's.
    pub fn take(&mut self, warnings: &mut Vec<Finding>, notices: &mut Vec<Finding>) {
        let before = self.count;
        warnings.retain(|warning| {
            let is_one = warning.rule == LOST_NOUGHT;
            if is_one {
                self.count += 1;
                self.first.get_or_insert_with(|| warning.clone());
            }
            !is_one
        });
        if self.count == before {
            return;
        }
        notices.retain(|notice| notice.rule != LOST_NOUGHT);
        notices.extend(self.notice());
    }

    fn notice(&self) -> Option<Finding> {
        let first = self.first.as_ref()?;
        let numbers = if self.count == 1 { "telephone number" } else { "telephone numbers" };
        let message = format!(
            "{} {numbers} had lost the first nought, as spreadsheets do, and got it back, first in line {}",
            self.count,
            first.line.unwrap_or_default()
        );
        Some(Finding::of_file(LOST_NOUGHT, message, first.remedy.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_make_one_notice() {
        let (mut once, mut notices) = (Once::default(), Vec::new());
        for line in [3, 5] {
            let other = Finding::new(line, "bad-email", "x", "");
            let mut warnings = vec![Finding::new(line, LOST_NOUGHT, "x", "Format it."), other.clone()];
            once.take(&mut warnings, &mut notices);
            assert_eq!(warnings, [other]);
        }
        let said: Vec<String> = notices.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "2 telephone numbers had lost the first nought, as spreadsheets do, and got it back, first in line 3 [lost-nought]. Format it."
            ]
        );
    }
}
