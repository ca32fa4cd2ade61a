//! What is logged: a level from the flags, refined by PROVABLE_LOG.

use super::targets;
use provable::lang::quote::shortened;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};

/// The environment's filter.
pub const VARIABLE: &str = "PROVABLE_LOG";

/// The level for a number of `-v`; none for 0.
pub fn level(verbosity: u8) -> Option<LevelFilter> {
    match verbosity {
        0 => None,
        1 => Some(LevelFilter::INFO),
        2 => Some(LevelFilter::DEBUG),
        _ => Some(LevelFilter::TRACE),
    }
}

/// The filter of a general level and of PROVABLE_LOG. Entries of PROVABLE_LOG have priority. None if both are empty.
///
/// # Errors
/// Which entry is invalid, and why.
pub fn filter(level: Option<LevelFilter>, text: &str) -> Result<Option<EnvFilter>, String> {
    let entries: Vec<&str> = text.split(',').map(str::trim).collect();
    for (index, entry) in entries.iter().enumerate() {
        check(entry).map_err(|why| {
            let shown = shortened(entry);
            format!("{VARIABLE}: entry {}, {shown:?}: {why}", index + 1)
        })?;
    }
    let level = level.map(|level| level.to_string());
    let all = level.iter().map(String::as_str).chain(entries);
    let all: Vec<&str> = all.filter(|entry| !entry.is_empty()).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let filter = EnvFilter::builder().parse(all.join(","));
    filter
        .map(Some)
        .map_err(|error| format!("{VARIABLE}: {error}"))
}

/// Checks an entry. An entry for a target that no event has is refused: it may be a typing error, and has no effect.
fn check(entry: &str) -> Result<(), String> {
    if entry.is_empty() {
        return Ok(());
    }
    entry
        .parse::<Directive>()
        .map_err(|error| error.to_string())?;
    let target = entry.split(['=', '[']).next().unwrap_or_default();
    let is_level = !entry.contains('=') && target.parse::<LevelFilter>().is_ok();
    let is_known = targets::ALL.iter().any(|known| known.starts_with(target));
    match is_level || is_known {
        true => Ok(()),
        false => Err("nothing is logged under this name".into()),
    }
}

/// How entries are written, for an error.
pub fn help() -> String {
    let names: Vec<&str> = targets::ALL
        .iter()
        .filter_map(|target| target.strip_prefix(targets::PREFIX))
        .collect();
    format!(
        "entries look like debug, provable=info or provable::jobs=trace, with commas between; the levels are off, error, \
         warn, info, debug and trace, the names after provable:: are {}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(level: Option<LevelFilter>, text: &str) -> Option<String> {
        let filter = filter(level, text).unwrap();
        filter.map(|filter| filter.to_string())
    }

    #[test]
    fn without_a_level_and_entries_there_is_no_filter() {
        for text in ["", " ", ",", " , ,"] {
            assert_eq!(shown(None, text), None);
        }
        assert_eq!(level(0), None);
    }

    #[test]
    fn entries_refine_the_level() {
        assert_eq!(shown(level(1), "").unwrap(), "info");
        assert_eq!(shown(level(9), "").unwrap(), "trace");
        let both = shown(level(1), " provable::jobs=trace ,").unwrap();
        assert!(both.contains("provable::jobs=trace") && both.contains("info"));
        assert_eq!(shown(level(2), "warn").unwrap(), "warn");
        for good in [
            "provable",
            "provable=debug",
            "provable::proof[sum]=debug",
            "OFF",
            "4",
        ] {
            assert!(shown(None, good).is_some(), "{good}");
        }
    }

    #[test]
    fn an_invalid_entry_is_refused_with_its_place() {
        for (text, place) in [
            ("provable=loud", "entry 1, \"provable=loud\""),
            ("debug, provble=info", "entry 2, \"provble=info\""),
            ("a b", "entry 1"),
            ("info,,tower_lsp_server=trace", "entry 3"),
            ("provable[", "entry 1"),
        ] {
            let error = filter(None, text).unwrap_err();
            assert!(error.contains(place), "{text}: {error}");
        }
        assert!(help().contains("jobs"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_filter_or_is_refused(text in ".{0,60}", noise in "[a-z:=,{}\\[\\]\"/0-9 ]{0,40}") {
            let _ = filter(None, &text);
            let _ = filter(level(1), &format!("provable{noise}"));
        }
    }
}
