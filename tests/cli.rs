//! Each command of `kabat` on good and on bad input: what it writes, what it says, and its exit code.
#![cfg(feature = "cli")]
#![expect(
    clippy::expect_used,
    reason = "a test stops at the first thing that is not there"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

struct Ran {
    code: i32,
    out: String,
    told: String,
}

impl Ran {
    fn lines(&self) -> Vec<Value> {
        let json = |line| serde_json::from_str(line).expect("a JSON object a line");
        self.out.lines().map(json).collect()
    }
}

fn kabat(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kabat"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("piped");
    // A command that does not read its input closes it; that is no fault here.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the command ends");
    Ran {
        code: output.status.code().expect("not killed"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        told: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn file(name: &str, text: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_bad_row_is_named_and_the_rest_goes_on() {
    let input = "lat,lon,what\n50.8467,4.3525,Grand-Place\n91,4,nowhere\nx,4,letters\n51.0543,3.7174,Gent\n";
    let ran = kabat(&["locate", "--on", "2026-06-01"], input);
    assert_eq!(ran.code, 1);
    let lines = ran.lines();
    assert_eq!(lines.len(), 4, "one object a row");
    assert_eq!(
        (&lines[0]["nis"], &lines[0]["police_zone"]),
        (&"21004".into(), &"5339".into())
    );
    assert_eq!(lines[0]["input"]["what"], "Grand-Place");
    assert_eq!(
        (&lines[1]["error"]["line"], &lines[1]["error"]["column"]),
        (&3.into(), &"lat".into())
    );
    assert!(
        ran.told
            .contains("standard input:4: column lat: expected degrees, found `x`"),
        "{}",
        ran.told
    );
    assert_eq!(lines[3]["nis"], "44021");

    let path = file(
        "places.jsonl",
        "{\"lat\": 50.8467, \"lon\": 4.3525, \"on\": \"2018-01-01\"}\n{\"lat\": }\n",
    );
    let ran = kabat(
        &[
            "locate",
            &path,
            "--format",
            "csv",
            "--columns",
            "nis,names.fr",
        ],
        "",
    );
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (1, "nis,names.fr\n21004,Bruxelles\n")
    );
    assert!(
        ran.told
            .contains("places.jsonl:2: column 9: expected a JSON object"),
        "{}",
        ran.told
    );
}

#[test]
fn nothing_to_do_is_said() {
    let ran = kabat(&["locate", "no/such/file.csv"], "");
    assert_eq!(ran.code, 2);
    assert!(
        ran.told.starts_with("kabat: no/such/file.csv: "),
        "{}",
        ran.told
    );
    assert_eq!(kabat(&["locate"], "").code, 1);
    assert_eq!(kabat(&["zones", "--on", "1999-01-01"], "").code, 2);
    assert_eq!(kabat(&["zones", "--on", "yesterday"], "").code, 2);
    assert_eq!(kabat(&["no-such-command"], "").code, 2);
}

/// What a spreadsheet of Belgium writes, and what a person types.
#[test]
fn the_form_of_the_input_is_found_out() {
    let note = kabat(&["classify"], "schouwbrand, iedereen buiten\n");
    assert_eq!(
        (note.code, &note.lines()[0]["type"]),
        (0, &"fire.chimney".into())
    );

    let rows = "id;\"text\"\n7;schouwbrand, iedereen buiten\n";
    let listed = &kabat(&["classify"], rows).lines()[0];
    assert_eq!(
        (&listed["id"], &listed["type"]),
        (&"7".into(), &"fire.chimney".into())
    );

    let places = kabat(
        &["locate", "--on", "2026-06-01"],
        "lat\tlon\n50.8467\t4.3525\n",
    );
    assert_eq!(places.lines()[0]["nis"], "21004");

    let misnamed = file("misnamed.csv", "id,note\n7,schouwbrand\n");
    let misnamed = kabat(&["classify", &misnamed], "");
    assert_eq!(misnamed.code, 1);
    assert!(
        misnamed
            .told
            .contains("misnamed.csv:2: column text: expected a note, found none in `id`, `note`"),
        "{}",
        misnamed.told
    );

    let places = kabat(&["locate", "--from", "lines"], "50.8467 4.3525\n");
    assert_eq!(places.code, 2);
    assert!(places.told.contains("CSV or JSON lines"), "{}", places.told);
}

#[test]
fn zones_of_a_date() {
    // 188 in early 2017, 176 in 2026: see the sources of the table.
    for (on, zones) in [("2017-02-01", 188), ("2026-06-01", 176)] {
        assert_eq!(kabat(&["zones", "--on", on], "").lines().len(), zones);
    }
    let rescue = kabat(&["zones", "--on", "2026-06-01", "--kind", "rescue"], "");
    assert_eq!(rescue.lines().len(), 35, "34 zones and Brussels");
    let table = kabat(&["zones", "--kind", "centres", "--format", "table"], "");
    assert!(table.out.starts_with("key"), "{}", table.out);
}

#[test]
fn notes_and_why() {
    let input = "{\"id\": 7, \"text\": \"man ademt niet meer\"}\n{\"id\": 8, \"text\": \"x\", \"lang\": \"it\"}\n";
    let ran = kabat(&["classify"], input);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len()), (1, 2));
    assert_eq!(
        (&lines[0]["id"], &lines[0]["type"]),
        (&7.into(), &"medical.cardiac_arrest".into())
    );
    assert_eq!(lines[1]["error"]["column"], "lang");
    let traced = kabat(&["classify", "--trace"], "man ademt niet meer\n");
    assert!(traced.lines()[0]["trace"].is_object());

    let why = kabat(
        &[
            "explain",
            "geen brand, wel veel lawaai",
            "--why-not",
            "fire.building",
        ],
        "",
    );
    assert_eq!(why.code, 0);
    assert_eq!(
        kabat(&["explain", "x", "--why-not", "fire.moon"], "").code,
        2
    );
    assert_eq!(kabat(&["explain", "x", "--lang", "it"], "").code, 2);
}

#[test]
fn rule_files_are_checked() {
    let head = "[ruleset]\nid = \"acme.zone\"\nversion = \"1.0.0\"\nvalid_from = \"2026-12-01\"\n";
    let rule = "[[rule]]\nid = \"acme.1\"\nfamily = \"type\"\nall = [\"no_such_concept\"]\nthen = { type = \"fire.building\" }\n";
    let path = file("zone.toml", &format!("{head}\n{rule}"));
    let ran = kabat(&["lint", &path], "");
    assert_eq!(ran.code, 1);
    let unknown = ran
        .lines()
        .into_iter()
        .find(|finding| finding["kind"] == "unknown_name");
    let unknown = unknown.expect("the concept is not known");
    assert_eq!(unknown["line"], 9, "{unknown}");
    assert_eq!(
        kabat(&["lint", &file("broken.toml", "[ruleset\n")], "").code,
        2
    );
    assert_eq!(kabat(&["lint", "no/such/file.toml"], "").code, 2);
}

#[test]
fn units_near_a_place() {
    let unit = |n: u8, lat: f64, capability: &str| {
        format!(
            "{{\"id\": \"00000000-0000-7000-8000-00000000000{n}\", \"call_sign\": \"A{n}\", \"agency\": \"a\", \"kind\": \"ambulance\", \
             \"capabilities\": [\"{capability}\"], \"position\": {{\"lat\": {lat}, \"lon\": 4.35}}, \"status\": \"available\"}}\n"
        )
    };
    let fleet = [
        unit(1, 50.90, "ambulance"),
        unit(2, 50.80, "pumper"),
        unit(3, 50.84, "ambulance"),
    ]
    .concat();
    let path = file("fleet.jsonl", &fleet);
    let ran = kabat(
        &["nearest", "--units", &path],
        "lat,lon,needs\n50.85,4.35,ambulance\n50.85,4.35,moon_base\n",
    );
    assert_eq!(ran.code, 1);
    let lines = ran.lines();
    let found: Vec<_> = lines[0]["units"]
        .as_array()
        .expect("units")
        .iter()
        .map(|unit| unit["call_sign"].clone())
        .collect();
    assert_eq!(found, ["A3", "A1"]);
    assert_eq!(lines[1]["error"]["column"], "needs");

    let path = file(
        "bad_fleet.jsonl",
        &format!("{fleet}{{\n{}", unit(1, 50.0, "pumper")),
    );
    let ran = kabat(
        &["nearest", "--units", &path, "--needs", "pumper"],
        "lat,lon\n50.85,4.35\n",
    );
    assert_eq!((ran.code, ran.lines()[0]["found"].as_u64()), (1, Some(1)));
    assert!(
        ran.told.contains("bad_fleet.jsonl:4: ") && ran.told.contains("is in the fleet already"),
        "{}",
        ran.told
    );
    assert_eq!(
        kabat(&["nearest", "--units", &file("empty.jsonl", "")], "").code,
        2
    );
}

#[test]
fn a_month_of_records() {
    // Invented: an ambulance that is sent twice from one base, and a row without times.
    let head = "mission,lon,lat,city,event,unit,base_lon,base_lat,vector,T0,T1,T2,T3,T4,T5,T6,T7\n";
    let path = file(
        "month.csv",
        &format!("{head}1,4.35,50.85,1000,x,A,4.36,50.86,AMB,,,,,,,,\n"),
    );
    let out = file("month.html", "");
    let none = kabat(&["replay", &path, "--out", &out], "");
    assert_eq!(none.code, 2);
    assert!(
        none.told.contains("none of 1 rows can be used"),
        "{}",
        none.told
    );
    assert_eq!(kabat(&["replay", "no/such/file.csv"], "").code, 2);
    let shared = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/replay/brussels_2022-07.csv"
    );
    if std::path::Path::new(shared).exists() {
        let ran = kabat(&["replay", shared, "--out", &out], "");
        assert_eq!(ran.code, 0, "{}", ran.told);
        assert!(
            ran.out.contains("first choice in")
                && std::fs::read_to_string(&out).is_ok_and(|page| page.contains("</html>"))
        );
    } else {
        eprintln!("skipped: the records of a month are not beside the project");
    }
}

