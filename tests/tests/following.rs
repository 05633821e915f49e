//! Servers on one database follow what others publish there.

use black_box::{PostGis, Program, Server};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long to look for what was published before it counts as lost.
const LONG: Duration = Duration::from_secs(10);

/// Publishes a list of one hall, which is named after the round; gives when, in seconds since 1970.
fn publish(postgis: &PostGis, program: &Program, round: usize) -> f64 {
    let file = program.folder().join("halls.csv");
    let list = format!(
        "id,name,type,address,postcode,latitude,longitude,capacity,opening hours\n\
         1,Hall of round {round},Hall,1 High Street,M33 7ZF,53.42,-2.32,60,Mo-Fr 09:00-17:00\n"
    );
    std::fs::write(&file, list).expect("a file");
    let (reports, status) = program.import(&[], &[file]);
    assert!(status <= 1, "{reports:?}");
    let at = postgis.query("SELECT extract(epoch FROM at) FROM assetmap.runs ORDER BY run DESC LIMIT 1");
    at[0].parse().expect("a time")
}

fn answers_with(server: &Server, round: usize) -> bool {
    let answer = server.get("/ogc/collections/assets/items?f=json");
    assert_eq!(answer.status, 200);
    answer.text().contains(&format!("\"Hall of round {round}\""))
}

/// Looks until a server's answer has the hall of this round; gives when it had.
fn follows(server: &Server, round: usize) -> f64 {
    let start = Instant::now();
    while !answers_with(server, round) {
        assert!(start.elapsed() < LONG, "the hall of round {round} is in no answer");
        sleep(Duration::from_millis(2));
    }
    SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970").as_secs_f64()
}

/// Publishes while both servers are looked at; gives how many milliseconds each took to answer with it.
fn publish_and_follow(postgis: &PostGis, program: &Program, servers: &[Server; 2], round: usize) -> [i64; 2] {
    std::thread::scope(|threads| {
        let looking = servers.each_ref().map(|server| threads.spawn(move || follows(server, round)));
        let published = publish(postgis, program, round);
        looking.map(|seen| ((seen.join().expect("it follows") - published) * 1000.0) as i64)
    })
}

#[test]
fn two_servers_answer_with_what_a_third_program_publishes() {
    let postgis = PostGis::start();
    let program = Program::on(&postgis.url("tester", "postgres"));
    let servers = [Server::start(&program), Server::start(&program)];
    for round in 1..=5 {
        let took = publish_and_follow(&postgis, &program, &servers, round);
        println!("round {round}: in the answers after {took:?} ms");
    }
}
