use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A PostgreSQL of our own with PostGIS, in a temporary folder and on a free port of this machine; gone when dropped.
pub struct PostGis {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    /// PostgreSQL does not run as root.
    as_postgres: bool,
}

impl PostGis {
    /// Starts it.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start: `./scripts/test` installs it.
    pub fn start() -> Self {
        let programs = programs().expect("PostgreSQL is not installed; ./scripts/test installs it");
        let folder =
            tempfile::Builder::new().prefix("assetmap-pg-").tempdir_in("/tmp").expect("a temporary folder");
        let as_postgres = String::from_utf8_lossy(&run(Command::new("id").arg("-u"))).trim() == "0";
        if as_postgres {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let server = Self { folder, programs, port, as_postgres };
        let data = server.data();
        run(server.program("initdb").arg("-D").arg(&data).args([
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]));
        let options =
            format!("-p {port} -h 127.0.0.1 -k {} -F -c max_connections=20", server.folder.path().display());
        run(server
            .program("pg_ctl")
            .arg("-D")
            .arg(&data)
            .args(["-w", "-o", &options, "-l"])
            .arg(data.with_extension("log"))
            .arg("start"));
        server.query("CREATE EXTENSION postgis");
        server
    }

    /// Runs SQL; gives the rows, columns separated by tabs.
    pub fn query(&self, sql: &str) -> Vec<String> {
        let mut child = Command::new(self.programs.join("psql"))
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "tester", "-d", "postgres"])
            .args(["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("psql runs");
        let mut input = child.stdin.take().expect("it is piped");
        let sql = sql.to_owned();
        let writer = std::thread::spawn(move || input.write_all(sql.as_bytes()));
        let output = child.wait_with_output().expect("psql ends");
        let _ = writer.join();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !self.as_postgres {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for PostGis {
    fn drop(&mut self) {
        let _ = self.program("pg_ctl").arg("-D").arg(self.data()).args(["-m", "immediate", "stop"]).output();
    }
}

fn run(command: &mut Command) -> Vec<u8> {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
    output.stdout
}

/// The folder of PostgreSQL's programs, of the newest version that is installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let on_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut all = on_path.unwrap_or_default().into_iter().chain(folders).rev();
    all.find(|folder: &PathBuf| is_program(&folder.join("pg_ctl")) && is_program(&folder.join("initdb")))
}

fn is_program(path: &Path) -> bool {
    path.is_file()
}
