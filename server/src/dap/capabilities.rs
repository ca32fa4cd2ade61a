//! `initialize`: what can be done.

use super::exceptions::filters;
use super::protocol::launch::Capabilities;

/// All of it.
pub fn offered() -> Capabilities {
    Capabilities {
        supports_configuration_done_request: true,
        supports_function_breakpoints: true,
        supports_conditional_breakpoints: true,
        supports_hit_conditional_breakpoints: true,
        supports_log_points: true,
        supports_data_breakpoints: true,
        supports_instruction_breakpoints: true,
        supports_breakpoint_locations_request: true,
        supports_evaluate_for_hovers: true,
        supports_step_back: true,
        supports_stepping_granularity: true,
        supports_set_variable: true,
        supports_set_expression: true,
        supports_goto_targets_request: true,
        supports_completions_request: true,
        supports_exception_info_request: true,
        supports_restart_request: true,
        supports_terminate_request: true,
        supports_delayed_stack_trace_loading: true,
        supports_value_formatting_options: true,
        supports_disassemble_request: true,
        supports_clipboard_context: true,
        exception_breakpoint_filters: filters(),
        completion_trigger_characters: vec!["["],
    }
}