#[test]
fn radio_messages_both_ways() {
    for message in [
        &["text", "Brand, Kerkstraat 3", "--reference", "17"][..],
        &["status", "0x8002"],
        &["location", "50.8467", "4.3525", "--km-per-hour", "48"],
        &["tsi", "206000100012345"],
    ] {
        let written = kabat(&[&["tetra", "encode"], message].concat(), "");
        assert_eq!(written.code, 0, "{}", written.told);
        let kind = match message[0] {
            "text" => "sds4",
            "location" => "lip",
            other => other,
        };
        let read = kabat(&["tetra", "decode", "--kind", kind], &written.out);
        assert_eq!(read.code, 0, "{}", read.told);
        if kind == "sds4" {
            assert!(read.out.contains("Brand, Kerkstraat 3"), "{}", read.out);
        }
    }
    let bad = kabat(&["tetra", "decode"], "82\nlip:00/76\n8G\nnews:00\n");
    assert_eq!((bad.code, bad.lines().len()), (1, 4));
    assert!(
        bad.told.contains(
            "standard input:3: column hex: expected a hexadecimal digit, found `G` at digit 2"
        ),
        "{}",
        bad.told
    );
    assert_eq!(
        kabat(&["tetra", "encode", "location", "91", "0"], "").code,
        2
    );
    assert_eq!(kabat(&["tetra", "encode", "text", "\u{1F525}"], "").code, 2);
}

