//! People change what is known: by the API and by the form, in a file and in a database.

use black_box::{Answer, PostGis, Program, Server};
use serde_json::{Value, json};
use std::io::Write;

const TOKEN: &str = "ann=0123456789abcdefgh";
const SECRET: &str = "Bearer 0123456789abcdefgh";

fn in_each_home(check: impl Fn(&Program)) {
    check(&Program::new());
    let database = PostGis::shared().database();
    check(&Program::on(&database.url()));
}

fn halls(program: &Program, phone: &str) {
    let path = program.folder().join("halls.csv");
    let mut file = std::fs::File::create(&path).expect("a file");
    writeln!(file, "id,name,kind,longitude,latitude,description,category,tags").expect("written");
    writeln!(file, "1,Ash Hall,building,-1.55,52.19,{phone},hall,").expect("written");
    writeln!(file, "2,Elm Hall,building,-1.56,52.19,A hall,hall,").expect("written");
    let (reports, status) = program.import(&[], &[path]);
    assert_eq!(status, 0, "{reports:?}");
}

fn served(program: &Program) -> Server {
    Server::start_with(program, &["--create", "--token", TOKEN])
}

fn send(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    let headers = [&[("authorization", SECRET), ("content-type", "application/json")], headers].concat();
    server.send(method, path, &headers, body.to_string().as_bytes())
}

fn summary_of(server: &Server, id: &str) -> Value {
    server.json(&format!("/ogc/collections/assets/items/{id}"))["properties"]["summary"].clone()
}

#[test]
fn a_change_is_in_the_next_answer_and_outlives_imports() {
    in_each_home(|program| {
        halls(program, "A hall for all");
        let server = served(program);
        let found = server.json("/ogc/collections/assets/items?limit=10");
        let features = found["features"].as_array().expect("features");
        let id = features.iter().find(|f| f["properties"]["name"] == "Ash Hall").expect("it is there")["id"]
            .clone();
        let id = id.as_str().expect("a text");
        let path = format!("/api/assets/{id}");

        let seen = send(&server, "GET", &path, &[], &Value::Null);
        assert_eq!(seen.status, 200, "{}", seen.text());
        let tag = seen.header("etag").expect("a tag").to_owned();
        let change = json!({"fields": {"summary": "A hall with a stage"}, "reason": "seen it"});
        let without = send(&server, "PATCH", &path, &[], &change);
        assert_eq!(without.status, 428, "what was seen has to be said");
        let changed = send(&server, "PATCH", &path, &[("if-match", &tag)], &change);
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(summary_of(&server, id), "A hall with a stage");
        let page = server.get(&format!("/asset/{id}")).text();
        assert!(page.contains("A hall with a stage"), "the page says so too");

        // Somebody who has seen the state before is told what is there now, and nothing of theirs is done.
        let late =
            send(&server, "PATCH", &path, &[("if-match", &tag)], &json!({"fields": {"summary": "Another"}}));
        assert_eq!(late.status, 409);
        assert_eq!(late.json()["theirs"]["summary"], "A hall with a stage");
        assert_eq!(late.json()["yours"]["summary"], "Another");
        assert_eq!(summary_of(&server, id), "A hall with a stage");

        // The source comes again, first the same and then with another opinion.
        for phone in ["A hall for all", "A hall for few"] {
            halls(program, phone);
            let now = server.answer_at_newest(program, &format!("/ogc/collections/assets/items/{id}"));
            assert_eq!(
                now["properties"]["summary"], "A hall with a stage",
                "the import does not wipe it out"
            );
        }
        let state = send(&server, "GET", &path, &[], &Value::Null).json();
        assert_eq!(state["edited"][0]["disagrees"], true, "{state}");
        assert_eq!(state["edited"][0]["source_says"], "A hall for few");
        let form = server.get_with(&format!("/asset/{id}/edit"), &[("authorization", SECRET)]).text();
        assert!(form.contains("Its source says something else now") && form.contains("A hall for few"));

        let history = send(&server, "GET", &format!("{path}/history"), &[], &Value::Null).json();
        let first =
            history["history"].as_array().expect("a list").last().expect("something happened").clone();
        assert_eq!(
            (&first["what"], &first["by"], &first["reason"]),
            (&json!("changed"), &json!("ann"), &json!("seen it"))
        );
        assert_eq!(first["fields"]["summary"], json!(["A hall for all", "A hall with a stage"]));
        let page = server.get_with(&format!("/asset/{id}/history"), &[("authorization", SECRET)]).text();
        assert!(page.contains("Changed by ann") && page.contains("A hall for all"));

        // It survives a restart, and is public: who did it is not.
        drop(server);
        let server = served(program);
        assert_eq!(summary_of(&server, id), "A hall with a stage");
        assert!(!server.get(&format!("/ogc/collections/assets/items/{id}")).text().contains("ann"));
    });
}

