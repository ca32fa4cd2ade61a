//! The settings of the user, under `provable` in the settings of the client. A value that cannot be used is reported and
//! replaced by its default; the others count.

use provable::circuit::tier::{TIERS, Tier};
use provable::lang::quote::shortened;
use provable::vm::Limits;
use serde_json::Value;

/// Which lenses are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lenses {
    /// Run.
    pub run: bool,
    /// Prove.
    pub prove: bool,
    /// Verify.
    pub verify: bool,
    /// Debug, in clients that have a debugger.
    pub debug: bool,
    /// The results of the last run and of the last proof.
    pub result: bool,
    /// What a proof of the last run takes.
    pub cost: bool,
}

/// Which hints are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hints {
    /// The stack depth after each line.
    pub depth: bool,
    /// The values that each line left on top in the last run.
    pub values: bool,
    /// Outputs, steps, digest and commitment at the line where the last run ended.
    pub result: bool,
    /// How much of the table that decides the tier each line takes. Left out unless it is asked for.
    pub cost: bool,
}

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `provable.lens.*`
    pub lens: Lenses,
    /// `provable.hints.*`
    pub hints: Hints,
    /// `provable.limits.steps`, and `provable.limits.memoryMiB`.
    pub limits: Limits,
    /// `provable.tier`: the tier to prove in; none for the smallest. A larger one hides the length of the run.
    pub tier: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config::from_value(&Value::Null).0
    }
}

impl Config {
    /// Reads the settings from the object under `provable`, or from one that contains it. Returns them and a complaint for
    /// each value that cannot be used.
    pub fn from_value(value: &Value) -> (Config, Vec<String>) {
        let mut reader = Reader {
            settings: value.get("provable").unwrap_or(value),
            complaints: Vec::new(),
        };
        let settings = reader.settings;
        if !settings.is_null() && !is_group(settings) {
            reader.complain("", settings, "an object with the settings");
        }
        let mut limits = Limits::default();
        if let Some(steps) = reader.number("limits.steps", 1) {
            limits.max_steps = steps;
        }
        let bytes = reader.number("limits.memoryMiB", 1 << 20);
        if let Some(bytes) = bytes.and_then(|bytes| usize::try_from(bytes).ok()) {
            limits.max_memory = bytes;
        }
        let config = Config {
            lens: Lenses {
                run: reader.on("lens.run"),
                prove: reader.on("lens.prove"),
                verify: reader.on("lens.verify"),
                debug: reader.on("lens.debug"),
                result: reader.on("lens.result"),
                cost: reader.on("lens.cost"),
            },
            hints: Hints {
                depth: reader.on("hints.depth"),
                values: reader.on("hints.values"),
                result: reader.on("hints.result"),
                cost: reader.is_on("hints.cost", false),
            },
            limits,
            tier: reader.tier("tier"),
        };
        (config, reader.complaints)
    }
}

/// Reads settings by their dotted names, and collects complaints.
struct Reader<'a> {
    settings: &'a Value,
    complaints: Vec<String>,
}

impl<'a> Reader<'a> {
    /// The value of a setting. `null` counts as not set: some clients send it.
    fn get(&mut self, name: &str) -> Option<&'a Value> {
        let mut found = self.settings;
        let mut groups = name.split('.').peekable();
        while let Some(part) = groups.next() {
            found = found.get(part).filter(|value| !value.is_null())?;
            if groups.peek().is_some() && !is_group(found) {
                self.complain(part, found, "an object with settings");
                return None;
            }
        }
        Some(found)
    }

    fn on(&mut self, name: &str) -> bool {
        self.is_on(name, true)
    }

    fn is_on(&mut self, name: &str, default: bool) -> bool {
        let Some(value) = self.get(name) else {
            return default;
        };
        value.as_bool().unwrap_or_else(|| {
            self.complain(name, value, "true or false");
            default
        })
    }

    /// A whole number, times `unit`.
    fn number(&mut self, name: &str, unit: u64) -> Option<u64> {
        let value = self.get(name)?;
        let number = value.as_u64().and_then(|number| number.checked_mul(unit));
        if number.is_none() {
            self.complain(name, value, "a whole number, 0 or larger");
        }
        number
    }

    fn tier(&mut self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let tier = value.as_str().filter(|tier| {
            let is_known = Tier::named(tier).is_some();
            tier.is_empty() || is_known
        });
        if tier.is_none() {
            let names: Vec<&str> = TIERS.iter().map(|tier| tier.name).collect();
            self.complain(name, value, &format!("a tier: {}", names.join(", ")));
        }
        tier.filter(|tier| !tier.is_empty()).map(str::to_owned)
    }

    fn complain(&mut self, name: &str, value: &Value, wanted: &str) {
        let name = ["provable", name].join(".");
        let value = shortened(&value.to_string()).into_owned();
        let complaint = format!(
            "the setting {} is {value}, and should be {wanted}: its default is used",
            name.trim_end_matches('.')
        );
        // A group that is wrong is reported once, and not for each of its settings.
        if !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }
}

/// Whether a value holds settings. An empty table of Lua may be sent as an empty array.
fn is_group(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(Vec::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_that_cannot_be_used_is_reported_and_replaced_by_its_default() {
        let (config, complaints) = Config::from_value(&json!({
            "lens": { "run": false, "prove": "no", "cost": null },
            "hints": 7,
            "limits": { "steps": 12, "memoryMiB": -1 },
            "tier": TIERS[4].name,
            "server": { "path": "of the client's own" },
        }));
        assert!(!config.lens.run && config.lens.prove && config.hints.depth);
        assert_eq!(config.limits.max_steps, 12);
        assert_eq!(config.limits.max_memory, Limits::default().max_memory);
        assert_eq!(config.tier.as_deref(), Some(TIERS[4].name));
        let default = "its default is used";
        assert_eq!(
            complaints,
            [
                format!(
                    "the setting provable.limits.memoryMiB is -1, and should be a whole number, 0 or larger: {default}"
                ),
                format!(
                    "the setting provable.lens.prove is \"no\", and should be true or false: {default}"
                ),
                format!(
                    "the setting provable.hints is 7, and should be an object with settings: {default}"
                ),
            ]
        );
    }

    #[test]
    fn a_hint_that_is_off_by_default_stays_off_when_its_value_is_wrong() {
        let (config, complaints) = Config::from_value(&json!({ "hints": { "cost": "yes" } }));
        assert_eq!(config, Config::default());
        assert_eq!(complaints.len(), 1, "{complaints:?}");
    }

    #[test]
    fn an_unknown_tier_is_reported_with_the_known_ones() {
        let (config, complaints) = Config::from_value(&json!({ "provable": { "tier": "2021" } }));
        assert_eq!(config, Config::default());
        let [complaint] = complaints.as_slice() else {
            panic!("{complaints:?}");
        };
        assert!(
            complaint.contains(&[TIERS[4].name, TIERS[5].name].join(", ")),
            "{complaint}"
        );
    }

    #[test]
    fn settings_that_are_not_set_are_not_reported() {
        for value in [
            json!(null),
            json!({}),
            json!({ "provable": { "tier": "" } }),
            json!({ "provable": [] }),
            json!({ "provable": { "hints": [] } }),
        ] {
            assert_eq!(Config::from_value(&value), (Config::default(), vec![]));
        }
    }
}
