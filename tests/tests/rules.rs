//! The rules that money is placed by: printed, changed, and known for every allocation.

use black_box::Program;

/// What a command that succeeds prints.
fn printed(program: &Program, arguments: &[&str]) -> String {
    let output = program.run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What a command that is refused says.
fn refused(program: &Program, arguments: &[&str]) -> String {
    let output = program.run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn the_rules_of_every_allocation_can_be_printed() {
    let program = Program::new();
    program.import_borough();
    program.import_money();
    let shipped = printed(&program, &["spend", "rules"]);
    let last = printed(&program, &["spend", "runs", "--limit", "1"]);
    let last: u64 = last.split(' ').nth(1).and_then(|number| number.parse().ok()).expect("a number");
    let ours = program.folder().join("ours.toml");
    let text = shipped.replace("version = \"", "version = \"ours of ");
    std::fs::write(&ours, &text).expect("a file");
    printed(&program, &["spend", "allocate", "--rules", ours.to_str().expect("a plain path")]);

    let of =
        |allocation: u64| ["spend".into(), "rules".into(), "--allocation".into(), allocation.to_string()];
    let of = |allocation: u64| printed(&program, &of(allocation).each_ref().map(String::as_str));
    assert_eq!((of(last), of(last + 1)), (shipped.clone(), text));
    let services = printed(&program, &["spend", "rules", "--services", "--allocation", &last.to_string()]);
    assert_eq!(services, printed(&program, &["spend", "rules", "--services"]));
    for none in ["0", "9999", "18446744073709551615"] {
        let said = refused(&program, &["spend", "rules", "--allocation", none]);
        assert!(said.contains(&format!("there is no allocation {none}")), "{said}");
    }
}

#[test]
fn changed_rules_that_bear_the_shipped_version_move_nothing() {
    let program = Program::new();
    program.import_borough();
    program.import_money();
    let runs = printed(&program, &["spend", "runs"]);
    let ours = program.folder().join("ours.toml");
    let text = format!("{}\n# for Wexmarsh\n", printed(&program, &["spend", "rules"]));
    std::fs::write(&ours, text).expect("a file");
    let said = refused(&program, &["spend", "allocate", "--rules", ours.to_str().expect("a plain path")]);
    assert!(said.contains("ours.toml") && said.contains("change `version`"), "{said}");
    assert_eq!(printed(&program, &["spend", "runs"]), runs);
}
