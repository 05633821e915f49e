//! `cargo run -p borough-generator -- data` writes the borough's files into the folder `data`.

use std::path::PathBuf;

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("usage: borough-generator FOLDER")?);
    for (name, bytes) in borough_generator::files() {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder"))?;
        std::fs::write(&path, &bytes).with_context(|| path.display().to_string())?;
        println!("{:>9} bytes  {}", bytes.len(), path.display());
    }
    Ok(())
}
