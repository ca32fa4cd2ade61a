//! What is logged: a level from the flags, refined by PROVABLE_LOG.

use super::targets;
use provable::lang::quote::shortened;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{Directive, LevelFilter};

/// The environment's filter.
pub const VARIABLE: &str = "PROVABLE_LOG";

/// The level that so many `-v` ask for; none for none.
pub fn level(verbosity: u8) -> Option<LevelFilter> {
    match verbosity {
        0 => None,
        1 => Some(LevelFilter::INFO),
        2 => Some(LevelFilter::DEBUG),
        _ => Some(LevelFilter::TRACE),
    }
}

/// The filter of a general level and of PROVABLE_LOG, whose entries win where both speak. None if neither says
/// anything.
///
/// # Errors
/// The entry that is none, and why.
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

/// Whether an entry says something. One for a target that no event has would be of no effect, and a typing error looks
/// just like it.
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

/// What to write instead.
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
    fn nothing_asked_for_is_no_filter() {
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
    fn an_entry_that_is_no_filter_is_named_by_its_place() {
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
        fn any_text_is_a_filter_or_refused(text in ".{0,60}", noise in "[a-z:=,{}\\[\\]\"/0-9 ]{0,40}") {
            let _ = filter(None, &text);
            let _ = filter(level(1), &format!("provable{noise}"));
        }
    }
}
