//! How a session begins.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the client says of itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Initialize {
    /// Whether its lines count from 1.
    #[serde(rename = "linesStartAt1")]
    pub lines_start_at_1: bool,
    /// Whether its columns do.
    #[serde(rename = "columnsStartAt1")]
    pub columns_start_at_1: bool,
    /// `path` or `uri`.
    pub path_format: String,
    /// Whether it wants to be told when variables change without a stop.
    pub supports_invalidated_event: bool,
}

impl Default for Initialize {
    fn default() -> Self {
        Initialize {
            lines_start_at_1: true,
            columns_start_at_1: true,
            path_format: "path".into(),
            supports_invalidated_event: false,
        }
    }
}

/// What can be done here, as the client is told.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the protocol's own names
pub struct Capabilities {
    pub supports_configuration_done_request: bool,
    pub supports_function_breakpoints: bool,
    pub supports_conditional_breakpoints: bool,
    pub supports_hit_conditional_breakpoints: bool,
    pub supports_log_points: bool,
    pub supports_data_breakpoints: bool,
    pub supports_instruction_breakpoints: bool,
    pub supports_breakpoint_locations_request: bool,
    pub supports_evaluate_for_hovers: bool,
    pub supports_step_back: bool,
    pub supports_stepping_granularity: bool,
    pub supports_set_variable: bool,
    pub supports_set_expression: bool,
    pub supports_goto_targets_request: bool,
    pub supports_completions_request: bool,
    pub supports_exception_info_request: bool,
    pub supports_restart_request: bool,
    pub supports_terminate_request: bool,
    pub supports_delayed_stack_trace_loading: bool,
    pub supports_value_formatting_options: bool,
    pub supports_disassemble_request: bool,
    pub supports_clipboard_context: bool,
    pub exception_breakpoint_filters: Vec<Filter>,
    pub completion_trigger_characters: Vec<&'static str>,
}

/// A kind of exception that the client may choose.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// Its name.
    pub filter: &'static str,
    /// What people see.
    pub label: &'static str,
    /// More of it.
    pub description: &'static str,
    /// Whether it is on unless it is turned off.
    pub default: bool,
}

/// What to debug.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Launch {
    /// The program's path.
    pub program: String,
    /// Where relative paths begin; without it, the program's at the adapter's folder, and the inputs' at the program's.
    #[serde(default)]
    pub cwd: Option<String>,
    /// What it reads; without it, the file beside the program that Run takes too.
    #[serde(default)]
    pub inputs: Option<LaunchInputs>,
    /// The test of the program to debug in its place: its name, or its id as `provable test --list` gives it.
    #[serde(default)]
    pub test: Option<String>,
    /// The seed of the test's random words.
    #[serde(default)]
    pub seed: Option<u64>,
    /// Whether to stop before the first step.
    #[serde(default)]
    pub stop_on_entry: bool,
    /// Whether to stop, and not to end the session, where the run ends. The default is to stop.
    #[serde(default)]
    pub stop_on_end: Option<bool>,
    /// Where to stop first: after this many steps, or at the end.
    #[serde(default)]
    pub stop_at_step: Option<StopAt>,
    /// The most steps that the run may take.
    #[serde(default)]
    pub step_limit: Option<u64>,
    /// The most memory that it may take, in MiB.
    #[serde(default, rename = "memoryLimitMiB")]
    pub memory_limit_mib: Option<u64>,
    /// Run to the end, stop nowhere.
    #[serde(default)]
    pub no_debug: bool,
}

/// A position to stop at.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub enum StopAt {
    /// After this many steps, or at the end if that comes before.
    Step(u64),
    /// The end of the run: where it halts or traps.
    End,
}

impl TryFrom<Value> for StopAt {
    type Error = String;

    fn try_from(value: Value) -> Result<StopAt, String> {
        match (value.as_u64(), value.as_str()) {
            (Some(step), _) => Ok(StopAt::Step(step)),
            (_, Some("end")) => Ok(StopAt::End),
            _ => Err("stopAtStep is a number of steps, from 0, or \"end\"".into()),
        }
    }
}

impl StopAt {
    /// Steps taken there; at the end, more than any run has.
    pub fn position(self) -> u64 {
        match self {
            StopAt::Step(step) => step,
            StopAt::End => u64::MAX,
        }
    }
}

/// Inputs: a file, or the words themselves as a file would have them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum LaunchInputs {
    /// The path of an inputs file.
    File(String),
    /// What would be in it.
    Words(Value),
}
