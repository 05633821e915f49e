//! A PostgreSQL with PostGIS of the tests' own, in a temporary folder and on a free port of this machine.
//!
//! One server serves all tests of a process; each test makes a [`Database`] of its own. The server ends with the
//! process, however that ends: a shell waits for it behind a pipe, then stops the server and removes its folder.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

/// The password of the user `locked`, the only one that is asked for one.
pub const PASSWORD: &str = "right%20and/proper";

/// A server.
pub struct PostGis {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    /// PostgreSQL does not run as root.
    as_postgres: bool,
    _end: (Child, ChildStdin),
}

/// An empty database with PostGIS; dropped with its value.
pub struct Database {
    server: &'static PostGis,
    name: String,
}

impl PostGis {
    /// The server that all tests of this process share.
    ///
    /// # Panics
    /// When PostgreSQL or PostGIS is not installed, or does not start.
    pub fn shared() -> &'static Self {
        static SERVER: OnceLock<PostGis> = OnceLock::new();
        SERVER.get_or_init(Self::start)
    }

    /// A server for one test alone, to be restarted or killed.
    ///
    /// # Panics
    /// As [`shared`](Self::shared).
    pub fn start() -> Self {
        let programs = programs().expect("PostgreSQL is not installed; ./scripts/test installs it");
        let folder = tempfile::Builder::new().prefix("assetmap-pg-").tempdir_in("/tmp");
        let folder = folder.expect("a temporary folder").keep();
        let as_postgres = String::from_utf8_lossy(&run(Command::new("id").arg("-u"))).trim() == "0";
        if as_postgres {
            run(Command::new("chown").arg("postgres").arg(&folder));
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let end = stop_when_we_end(&folder, &programs, as_postgres);
        let server = Self { folder, programs, port, as_postgres, _end: end };
        let data = server.data();
        run(server
            .program("initdb")
            .args(["-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
            .arg(&data));
        server.configure();
        server.up();
        server.sql("template1", "CREATE EXTENSION postgis; CREATE ROLE locked LOGIN SUPERUSER");
        server.sql("postgres", &format!("CREATE EXTENSION postgis; ALTER ROLE locked PASSWORD '{PASSWORD}'"));
        server
    }

    fn configure(&self) {
        let write = |file: &str, text: &str| {
            let path = self.data().join(file);
            std::fs::write(&path, text).expect("the server's folder can be written");
            if self.as_postgres {
                run(Command::new("chown").arg("postgres").arg(&path));
            }
        };
        write(
            "postgresql.auto.conf",
            &format!(
                "port = {}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nfsync = off\n\
                 max_connections = 60\nmax_wal_size = '256MB'\n",
                self.port,
                self.folder.display()
            ),
        );
        write(
            "pg_hba.conf",
            "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n",
        );
    }

    /// Starts it, after [`down`](Self::down).
    pub fn up(&self) {
        run(self
            .program("pg_ctl")
            .args(["-w", "-s", "-D"])
            .arg(self.data())
            .arg("-l")
            .arg(self.folder.join("log"))
            .arg("start"));
    }

    /// Stops it: `immediate` is as if it had been killed, `fast` lets it write everything first.
    pub fn down(&self, mode: &str) {
        run(self.program("pg_ctl").args(["-w", "-s", "-m", mode, "-D"]).arg(self.data()).arg("stop"));
    }

    /// Encrypts connections from its next start on, with a certificate for 127.0.0.1; gives the file to check it by.
    pub fn encrypt(&self) -> PathBuf {
        let (certificate, key) = (self.data().join("server.crt"), self.data().join("server.key"));
        run(Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"])
            .args(["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"])
            .arg(&key)
            .arg("-out")
            .arg(&certificate));
        if self.as_postgres {
            run(Command::new("chown").arg("postgres").args([&certificate, &key]));
        }
        run(Command::new("chmod").arg("600").arg(&key));
        self.sql("postgres", "ALTER SYSTEM SET ssl = on");
        certificate
    }

    /// An empty database with PostGIS.
    pub fn database(&'static self) -> Database {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        // Two databases cannot be made of one template at once.
        static TURN: Mutex<()> = Mutex::new(());
        let _turn = TURN.lock();
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        Database { server: self, name }
    }

    /// Runs SQL in the database `postgres`; gives the rows, columns separated by tabs.
    pub fn query(&self, sql: &str) -> Vec<String> {
        self.sql("postgres", sql)
    }

    /// Runs SQL in a database of this server.
    pub fn sql(&self, database: &str, sql: &str) -> Vec<String> {
        self.try_sql(database, sql).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Runs SQL; gives what psql says when it fails.
    pub fn try_sql(&self, database: &str, sql: &str) -> Result<Vec<String>, String> {
        let mut child = Command::new(self.programs.join("psql"))
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "tester", "-d", database])
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
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// Where a database of this server is.
    pub fn url(&self, user: &str, database: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/{database}", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        if !self.as_postgres {
            return Command::new(path);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(path);
        command.current_dir(&self.folder);
        command
    }
}

impl Database {
    /// `postgres://tester@127.0.0.1:PORT/NAME`
    pub fn url(&self) -> String {
        self.server.url("tester", &self.name)
    }

    /// The same for another user.
    pub fn url_of(&self, user: &str) -> String {
        self.server.url(user, &self.name)
    }

    /// Runs SQL in it; gives the rows, columns separated by tabs.
    pub fn sql(&self, sql: &str) -> Vec<String> {
        self.server.sql(&self.name, sql)
    }

    /// Runs SQL in it; gives what psql says when it fails.
    pub fn try_sql(&self, sql: &str) -> Result<Vec<String>, String> {
        self.server.try_sql(&self.name, sql)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let _ = self.server.try_sql("postgres", &drop);
    }
}

/// A shell that reads from us until we are gone.
fn stop_when_we_end(folder: &Path, programs: &Path, as_postgres: bool) -> (Child, ChildStdin) {
    let stop = r#"trap '' INT TERM HUP; cd /; read -r _; $1 "$2/pg_ctl" -s -D "$3/data" -m immediate stop; rm -rf "$3""#;
    let prefix = if as_postgres { "runuser -u postgres --" } else { "" };
    let mut child = Command::new("sh")
        .args(["-c", stop, "sh", prefix])
        .args([programs, folder])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell starts");
    let pipe = child.stdin.take().expect("it is piped");
    (child, pipe)
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
    all.find(|folder: &PathBuf| folder.join("pg_ctl").is_file() && folder.join("initdb").is_file())
}
