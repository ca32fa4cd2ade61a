//! What to do about an error, where more can be said than its message says.

use super::error::Error;
use provable::circuit::fit_error::FitError;
#[cfg(feature = "prover")]
use provable::circuit::tier::TIERS;
#[cfg(feature = "prover")]
use provable::lang::quote;
#[cfg(feature = "prover")]
use provable::proof::KeyError;
#[cfg(feature = "prover")]
use provable::store::KeyStore;
use std::io;

#[cfg(feature = "prover")]
/// What to do about another user's keys that may not be read.
pub const SHARE_KEYS: &str =
    "keys are no secrets: have their owner make them readable (`chmod -R a+rX` on the folder)";

impl Error {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Error::Fit(FitError::Trapped(_)) => {
                "a run that traps has no proof; `provable run` shows the state it stopped in".into()
            }
            Error::Fit(FitError::TooLarge {
                fits: Some(tier), ..
            }) => format!("it fits in tier {}", tier.name),
            Error::Fit(FitError::TooLarge { fits: None, .. }) => "it fits in no tier".into(),
            Error::Fit(_) => return None,
            #[cfg(feature = "prover")]
            Error::Prove(_) => return None,
            #[cfg(feature = "prover")]
            Error::NoTier(_) => {
                let names: Vec<&str> = TIERS.iter().map(|tier| tier.name).collect();
                format!("the tiers are {}", names.join(", "))
            }
            #[cfg(feature = "prover")]
            Error::Store(KeyError::Io { source, .. }) if is_full(source) => {
                "make room there, or name another folder with --keys DIR or PROVABLE_HOME".into()
            }
            #[cfg(feature = "prover")]
            Error::Store(KeyError::Io { source, .. })
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                format!(
                    "{SHARE_KEYS}; to make or import keys you must be able to write there; or name another key store \
                     with --keys DIR or PROVABLE_HOME"
                )
            }
            #[cfg(feature = "prover")]
            Error::Store(_) | Error::NoKeyFolder => {
                "the key store is named by --keys DIR or PROVABLE_HOME, else it is in your cache \
                 folder"
                    .into()
            }
            #[cfg(feature = "prover")]
            Error::DamagedKey { tier, store, .. } => format!(
                "the key of tier {tier} in {} is damaged or of another version: remove it with \
                 {}, and it is made again",
                quote::path(store.folder()),
                command_line(store, &format!("keys remove {tier}"))
            ),
            #[cfg(feature = "prover")]
            Error::NoKey {
                unreadable: Some(_),
                ..
            } => SHARE_KEYS.into(),
            #[cfg(feature = "prover")]
            Error::NoKey { store, .. } => format!(
                "ask the prover for the file of `provable keys export`, and give it with --key or \
                 {}; a key convinces only those who trust whoever made it",
                command_line(store, "keys import FILE")
            ),
            Error::Destination(error) => error.help().into(),
            Error::Lost(error) => format!(
                "{}, and prove again; the key is kept",
                error.help().unwrap_or_default()
            ),
            Error::Write { error, .. } if is_full(error) => {
                "make room there, or write elsewhere".into()
            }
            Error::Write { error, .. } if error.kind() == io::ErrorKind::BrokenPipe => {
                "nobody read it to its end: write to a file".into()
            }
            Error::Write { .. } => {
                "check that the folder exists and that you may write in it".into()
            }
        })
    }
}

/// Whether something was not written because there is no space left for it.
fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

#[cfg(feature = "prover")]
/// A command line about this key store, in quotes: it names the store, so that whoever follows the advice changes no
/// other.
pub fn command_line(store: &KeyStore, arguments: &str) -> String {
    if store.is_default() {
        return format!("`provable {arguments}`");
    }
    format!("`provable {arguments} --keys {}`", in_shell(store))
}

#[cfg(feature = "prover")]
/// The store's folder, as a shell takes it.
fn in_shell(store: &KeyStore) -> String {
    let folder = store.folder().display().to_string();
    let quoted = match cfg!(windows) {
        true if folder.contains(' ') => format!("\"{folder}\""),
        true => folder,
        false => match shlex::try_quote(&folder) {
            Ok(quoted) => quoted.into_owned(),
            Err(_) => folder.clone(),
        },
    };
    quote::name(&quoted)
}

#[cfg(all(test, feature = "prover"))]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn advice_names_the_store_as_a_shell_takes_it() {
        let advice = |folder: &str| command_line(&KeyStore::open(folder), "keys remove 118");
        assert_eq!(advice("B"), "`provable keys remove 118 --keys B`");
        assert_eq!(
            advice("my keys"),
            "`provable keys remove 118 --keys 'my keys'`"
        );
        assert!(!advice("a\u{1b}[2J").contains('\u{1b}'));
    }
}
