//! A build script writes the source and tells Cargo which files to watch. If this fails, it reports each mistake to Cargo, which
//! fails the build, and writes nothing.
//!
//! A build script is a process with its own environment, so this test has no harness: it runs itself as a build script.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

use mcp_error_codes_build::{Error, Generator};

/// Set for the process that acts as the build script: the folder of its registry.
const FOLDER: &str = "TESTED_REGISTRY";

fn main() -> io::Result<()> {
    if let Some(folder) = env::var_os(FOLDER) {
        Generator::new(folder).run();
        return Ok(());
    }
    a_valid_registry_is_written()?;
    mistakes_are_told_and_nothing_is_written()?;
    a_missing_folder_is_told()?;
    an_empty_folder_is_told()?;
    a_file_that_is_not_text_is_told()?;
    a_file_that_is_too_long_is_told()?;
    files_of_subfolders_are_read()?;
    many_mistakes_are_counted()?;
    a_disadvantage_is_a_warning()?;
    a_missing_out_dir_is_told()
}

/// Runs as a build script does.
fn run(folder: &Path, out: Option<&Path>) -> io::Result<Output> {
    let mut command = Command::new(env::current_exe()?);
    command.env(FOLDER, folder).env_remove("OUT_DIR").env("CARGO_PKG_NAME", "tested");
    if let Some(out) = out {
        command.env("OUT_DIR", out);
    }
    command.output()
}

/// Creates an empty folder, and returns its path.
fn empty_folder(name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build_script").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Generates from a folder, and returns the kind of the error and the path in it.
fn io_error(folder: &Path) -> (io::ErrorKind, PathBuf) {
    match Generator::new(folder).generate() {
        Err(Error::Io { path, error }) => (error.kind(), path),
        other => panic!("{other:?}"),
    }
}

fn a_valid_registry_is_written() -> io::Result<()> {
    let out = empty_folder("valid")?;
    let output = run(Path::new("tests/valid"), Some(&out))?;
    let watched = ["tests/valid", "tests/valid/acme.toml", "tests/valid/demo.toml", "tests/valid/full.toml"];
    assert_eq!(stdout(&output), watched.map(|path| format!("cargo::rerun-if-changed={path}\n")).concat());
    assert_eq!(output.status.code(), Some(0));
    let written = fs::read_to_string(out.join("registry.rs"))?;
    assert!(written.contains(" from the registry \"tested\"."), "{written}");
    Ok(())
}

fn mistakes_are_told_and_nothing_is_written() -> io::Result<()> {
    let out = empty_folder("mistakes")?;
    for already_there in [None, Some("the source of the last build")] {
        if let Some(text) = already_there {
            fs::write(out.join("registry.rs"), text)?;
        }
        let output = run(Path::new("tests/fixtures/duplicate_system"), Some(&out))?;
        let folder = "tests/fixtures/duplicate_system";
        let expected = [
            format!("cargo::rerun-if-changed={folder}"),
            format!("cargo::rerun-if-changed={folder}/a.toml"),
            format!("cargo::rerun-if-changed={folder}/b.toml"),
            format!("cargo::rerun-if-changed={folder}/c.toml"),
            format!("cargo::rerun-if-changed={folder}/d.toml"),
            format!(
                "cargo::error={folder}/b.toml:2: system \"demo\" is defined twice; other files of the system have only its \
                 name in [system]; first at {folder}/a.toml:2 [duplicate-system]"
            ),
            format!(
                "cargo::error={folder}/c.toml:3: module \"demo\" is used twice; first at {folder}/a.toml:3 [duplicate-system]"
            ),
            format!(
                "cargo::error={folder}/d.toml:2: system \"demo\" is described at {folder}/a.toml:2; other files of the system \
                 have only its name in [system] [duplicate-system]"
            ),
        ];
        assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), expected);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(fs::read_to_string(out.join("registry.rs")).ok().as_deref(), already_there);
    }
    assert_eq!(fs::read_dir(&out)?.count(), 1);
    Ok(())
}

fn a_missing_folder_is_told() -> io::Result<()> {
    let out = empty_folder("missing")?;
    let folder = Path::new("tests/no_such_folder");
    assert_eq!(io_error(folder), (io::ErrorKind::NotFound, folder.to_owned()));
    let output = run(folder, Some(&out))?;
    assert!(stdout(&output).contains("\ncargo::error=tests/no_such_folder: "), "{output:?}");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fs::read_dir(&out)?.count(), 0);
    Ok(())
}

fn an_empty_folder_is_told() -> io::Result<()> {
    let folder = empty_folder("empty")?;
    fs::write(folder.join("README.md"), "No registry here.")?;
    assert_eq!(io_error(&folder), (io::ErrorKind::NotFound, folder.clone()));
    let output = run(&folder, Some(&folder))?;
    let told = format!("cargo::error={}: the folder contains no *.toml file", folder.display());
    assert_eq!(stdout(&output).lines().last(), Some(told.as_str()));
    assert_eq!(output.status.code(), Some(0));
    Ok(())
}

