//! What a user can set, under `provable` in the client's settings. A value of the wrong type is as good as none: the
//! others still hold.

use provable_core::vm::Limits;
use serde_json::Value;

/// Which lenses stand over a program.
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
    /// The outcome of the last run and of the last proof.
    pub result: bool,
    /// What a proof of the last run takes.
    pub cost: bool,
}

/// Which hints stand behind the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hints {
    /// The stack depth after each line.
    pub depth: bool,
    /// The values that each line left on top in the last run.
    pub values: bool,
    /// Outputs, steps, digest and commitment at the line where the last run ended.
    pub result: bool,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `provable.lens.*`
    pub lens: Lenses,
    /// `provable.hints.*`
    pub hints: Hints,
    /// `provable.limits.steps`, and `provable.limits.memoryMiB`.
    pub limits: Limits,
    /// `provable.tier`: prove in this tier, to hide the length of a run behind a larger one.
    pub tier: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Config::from_value(&Value::Null)
    }
}

impl Config {
    /// Reads the settings, as the object under `provable` or as one that holds it.
    pub fn from_value(value: &Value) -> Config {
        let value = value.get("provable").unwrap_or(value);
        let on = |group: &str, name: &str| {
            let setting = value.get(group).and_then(|group| group.get(name));
            setting.and_then(Value::as_bool).unwrap_or(true)
        };
        let number = |name: &str| value.get("limits")?.get(name)?.as_u64();
        let mut limits = Limits::default();
        if let Some(steps) = number("steps") {
            limits.max_steps = steps;
        }
        let bytes =
            number("memoryMiB").and_then(|size| usize::try_from(size).ok()?.checked_mul(1 << 20));
        if let Some(bytes) = bytes {
            limits.max_memory = bytes;
        }
        let tier = value.get("tier").and_then(Value::as_str);
        Config {
            lens: Lenses {
                run: on("lens", "run"),
                prove: on("lens", "prove"),
                verify: on("lens", "verify"),
                debug: on("lens", "debug"),
                result: on("lens", "result"),
                cost: on("lens", "cost"),
            },
            hints: Hints {
                depth: on("hints", "depth"),
                values: on("hints", "values"),
                result: on("hints", "result"),
            },
            limits,
            tier: tier.filter(|name| !name.is_empty()).map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_set_or_of_another_type_keeps_its_default() {
        let config = Config::from_value(&json!({
            "lens": { "run": false, "prove": "no" },
            "hints": 7,
            "limits": { "steps": 12, "memoryMiB": -1 },
            "tier": "2020",
        }));
        assert!(!config.lens.run && config.lens.prove && config.hints.depth);
        assert_eq!(config.limits.max_steps, 12);
        assert_eq!(config.limits.max_memory, Limits::default().max_memory);
        assert_eq!(config.tier.as_deref(), Some("2020"));
        assert_eq!(
            Config::from_value(&json!({ "provable": { "tier": "" } })),
            Config::default()
        );
    }
}
