//! `initialize`: what can be done.

use crate::dap::protocol::launch::Capabilities;

/// All of it.
pub fn offered() -> Capabilities {
    Capabilities {
        supports_configuration_done_request: true,
        supports_step_back: true,
        supports_terminate_request: true,
        supports_restart_request: true,
    }
}