#[test]
fn what_is_taken_out_stays_out_until_it_is_put_back() {
    in_each_home(|program| {
        halls(program, "A hall");
        let server = served(program);
        let id = server.json("/ogc/collections/assets/items?name=Ash+Hall")["features"][0]["id"].clone();
        let path = format!("/api/assets/{}", id.as_str().expect("a text"));
        let item = format!("/ogc/collections/assets/items/{}", id.as_str().expect("a text"));
        let tag = |answer: &Answer| answer.header("etag").expect("a tag").to_owned();
        let seen = tag(&send(&server, "GET", &path, &[], &Value::Null));
        let gone = send(&server, "DELETE", &path, &[("if-match", &seen)], &Value::Null);
        assert_eq!(gone.status, 200, "{}", gone.text());
        assert_eq!(server.get(&item).status, 404);
        assert_eq!(server.json("/ogc/collections/assets")["itemCount"], 1);
        halls(program, "A hall newly described");
        server.answer_at_newest(program, "/ogc/collections/assets");
        assert_eq!(server.get(&item).status, 404, "an import does not bring it back");
        let now = send(&server, "GET", &path, &[], &Value::Null);
        assert_eq!(now.json()["retired"], true);
        let back =
            send(&server, "POST", &format!("{path}/restore"), &[("if-match", &tag(&now))], &Value::Null);
        assert_eq!(back.status, 200, "{}", back.text());
        assert_eq!(server.json(&item)["properties"]["summary"], "A hall newly described");
    });
}

#[test]
fn sending_twice_creates_once() {
    in_each_home(|program| {
        let server = served(program);
        let club = json!({"fields": {"kind": "group", "name": "Ash Chess Club", "position": [-1.55, 52.19]}});
        let key = [("idempotency-key", "a-key-of-mine")];
        let first = send(&server, "POST", "/api/assets", &key, &club);
        assert_eq!(first.status, 201, "{}", first.text());
        let again = send(&server, "POST", "/api/assets", &key, &club);
        assert_eq!((again.status, &again.json()["id"]), (200, &first.json()["id"]));
        assert_eq!(server.json("/ogc/collections/assets")["itemCount"], 1);
        let other = json!({"fields": {"kind": "group", "name": "Another"}});
        assert_eq!(send(&server, "POST", "/api/assets", &key, &other).status, 422, "the key is taken");
        let found = server.json("/api/search?q=ash+chess");
        assert!(found.to_string().contains("Ash Chess Club"), "{found}");
        let id = first.json()["id"].as_str().expect("a text").to_owned();
        assert!(server.get(&format!("/asset/{id}")).text().contains("Entered here"));
    });
}

#[test]
fn only_those_with_a_token_change_anything() {
    let program = Program::new();
    halls(&program, "A hall");
    let server = served(&program);
    let id = server.json("/ogc/collections/assets/items?limit=1")["features"][0]["id"].clone();
    let id = id.as_str().expect("a text");
    for (method, path) in [
        ("POST", "/api/assets".to_owned()),
        ("GET", format!("/api/assets/{id}")),
        ("PATCH", format!("/api/assets/{id}")),
        ("PUT", format!("/api/assets/{id}")),
        ("DELETE", format!("/api/assets/{id}")),
        ("POST", format!("/api/assets/{id}/restore")),
        ("GET", format!("/api/assets/{id}/history")),
    ] {
        for headers in [vec![], vec![("authorization", "Bearer 0123456789abcdefgX")]] {
            let answer = server.send(method, &path, &headers, b"{}");
            assert_eq!(answer.status, 401, "{method} {path}");
        }
    }
    // A cookie goes along with what other sites send; that is refused.
    let cookie = ("cookie", "assetmap_token=0123456789abcdefgh");
    let foreign = [cookie, ("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site")];
    assert_eq!(server.send("POST", "/api/assets", &foreign, b"{}").status, 401);
    let own = [cookie, ("sec-fetch-site", "same-origin")];
    assert_eq!(server.send("POST", "/api/assets", &own, b"{}").status, 400, "let in, and then misunderstood");
    // Beyond this machine there is no server without a token.
    let refused = program.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--token"));
}

