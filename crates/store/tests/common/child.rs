//! The test program runs itself again as a child, and kills it.

use super::Home;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// The variable that names the store to the child.
pub const STORE: &str = "STORE_KILL_STORE";

/// Starts the ignored test of this name as a child; gives what it says, line by line.
pub fn start(home: &Home, test: &str) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(STORE, home.address())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    (child, said)
}

/// What a child said before it was killed.
pub fn run_child_and_kill(home: &Home, test: &str, after: Duration) -> Vec<String> {
    let (mut child, said) = start(home, test);
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    said.lines().map_while(Result::ok).collect()
}

/// A different number of milliseconds each time; the same numbers in each run, though the moments never are.
pub fn moments(millis: Range<u64>) -> impl Iterator<Item = Duration> {
    let next = |random: &u64| {
        let mut random = *random;
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        Some(random)
    };
    let within =
        move |random: u64| Duration::from_millis(millis.start + random % (millis.end - millis.start));
    std::iter::successors(Some(0x2545_f491_4f6c_dd1du64), next).map(within)
}
