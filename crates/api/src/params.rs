use crate::problem::Problem;

/// The parameters of a query. Each is taken once by whoever understands it; one that nobody takes is an error.
#[derive(Debug, Clone)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
}

impl Params {
    /// From the text after the question mark.
    ///
    /// # Errors
    /// When a parameter stands twice with different values. Twice the same is let through: some clients do that.
    pub fn parse(query: Option<&str>) -> Result<Self, Problem> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match pairs.iter().find(|pair| pair.0 == name) {
                Some((_, before)) if *before == value => {}
                Some(_) => {
                    return Err(Problem::bad_request(format!(
                        "the parameter {name} stands twice, with different values"
                    )));
                }
                None => pairs.push((name.into_owned(), value.into_owned())),
            }
        }
        Ok(Self { pairs, known: Vec::with_capacity(32) })
    }

    /// The value of a parameter, if it is there.
    pub fn take(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let at = self.pairs.iter().position(|pair| pair.0 == name)?;
        Some(self.pairs.remove(at).1)
    }

    /// The value, read by a function that says what it takes.
    pub fn take_as<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Problem> {
        self.take(name)
            .map(|value| read(&value).map_err(|why| Problem::bad_request(format!("{name}={value}: {why}"))))
            .transpose()
    }

    /// # Errors
    /// When a parameter is left that nobody took.
    pub fn finish(self) -> Result<(), Problem> {
        let Some((name, _)) = self.pairs.first() else { return Ok(()) };
        let mut known = self.known;
        known.sort_unstable();
        Err(Problem::bad_request(format!(
            "there is no parameter {name} here; there are {}",
            known.join(", ")
        )))
    }
}

/// Numbers with commas between them.
pub(crate) fn numbers(text: &str) -> Result<Vec<f64>, String> {
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    text.split(',').map(|part| number(part).ok_or_else(|| format!("{part:?} is not a number"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str) -> String {
        let read = || {
            let mut params = Params::parse(Some(query))?;
            let a = params.take("a");
            params.finish()?;
            Ok::<_, Problem>(a)
        };
        match read() {
            Ok(a) => format!("{a:?}"),
            Err(problem) => format!("{problem:?}"),
        }
    }

    #[test]
    fn a_parameter_that_nobody_takes_is_an_error_that_names_what_there_is() {
        assert_eq!(check("a=1"), r#"Some("1")"#);
        assert_eq!(check("a=x+y%2C"), r#"Some("x y,")"#);
        assert_eq!(check("a=1&a=1"), r#"Some("1")"#);
        assert!(check("a=1&a=2").contains("stands twice"));
        assert!(check("a=1&b=2").contains("there is no parameter b here; there are a"));
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!(numbers("1, -2.5"), Ok(vec![1.0, -2.5]));
        assert!(numbers("1,NaN").is_err() && numbers("1,inf").is_err() && numbers("").is_err());
    }
}
