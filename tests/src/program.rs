use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository")
}

/// The folder of real published files, when there is one: the value of `ASSETMAP_REAL_DATA`. Says what is skipped
/// without it.
pub fn real_data(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ASSETMAP_REAL_DATA").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("skipped without ASSETMAP_REAL_DATA: {what}");
    }
    folder
}

/// The built program, with a store of its own: a file in a temporary folder, or a database.
pub struct Program {
    folder: TempDir,
    place: String,
}

/// A report of one file, as `--format json` prints it.
pub type Report = Value;

impl Program {
    /// A new, empty store in a file.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("assetmap-test-").tempdir().expect("a temporary folder");
        let place = folder.path().join("store.gpkg").display().to_string();
        Self { folder, place }
    }

    /// The store at an address.
    pub fn on(address: &str) -> Self {
        Self { place: address.to_owned(), ..Self::new() }
    }

    /// Its store, as `--store` takes it.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// A folder for this test's files; removed at its end.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store's file.
    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store.gpkg")
    }

    /// The program with some arguments, on this store.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command.arg("--store").arg(&self.place).args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// Imports files, with options before them; gives the reports and the exit status.
    pub fn import(&self, options: &[&str], files: &[PathBuf]) -> (Vec<Report>, i32) {
        let files: Vec<&str> = files.iter().map(|file| file.to_str().expect("a plain path")).collect();
        let output = self.run(&[&["import", "--format", "json"], options, &files].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let reports = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}\n{errors}"));
        (reports, output.status.code().expect("it was not killed"))
    }

    /// Imports the fictional borough.
    pub fn import_borough(&self) -> Vec<Report> {
        let data = repository().join("data");
        let files = [
            "borough_2025.geojson",
            "wards_2025.geojson",
            "lsoas_2021.geojson",
            "postcodes.csv",
            "libraries.csv",
            "land_and_building_assets.csv",
            "halls.csv",
            "community_groups.csv",
        ];
        let (mut reports, _) = self.import(&["--covers", "E08999901"], &files.map(|file| data.join(file)));
        let charities = [data.join("charity_register_extract.csv")];
        reports.extend(self.import(&["--covers", "E08999901", "--serves", "E08999901"], &charities).0);
        reports
    }

    /// Imports what the fictional borough publishes of its money and its people.
    pub fn import_money(&self) -> Vec<Report> {
        let data = repository().join("data");
        let files = [
            "population_2024_wards.csv",
            "population_2024_lsoas.csv",
            "spend_2025-26.csv",
            "spend_march_2026_part_2.csv",
            "spend_2026-27.csv",
            "card_transactions.csv",
            "grants_360giving.csv",
            "health_and_police_spend.csv",
        ];
        self.import(&["--covers", "E08999901"], &files.map(|file| data.join(file))).0
    }
}

impl Default for Program {
    fn default() -> Self {
        Self::new()
    }
}

/// The program, built once for all tests of a run.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(given) = std::env::var_os("ASSETMAP_BIN") {
            return given.into();
        }
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "cli", "--message-format=json"])
            .current_dir(repository())
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo runs");
        assert!(built.status.success(), "the program does not build");
        let messages = String::from_utf8_lossy(&built.stdout);
        let executable = |line: &str| {
            let message: Value = serde_json::from_str(line).ok()?;
            Some(PathBuf::from(message["executable"].as_str()?))
        };
        messages.lines().filter_map(executable).next_back().expect("cargo names the executable")
    })
}