#[test]
fn plates_are_hidden_unless_asked_for() {
    let ran = kabat(&["plate"], "1-ABC-234\n\u{1F697}\n");
    assert_eq!(ran.code, 1);
    assert!(!ran.out.contains("ABC"), "{}", ran.out);
    assert_eq!(ran.lines()[0]["belgian_shaped"], true);
    let key = "000102030405060708090a0b0c0d0e0f";
    let ran = kabat(
        &["plate", "--reveal", "--key", key, "--confusions", "1"],
        "1-A8C-234\n",
    );
    assert!(ran.out.contains("1-ABC-234") && ran.lines()[0]["pseudonym"].is_string());
    assert_eq!(kabat(&["plate", "--key", "short"], "x\n").code, 2);
}

#[test]
fn questions_to_the_law() {
    let input = "controller,camera,special_risk_place,recorded_at\n\
        private_company,fixed,none,2026-01-31T10:00:00+01:00\n\
        moon_base,fixed,none,late\n";
    let ran = kabat(&["retention", "--now", "2026-02-01T00:00:00+01:00"], input);
    let lines = ran.lines();
    assert_eq!((ran.code, &lines[0]["status"]), (1, &"keep_allowed".into()));
    // One month in the calendar of Brussels, article 5 § 4: the last day of February.
    assert_eq!(lines[0]["erase_by"], "2026-02-28T10:00:00+01:00");
    assert!(lines[1]["error"]["column"].is_string());
    assert!(kabat(&["retention", "--questions"], "").lines().len() > 20);
    assert_eq!(
        kabat(&["retention", "--question", "weather"], input).code,
        1
    );

    let rules = kabat(&["law", "--as-of", "2026-11-20", "--rule", "CAM-RET"], "");
    assert!(rules.code == 0 && !rules.lines().is_empty());
    assert_eq!(
        kabat(&["law", "--as-of", "2026-11-20", "--rule", "NONE"], "").code,
        1
    );
}

