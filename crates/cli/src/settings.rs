//! Settings: a flag counts before the environment, the environment before a file, the file before what is built in.

use anyhow::{Context, Result, bail};
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A setting that may stand in the file. Its name is that of its flag.
struct Setting {
    name: &'static str,
    /// The subcommands that have it; none where all do.
    of: &'static [&'static str],
    /// Never printed.
    is_secret: bool,
}

const SERVE: &[&str] = &["serve", "config"];

const SETTINGS: &[Setting] = &[
    Setting { name: "store", of: &[], is_secret: true },
    Setting { name: "listen", of: SERVE, is_secret: false },
    Setting { name: "url", of: SERVE, is_secret: false },
    Setting { name: "token", of: SERVE, is_secret: true },
    Setting { name: "snapshot", of: SERVE, is_secret: false },
    Setting { name: "log", of: SERVE, is_secret: false },
    Setting { name: "log-format", of: SERVE, is_secret: false },
];

/// The file that is looked for where none is named.
const USUAL: &str = "assetmap.toml";

/// A file of settings.
#[derive(Debug, Default)]
pub struct File {
    path: Option<PathBuf>,
    values: BTreeMap<String, Vec<String>>,
}

impl File {
    /// The file that `--config` or `ASSETMAP_CONFIG` names, else `assetmap.toml` in this folder, else none.
    ///
    /// # Errors
    /// When it can't be read, or holds something that is no setting.
    pub fn find() -> Result<Self> {
        let args: Vec<String> = std::env::args().collect();
        let flag = args.iter().enumerate().find_map(|(i, arg)| match arg.strip_prefix("--config") {
            Some("") => args.get(i + 1).cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        });
        match flag.or_else(|| std::env::var("ASSETMAP_CONFIG").ok()) {
            Some(path) => Self::read(Path::new(&path)),
            None if Path::new(USUAL).is_file() => Self::read(Path::new(USUAL)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("the file of settings {} can't be read", path.display()))?;
        let values = parse(&text).with_context(|| format!("in the file of settings {}", path.display()))?;
        Ok(Self { path: Some(path.to_owned()), values })
    }

    /// A command whose flags fall back on what the file says.
    pub fn defaults_for(&self, mut command: Command) -> Command {
        for setting in SETTINGS {
            let Some(values) = self.values.get(setting.name) else { continue };
            // They last as long as the program, and there are few.
            let values: Vec<&'static str> = values.iter().map(|value| &*value.clone().leak()).collect();
            let set = |arg: clap::Arg| arg.default_values(values.clone());
            command = match setting.of {
                [] => command.mut_arg(setting.name, set),
                of => of.iter().fold(command, |command, name| {
                    command.mut_subcommand(name, |sub| sub.mut_arg(setting.name, set))
                }),
            };
        }
        command
    }

    /// Every setting: its name, what holds, and where that is from.
    pub fn what_holds(&self, matches: &ArgMatches) -> Vec<[String; 3]> {
        let row = |setting: &Setting| {
            let values: Vec<String> = matches
                .get_raw(setting.name)
                .map(|values| values.map(|value| value.to_string_lossy().into_owned()).collect())
                .unwrap_or_default();
            let value = match values[..] {
                [] => "not set".to_owned(),
                _ if setting.is_secret => {
                    values.iter().map(|value| without_secret(value)).collect::<Vec<_>>().join(", ")
                }
                _ => values.join(", "),
            };
            let variable = format!("ASSETMAP_{}", setting.name.to_uppercase().replace('-', "_"));
            let from = match (matches.value_source(setting.name), &self.path) {
                (Some(ValueSource::CommandLine), _) => format!("flag --{}", setting.name),
                (Some(ValueSource::EnvVariable), _) => format!("environment, {variable}"),
                (_, Some(path)) if self.values.contains_key(setting.name) => {
                    format!("file {}", path.display())
                }
                _ => format!("built in; set --{}, {variable} or {} in a file", setting.name, setting.name),
            };
            [setting.name.to_owned(), value, from]
        };
        SETTINGS.iter().map(row).collect()
    }
}

/// Names and values of a TOML table; a list has several values.
fn parse(text: &str) -> Result<BTreeMap<String, Vec<String>>> {
    let table: toml::Table = text.parse()?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        if !SETTINGS.iter().any(|setting| setting.name == name) {
            let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
            bail!("there is no setting {name:?}; there are {}", names.join(", "));
        }
        let text = |value: &toml::Value| value.as_str().map(str::to_owned);
        let texts = match &value {
            toml::Value::Array(all) => all.iter().map(text).collect(),
            one => text(one).map(|text| vec![text]),
        };
        values.insert(
            name.clone(),
            texts.with_context(|| format!("{name} is a text in quotes, or a list of such"))?,
        );
    }
    Ok(values)
}

/// An address without its password, a token's name without the token.
fn without_secret(value: &str) -> String {
    match value.parse::<app::StorePlace>() {
        Ok(place) => place.to_string(),
        Err(_) => format!("{} (not shown)", value.split_once('=').map_or("a token", |(name, _)| name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_file_holds_settings_and_nothing_else() {
        let parsed =
            parse("listen = \"0.0.0.0:80\"\ntoken = [\"ann=0123456789abcdef\", \"ben=0123456789abcdef\"]")
                .unwrap();
        assert_eq!(parsed["listen"], ["0.0.0.0:80"]);
        assert_eq!(parsed["token"].len(), 2);
        assert!(
            parse("port = 80")
                .unwrap_err()
                .to_string()
                .contains("there is no setting \"port\"; there are store,")
        );
        assert!(parse("listen = 80").unwrap_err().to_string().starts_with("listen is a text"));
    }

    #[test]
    fn every_setting_is_an_argument_and_what_a_file_says_holds() {
        let values = BTreeMap::from([("log-format".to_owned(), vec!["json".to_owned()])]);
        let file = File { path: None, values };
        let matches = file.defaults_for(crate::Args::command()).get_matches_from(["assetmap", "config"]);
        let (_, config) = matches.subcommand().unwrap();
        let rows = file.what_holds(config);
        assert_eq!(rows.len(), SETTINGS.len());
        assert!(rows.iter().any(|row| row[..2] == ["log-format", "json"]), "{rows:?}");
    }

    #[test]
    fn secrets_are_not_shown() {
        assert_eq!(without_secret("postgres://ann:pw@db/assets"), "postgres://ann@db/assets");
        assert_eq!(without_secret("ann=0123456789abcdef"), "ann (not shown)");
        assert_eq!(without_secret("0123456789abcdef"), "a token (not shown)");
        assert_eq!(without_secret("a/b.gpkg"), "a/b.gpkg");
    }
}