fn a_file_that_is_not_text_is_told() -> io::Result<()> {
    let folder = empty_folder("not_text")?;
    let file = folder.join("demo.toml");
    fs::write(&file, b"[system]\nname = \"\xff\"\n")?;
    // The mistakes of other files are reported too.
    fs::write(folder.join("other.toml"), "system = 1")?;
    fs::write(folder.join(".other.toml"), "an editor's file")?;
    let output = run(&folder, Some(&folder))?;
    let told = stdout(&output);
    let told: Vec<_> = told.lines().filter(|line| line.starts_with("cargo::error=")).collect();
    let name = file.display();
    assert_eq!(told[0], format!("cargo::error={name}:2: the file is not UTF-8 from this line on [not-utf8]"));
    assert!(told.len() > 1 && told[1..].iter().all(|line| line.contains("other.toml:")), "{told:?}");
    assert!(!stdout(&output).contains(".other.toml"));
    Ok(())
}

fn a_file_that_is_too_long_is_told() -> io::Result<()> {
    let folder = empty_folder("too_long")?;
    let file = folder.join("demo.toml");
    fs::File::create(&file)?.set_len((32 << 20) + 1)?;
    let output = run(&folder, Some(&folder))?;
    fs::remove_file(&file)?;
    let told = format!("{}: the file has more than 32 MiB; split the system over several files", file.display());
    assert_eq!(stdout(&output).lines().last(), Some(format!("cargo::error={told}").as_str()));
    Ok(())
}

fn files_of_subfolders_are_read() -> io::Result<()> {
    let folder = empty_folder("subfolders")?;
    fs::create_dir_all(folder.join("more/deep"))?;
    fs::create_dir_all(folder.join(".hidden"))?;
    fs::copy("tests/valid/demo.toml", folder.join("demo.toml"))?;
    fs::write(folder.join(".hidden/x.toml"), "no registry")?;
    // An extension in capitals, as some editors and archives write it.
    fs::write(folder.join("more/deep/more.TOML"), MORE)?;
    let out = empty_folder("subfolders_out")?;
    let output = run(&folder, Some(&out))?;
    assert!(stdout(&output).contains("more/deep/more.TOML\n") && !stdout(&output).contains(".hidden"), "{output:?}");
    let source = fs::read_to_string(out.join("registry.rs"))?;
    assert!(source.contains("pub const TWO: Code") && source.contains("pub const ONE: Code"), "{source}");
    Ok(())
}

/// Another file of the system of `tests/valid/demo.toml`, with a code of five lines.
const MORE: &str = "[system]\nname = \"demo\"\n\n[[codes]]\ncode = \"D-2\"\nname = \"TWO\"\ntitle = \"Two\"\n\
                    summary = \"It went wrong.\"\nhint = \"Try again.\"\n";

fn many_mistakes_are_counted() -> io::Result<()> {
    for (count, last) in [(50, None), (51, Some("... and 1 more mistake")), (73, Some("... and 23 more mistakes"))] {
        let folder = empty_folder("many")?;
        let unknown: String = (1..=count).map(|at| format!("field_{at} = 1\n")).collect();
        fs::write(folder.join("demo.toml"), unknown + MORE)?;
        fs::copy("tests/valid/demo.toml", folder.join("a.toml"))?;
        let told = stdout(&run(&folder, Some(&folder))?);
        let told: Vec<_> = told.lines().filter_map(|line| line.strip_prefix("cargo::error=")).collect();
        assert_eq!(told.len(), 50 + usize::from(last.is_some()), "{told:?}");
        assert!(told[0].contains("demo.toml:1: ") && told[49].contains("demo.toml:50: "), "{told:?}");
        assert_eq!(told.get(50).copied(), last);
    }
    Ok(())
}

fn a_disadvantage_is_a_warning() -> io::Result<()> {
    let folder = empty_folder("warning")?;
    let demo = fs::read_to_string("tests/valid/demo.toml")?.replace("100001", "3000000000");
    fs::write(folder.join("demo.toml"), demo)?;
    let output = run(&folder, Some(&folder))?;
    let told = format!(
        "cargo::warning={}:27: number 3000000000 does not fit 32 bits, so the Rust SDK cannot send it and sends -32603 \
         [wide-number]",
        folder.join("demo.toml").display()
    );
    assert!(stdout(&output).lines().any(|line| line == told), "{output:?}");
    assert!(folder.join("registry.rs").exists());
    Ok(())
}

fn a_missing_out_dir_is_told() -> io::Result<()> {
    let output = run(Path::new("tests/valid"), None)?;
    let told = "cargo::error=OUT_DIR: OUT_DIR is not set; a build script calls this";
    assert_eq!(stdout(&output).lines().last(), Some(told));
    assert_eq!(output.status.code(), Some(0));

    let nowhere = empty_folder("nowhere")?.join("gone");
    let output = run(Path::new("tests/valid"), Some(&nowhere))?;
    let told = format!("cargo::error={}: ", nowhere.join("registry.rs").display());
    assert!(stdout(&output).lines().last().is_some_and(|line| line.starts_with(&told)), "{output:?}");
    assert_eq!(output.status.code(), Some(0));
    Ok(())
}
