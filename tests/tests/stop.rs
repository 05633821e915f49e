//! Stopped under load: what is running is finished, what is idle holds nothing up. `STOPS=20` is the full form.

use black_box::{Program, Server};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

const RUNNING: usize = 50;
const IDLE: usize = 100;
const LONGEST: Duration = Duration::from_secs(10);

fn stops() -> usize {
    std::env::var("STOPS").ok().and_then(|n| n.parse().ok()).unwrap_or(2)
}

/// So many places that a page of them does not fit into the buffers between server and client.
fn many(program: &Program, count: usize) -> std::path::PathBuf {
    let path = program.folder().join(format!("places-{count}.csv"));
    let mut text = String::from("id,name,description,category,kind,longitude,latitude,tags\n");
    let words = "a place with a long description that makes the answer long ".repeat(8);
    for i in 0..count {
        let (lon, lat) = (-1.0 - (i % 200) as f64 * 0.005, 52.0 + (i / 200) as f64 * 0.005);
        let _ = writeln!(text, "{i},Place {i},{words},hall,building,{lon:.4},{lat:.4},");
    }
    std::fs::write(&path, text).expect("a file");
    path
}

fn ask(address: &str, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(LONGEST)).expect("a limit");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("asked");
    stream
}

/// The bytes of an answer that has begun; whether all of it came.
fn is_whole(stream: &mut TcpStream, mut got: Vec<u8>) -> bool {
    let mut more = Vec::new();
    let _ = stream.read_to_end(&mut more);
    got.extend(more);
    let Some(end) = got.windows(4).position(|part| part == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&got[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    head.starts_with("http/1.1 200") && length == Some(got.len() - end - 4)
}

#[test]
fn running_answers_are_finished_and_the_end_comes_soon() {
    let program = Program::new();
    let file = many(&program, 5_000);
    program.import(&[], &[file]);
    let (mut dropped, mut slowest) = (0, Duration::ZERO);
    for _ in 0..stops() {
        let mut server = Server::start(&program);
        let address = server.url.trim_start_matches("http://").to_owned();
        let mut idle: Vec<TcpStream> = (0..IDLE).map(|_| ask(&address, "/healthz")).collect();
        for stream in &mut idle {
            assert!(stream.read(&mut [0; 1_024]).expect("an answer") > 0);
        }
        let mut half = TcpStream::connect(&address).expect("a connection");
        half.write_all(b"GET /ogc/ HTTP/1.1\r\nHost: x\r\nAcc").expect("half a request");
        let path = "/ogc/collections/assets/items?limit=5000";
        let mut running: Vec<(TcpStream, Vec<u8>)> =
            (0..RUNNING).map(|_| (ask(&address, path), Vec::new())).collect();
        for (stream, got) in &mut running {
            let mut first = [0; 256];
            let n = stream.read(&mut first).expect("it has begun");
            got.extend_from_slice(&first[..n]);
        }
        let mut import = program
            .command(&["import", many(&program, 8_000).to_str().expect("a plain path")])
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(150));
        let start = Instant::now();
        for pid in [server.pid(), import.id()] {
            Command::new("kill").args(["-TERM", &pid.to_string()]).status().expect("kill runs");
        }
        dropped +=
            running.into_iter().map(|(mut stream, got)| is_whole(&mut stream, got)).filter(|w| !w).count();
        assert!(server.ends_within(LONGEST + Duration::from_secs(5)), "it did not end");
        slowest = slowest.max(start.elapsed());
        import.wait().expect("it ends");
    }
    let all = stops() * RUNNING;
    println!("{dropped} of {all} running answers were cut off; the slowest end took {slowest:.1?}");
    assert_eq!(dropped, 0, "of {all}");
    // What the stopped imports left can be imported whole.
    let (reports, _) = program.import(&[], &[many(&program, 8_000)]);
    assert_eq!(reports[0]["read"], 8_000);
    let again = program.import(&[], &[many(&program, 8_000)]).0;
    assert_eq!(again[0]["unchanged"], 8_000, "{again:?}");
}
