use super::print;
use anyhow::{Result, bail};
use app::Profile;
use std::process::ExitCode;

/// List the shipped profiles, which say what the columns of published files mean; or print one, to start your own.
#[derive(clap::Args)]
pub struct Args {
    /// Print this profile as TOML
    id: Option<String>,
}

/// Prints the profiles.
pub fn run(args: Args) -> Result<ExitCode> {
    let shipped = Profile::shipped();
    match args.id {
        None => {
            for profile in shipped {
                print(&format!("{:28}  {}\n", profile.id(), profile.title()));
            }
        }
        Some(id) => match shipped.iter().find(|profile| profile.id() == id) {
            Some(profile) => print(profile.toml()),
            None => bail!("there is no profile {id:?}: `assetmap profiles` lists them"),
        },
    }
    Ok(ExitCode::SUCCESS)
}
