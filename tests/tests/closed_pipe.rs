//! A reader who has had enough, as in `assetmap runs | head`, is no error.

use black_box::{Program, repository};
use std::io::pipe;

#[test]
fn a_reader_who_has_gone_ends_a_command_quietly() {
    let program = Program::new();
    let data = repository().join("data");
    program.import(&[], &[data.join("wards_2025.geojson"), data.join("spend_2026-27.csv")]);
    for arguments in [
        &["runs"][..],
        &["runs", "--json"],
        &["profiles"],
        &["config"],
        &["spend", "areas"],
        &["spend", "rules"],
        &["spend", "runs"],
        &["spend", "units"],
    ] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let ended = program.command(arguments).stdout(writer).output().expect("the program starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success() && said.is_empty(), "{arguments:?}: {} {said}", ended.status);
    }
}
