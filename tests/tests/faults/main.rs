//! What goes wrong outside the program: processes that are killed, disks that are full or read-only, files that are
//! damaged, clocks that jump, memory that runs out. Afterwards nothing is lost or half-written, and the next call
//! works or says what to do. All on the smallest tier.
#![cfg(unix)]

mod clock;
mod damaged;
mod disk;
mod folders;
mod killed;
#[cfg(target_os = "linux")]
mod memory;
mod support;