#[test]
fn a_changed_log_is_found() {
    use kabat::compliance::{AuditEntry, AuditLog};
    let mut log = AuditLog::new(100);
    let mut bytes = Vec::new();
    for n in 0..5 {
        let entry = AuditEntry {
            at: kabat::core::chrono::DateTime::from_timestamp(1_772_359_200 + n, 0)
                .expect("in range"),
            actor: "op-17".into(),
            action: "view".into(),
            subject: format!("recording {n}"),
            justification: "file 7".into(),
            granted: true,
        };
        log.append(&entry, &mut bytes);
    }
    let text = String::from_utf8(bytes).expect("UTF-8");
    let sound = kabat(&["audit", "verify", &file("access.log", &text)], "");
    assert_eq!(
        (sound.code, sound.lines()[0]["lines"].as_u64()),
        (0, Some(5))
    );
    let changed = kabat(
        &["audit", "verify", "-"],
        &text.replace("recording 2", "recording 9"),
    );
    assert_eq!(changed.code, 1);
    assert_eq!(changed.lines()[0]["faults"][0]["line"], 3);
    assert_eq!(kabat(&["audit", "verify", "no/such/file"], "").code, 2);
}

#[test]
fn schemas_completions_and_manual() {
    let names = kabat(&["schema"], "");
    assert!(names.out.lines().count() > 15);
    for name in names.out.lines() {
        let schema = kabat(&["schema", name], "");
        let schema: Value = serde_json::from_str(&schema.out).expect("a schema");
        assert_eq!(
            schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{name}"
        );
    }
    assert_eq!(kabat(&["schema", "moon"], "").code, 2);
    for shell in ["bash", "zsh", "fish"] {
        assert!(kabat(&["completions", shell], "").out.contains("kabat"));
    }
    assert!(kabat(&["man"], "").out.contains(".TH kabat"));
    assert!(kabat(&["man", "locate"], "").out.contains("locate"));
    assert_eq!(kabat(&["man", "moon"], "").code, 2);
}

/// The commands of a help text: a line that ends in `|` or `\\` goes on in the next.
fn examples_of(help: &str) -> Vec<String> {
    let lines = help
        .lines()
        .skip_while(|line| !line.starts_with("Example"))
        .skip(1);
    let mut examples: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let (text, more) = match line.trim().strip_suffix('\\') {
            Some(text) => (text, true),
            None => (line.trim(), line.ends_with('|')),
        };
        match examples.last_mut().filter(|_| goes_on) {
            Some(last) => last.extend([" ", text]),
            None => examples.push(text.to_owned()),
        }
        goes_on = more;
    }
    examples
}

/// Runs a command line as a person would who stands in the project, and returns whether it went well.
#[cfg(unix)]
fn typed(line: &str) -> Ran {
    use std::path::Path;
    let binary = Path::new(env!("CARGO_BIN_EXE_kabat"));
    let path = format!(
        "{}:{}",
        binary.parent().expect("in a directory").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("help");
    std::fs::create_dir_all(home.join(".local/share/bash-completion/completions")).expect("made");
    let data = home.join("examples");
    if !data.exists() {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        std::os::unix::fs::symlink(examples, &data).expect("linked");
    }
    let output = Command::new("sh")
        .args(["-c", line])
        .env("PATH", &path)
        .env("HOME", &home)
        .current_dir(&home)
        .stdin(Stdio::null())
        .output()
        .expect("the shell starts");
    Ran {
        code: output.status.code().expect("not killed"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        told: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

const COMMANDS: [&str; 16] = [
    "locate",
    "zones",
    "classify",
    "explain",
    "lint",
    "nearest",
    "replay",
    "tetra decode",
    "tetra encode text",
    "plate",
    "retention",
    "law",
    "audit verify",
    "schema",
    "completions",
    "man",
];

#[cfg(unix)]
#[test]
fn every_example_of_the_help_texts_and_of_the_readme_runs() {
    let is_command = |line: &&str| {
        ["kabat ", "echo ", "printf "]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let readme = include_str!("../README.md").lines().filter(is_command);
    let mut examples: Vec<String> = readme.map(ToOwned::to_owned).collect();
    assert_eq!(examples.len(), 3, "{examples:?}");
    for command in COMMANDS {
        let words: Vec<_> = command.split(' ').chain(["--help"]).collect();
        let of_command = examples_of(&kabat(&words, "").out);
        assert!(!of_command.is_empty(), "`{command}` has no example");
        examples.extend(of_command);
    }
    // The borders of municipalities are not in the project.
    examples.retain(|example| !example.contains("municipalities.topojson"));
    assert!(examples.len() >= 30, "{examples:#?}");
    for example in &examples {
        assert!(is_command(&&**example), "nobody can copy it: {example}");
        // `jq` and `man` are not on every machine.
        let other = example.find(" | jq").or(example.find(" | man"));
        let ran = typed(other.and_then(|end| example.get(..end)).unwrap_or(example));
        assert_eq!(ran.code, 0, "{example}: {}", ran.told);
        let silent = ran.out.is_empty() && ran.told.is_empty();
        assert!(!silent || example.contains('>'), "{example} says nothing");
        assert!(!ran.told.contains("no rows"), "{example}: {}", ran.told);
    }
}