#[test]
fn the_form_works_without_script() {
    let program = Program::new();
    halls(&program, "A hall");
    let server = served(&program);
    let id = server.json("/ogc/collections/assets/items?limit=1")["features"][0]["id"].clone();
    let path = format!("/asset/{}/edit", id.as_str().expect("a text"));
    let form_type = ("content-type", "application/x-www-form-urlencoded");
    let closed = server.send("GET", &path, &[], b"");
    assert_eq!(closed.status, 303);
    assert!(closed.header("location").expect("somewhere").starts_with("/sign-in?next=%2Fasset"));
    let wrong = server.send("POST", "/sign-in", &[form_type], b"token=nonsense&next=/");
    assert_eq!(wrong.status, 401);
    assert!(wrong.text().contains("This is not a token of this server"));
    let signed =
        server.send("POST", "/sign-in", &[form_type], b"token=0123456789abcdefgh&next=//evil.example");
    assert_eq!((signed.status, signed.header("location")), (303, Some("/")), "never to another site");
    let cookie = signed.header("set-cookie").expect("a cookie").split(';').next().expect("a pair").to_owned();
    let own = [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), form_type];

    let form = server.send("GET", &path, &own, b"").text();
    let value = |name: &str| {
        let at = form.find(&format!("name=\"{name}\" value=\"")).expect(name) + name.len() + 15;
        form[at..].split('"').next().expect("a value").to_owned()
    };
    let filled = |name: &str, postcode: &str| {
        format!(
            "revision={}&key={}&kind=building&status=open&visibility=public&category=hall&name={name}\
             &facilities=Capacity:+80&postcode={postcode}&position=-1.55,52.19&what=save",
            value("revision"),
            value("key")
        )
    };
    let refused = server.send("POST", &path, &own, filled("Ash+Hall", "nowhere").as_bytes());
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("There is a problem") && refused.text().contains("href=\"#postcode\""));
    let saved = server.send("POST", &path, &own, filled("The+New+Ash+Hall", "").as_bytes());
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = server.get(saved.header("location").expect("the entry")).text();
    assert!(page.contains("The New Ash Hall") && page.contains("80"), "{page}");
    // The same form sent once more by somebody else's hands: both versions are shown.
    let late = filled("Another+Name", "").replace(&value("key"), "another-key");
    let late = server.send("POST", &path, &own, late.as_bytes());
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Somebody else has changed this meanwhile"));
    assert!(late.text().contains("The New Ash Hall") && late.text().contains("Another Name"));
}

const CLUB: &[u8] = br#"{"fields": {"kind": "group", "name": "Ash Chess Club"}}"#;

/// Somebody else holds the right to write: the API and the form say so, and the form keeps what was written.
fn is_told_to_come_again(server: &Server) {
    let refused = server.send("POST", "/api/assets", &[("authorization", SECRET)], CLUB);
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("2")), "{}", refused.text());
    assert!(refused.text().contains("Somebody else is writing; nothing was changed. Try again."));
    let id = server.json("/ogc/collections/assets/items?name=Ash+Hall")["features"][0]["id"].clone();
    let filled = "kind=building&status=open&visibility=public&name=Ash+Hall&summary=Long+to+write&what=save";
    let headers = [
        ("cookie", "assetmap_token=0123456789abcdefgh"),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    for path in [format!("/asset/{}/edit", id.as_str().expect("a text")), "/asset/new".to_owned()] {
        let state = server.send("GET", &path, &headers, b"").text();
        let at = state.find("name=\"revision\" value=\"").expect("a revision") + 23;
        let revision = state[at..].split('"').next().expect("a number");
        let filled = format!("revision={revision}&key={}&{filled}", path.len());
        let page = server.send("POST", &path, &headers, filled.as_bytes());
        assert_eq!((page.status, page.header("retry-after")), (503, Some("2")), "{}", page.text());
        assert!(page.text().contains("Nothing was saved; below is what you wrote"));
        assert!(page.text().contains("Long to write"));
    }
}

fn can_save(server: &Server) {
    let saved = server.send("POST", "/api/assets", &[("authorization", SECRET)], CLUB);
    assert_eq!(saved.status, 201, "{}", saved.text());
}

#[test]
fn whoever_saves_during_an_import_of_a_file_is_told_to_come_again() {
    let program = Program::new();
    halls(&program, "A hall");
    let server = served(&program);
    let lock = std::fs::File::options().write(true).open(program.store().with_extension("lock"));
    let lock = lock.expect("the store was written to");
    lock.lock().expect("nobody else is writing");
    is_told_to_come_again(&server);
    drop(lock);
    can_save(&server);
}

#[test]
fn whoever_saves_during_an_import_into_a_database_is_told_to_come_again() {
    let database = PostGis::shared().database();
    let program = Program::on(&database.url());
    halls(&program, "A hall");
    let server = served(&program);
    let held = "FROM pg_locks WHERE locktype = 'advisory' AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    std::thread::scope(|threads| {
        threads
            .spawn(|| database.try_sql("SELECT pg_advisory_lock(x'61737365'::int, 2); SELECT pg_sleep(60)"));
        while database.sql(&format!("SELECT count(*) {held}")) == ["0"] {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        is_told_to_come_again(&server);
        database.sql(&format!("SELECT pg_terminate_backend(pid) {held}"));
    });
    can_save(&server);
}
