//! The command `provable`.

fn main() -> std::process::ExitCode {
    provable_server::cli::main()
}
