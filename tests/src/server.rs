use crate::Program;
use serde_json::Value;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

/// The program, serving; stopped when dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    agent: ureq::Agent,
}

/// An answer to a request.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Server {
    /// Serves a program's store on a free port.
    pub fn start(program: &Program) -> Self {
        Self::start_with(program, &["--create"])
    }

    /// The same with other options.
    pub fn start_with(program: &Program, options: &[&str]) -> Self {
        let mut child = program
            .command(&[&["serve", "--listen", "127.0.0.1:0"], options].concat())
            .env("ASSETMAP_LOG", "warn")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut line = String::new();
        let url = loop {
            line.clear();
            let n = lines.read_line(&mut line).expect("it says where it listens");
            assert!(n > 0, "the server ended before it listened");
            if let Some(at) = line.find("http://127.0.0.1:") {
                break line[at..].split('/').take(3).collect::<Vec<_>>().join("/");
            }
        };
        std::thread::spawn(move || {
            let mut rest = String::new();
            let _ = lines.read_to_string(&mut rest);
            if !rest.trim().is_empty() {
                println!("server: {rest}");
            }
        });
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)));
        Self { child, url, agent: config.build().new_agent() }
    }

    /// Its process number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end, up to a limit; whether it came.
    pub fn ends_within(&mut self, limit: Duration) -> bool {
        let start = std::time::Instant::now();
        while start.elapsed() < limit {
            if self.child.try_wait().expect("it is our child").is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Gets a path, or a whole address of this server.
    pub fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    /// Gets a path with some headers.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) };
        let mut request = self.agent.get(&url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.call().unwrap_or_else(|e| panic!("{url}: {e}"));
        Answer {
            status: response.status().as_u16(),
            headers: response
                .headers()
                .iter()
                .map(|(name, value)| {
                    (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())
                })
                .collect(),
            body: response.body_mut().with_config().limit(1 << 30).read_to_vec().expect("the body arrives"),
        }
    }

    /// Sends a request of any method. Redirects are answers like others.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_send(method, path, headers, body).expect("answered")
    }

    /// As [`send`](Self::send) to a server that may go away meanwhile: an answer that did not come whole is an error.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let host = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Answer::read(&answer).ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }

    /// The answer to a path once this server knows of the newest revision of a program's store.
    pub fn answer_at_newest(&self, program: &Program, path: &str) -> Value {
        let runs = program.run(&["runs", "--json", "--limit", "1"]);
        let runs: Value = serde_json::from_slice(&runs.stdout).expect("runs as JSON");
        let revision = runs[0]["revision"].to_string();
        let answer = self.get_with(path, &[("assetmap-at-least", revision.as_str())]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// Gets JSON.
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    /// Every feature behind a path, following the next links.
    pub fn all_features(&self, path: &str) -> Vec<Value> {
        let mut features = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let mut page = self.json(&path);
            let links = page["links"].as_array().cloned().unwrap_or_default();
            next =
                links.iter().find(|l| l["rel"] == "next").and_then(|l| l["href"].as_str()).map(str::to_owned);
            features.append(page["features"].as_array_mut().expect("features"));
        }
        features
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// From the bytes of an answer of HTTP/1.1, if all of them are there.
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok())?;
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let answer = Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() };
        let length = answer.header("content-length").map(|length| length.parse() == Ok(answer.body.len()));
        length.unwrap_or(true).then_some(answer)
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
