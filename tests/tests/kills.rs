//! The server is killed while editors save: nothing that was acknowledged is lost, nothing is there by half.
//!
//! `SERVER_KILLS=50` is the full form.

use black_box::{Answer, PostGis, Program, Server};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const EDITORS: usize = 5;
/// Each editor saves so often, if the store manages it: 50 times a second all together.
const EVERY: Duration = Duration::from_millis(100);
/// At least so many saves between two kills.
const SAVES: usize = 100;
const READY_WITHIN: Duration = Duration::from_secs(5);

fn kills() -> usize {
    std::env::var("SERVER_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(2)
}

fn token(editor: usize) -> String {
    format!("a-secret-of-editor-{editor}")
}

/// Somebody with an entry of their own, who counts in its summary.
struct Editor {
    authorization: String,
    id: String,
    /// The number that was acknowledged last, and the revision that it made.
    saved: u64,
    revision: u64,
}

impl Editor {
    /// Adds an entry.
    fn start(server: &Server, number: usize) -> Self {
        let mut editor = Self {
            authorization: format!("Bearer {}", token(number)),
            id: String::new(),
            saved: 0,
            revision: 0,
        };
        let body = json!({"fields": {"kind": "group", "name": format!("Club {number}"), "summary": "0"}});
        let made = editor.ask(server, "POST", "/api/assets", &[], &body).expect("it is there").json();
        editor.id = made["id"].as_str().expect("an id").to_owned();
        editor.revision = made["revision"].as_u64().expect("a revision");
        editor
    }

    fn ask(
        &self,
        server: &Server,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> std::io::Result<Answer> {
        let headers = [&[("authorization", self.authorization.as_str())], headers].concat();
        server.try_send(method, path, &headers, body.to_string().as_bytes())
    }

    /// Saves the next number, which it has perhaps sent before without an answer. Out of ten, one hides the entry.
    fn save(&mut self, server: &Server) -> std::io::Result<()> {
        let next = self.saved + 1;
        let visibility = if is_hidden(next) { "hidden" } else { "public" };
        let body = json!({"fields": {"summary": next.to_string(), "visibility": visibility}});
        let (seen, key) = (self.revision.to_string(), format!("{}-{next}", self.id));
        let headers = [("if-match", seen.as_str()), ("idempotency-key", &key)];
        let answer = self.ask(server, "PATCH", &format!("/api/assets/{}", self.id), &headers, &body)?;
        assert_eq!(answer.status, 200, "{next}: {}", answer.text());
        let now = answer.json();
        assert_eq!(now["fields"]["summary"], next.to_string());
        self.saved = next;
        self.revision = now["revision"].as_u64().expect("a revision");
        Ok(())
    }

    /// Saves until the server is gone.
    fn work(&mut self, server: &Server, saves: &AtomicUsize) {
        let mut next = Instant::now();
        while self.save(server).is_ok() {
            saves.fetch_add(1, Ordering::Relaxed);
            next += EVERY;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
    }

    /// What was acknowledged is there, or the one save after it that nobody heard of; entry, history and what everyone
    /// sees say the same.
    fn check(&self, server: &Server, whole_history: bool) {
        let get = |path: &str| {
            let answer = self.ask(server, "GET", path, &[], &Value::Null).expect("it is there");
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()
        };
        let path = format!("/api/assets/{}", self.id);
        let now = get(&path);
        let found: u64 = now["fields"]["summary"].as_str().and_then(|n| n.parse().ok()).expect("a number");
        assert!(
            found == self.saved || found == self.saved + 1,
            "{} was acknowledged, and {found} is there",
            self.saved
        );
        let seen = server.get(&format!("/ogc/collections/assets/items/{}?f=json", self.id));
        assert_eq!(seen.status, if is_hidden(found) { 404 } else { 200 }, "{found}: {}", seen.text());
        if seen.status == 200 {
            assert_eq!(seen.json()["properties"]["summary"], found.to_string());
        }
        let (mut next, mut expected) = (Some(format!("{path}/history?limit=100")), found);
        let newest = get(next.as_deref().expect("a path"))["history"][0]["revision"].clone();
        assert_eq!(newest, now["revision"], "the history's newest line is of the entry as it is");
        while let Some(path) = next {
            let page = get(&path);
            for line in page["history"].as_array().expect("a list").iter().filter(|l| l["what"] == "changed")
            {
                assert_eq!(line["fields"]["summary"][1], expected.to_string(), "none twice, none missing");
                expected -= 1;
            }
            next = page["next"].as_str().filter(|_| whole_history).map(str::to_owned);
        }
        assert!(!whole_history || expected == 0, "the history begins at {expected}");
    }
}

fn is_hidden(number: u64) -> bool {
    number % 10 == 5
}

/// Serves, and says how long it took until it was ready.
fn start(program: &Program) -> (Server, Duration) {
    let tokens: Vec<String> = (0..EDITORS).map(|n| format!("editor{n}={}", token(n))).collect();
    let start = Instant::now();
    let server = Server::start_with(program, &["--create", "--token", &tokens.join(",")]);
    assert_eq!(server.get("/readyz").status, 200);
    (server, start.elapsed())
}

fn kill_many(program: &Program) {
    let mut server = start(program).0;
    let mut editors: Vec<Editor> = (0..EDITORS).map(|n| Editor::start(&server, n)).collect();
    let (mut slowest, mut working) = (Duration::ZERO, Duration::ZERO);
    for round in 0..kills() {
        let (begin, saves) = (Instant::now(), AtomicUsize::new(0));
        std::thread::scope(|threads| {
            for editor in &mut editors {
                threads.spawn(|| editor.work(&server, &saves));
            }
            while saves.load(Ordering::Relaxed) < SAVES {
                assert!(begin.elapsed() < Duration::from_secs(120), "only {saves:?} saves");
                std::thread::sleep(Duration::from_millis(2));
            }
            // At another moment each time.
            std::thread::sleep(Duration::from_millis((round as u64 * 37) % 100));
            let killed = Command::new("kill").args(["-9", &server.pid().to_string()]).status();
            assert!(killed.expect("kill runs").success());
        });
        working += begin.elapsed();
        drop(server);
        let took;
        (server, took) = start(program);
        slowest = slowest.max(took);
        assert!(took <= READY_WITHIN, "ready again only after {took:?}");
        for editor in &mut editors {
            editor.check(&server, false);
            editor.save(&server).expect("it goes on");
        }
    }
    let saved: u64 = editors.iter().map(|editor| editor.saved).sum();
    editors.iter().for_each(|editor| editor.check(&server, true));
    println!(
        "{} kills over {saved} acknowledged saves, {:.0} a second: 0 lost, 0 by half; ready again after {slowest:.1?} at worst",
        kills(),
        saved as f64 / working.as_secs_f64()
    );
}

#[test]
fn no_save_is_lost_when_the_server_is_killed_on_a_file() {
    kill_many(&Program::new());
}

#[test]
fn no_save_is_lost_when_the_server_is_killed_on_a_database() {
    let database = PostGis::shared().database();
    kill_many(&Program::on(&database.url()));
}
