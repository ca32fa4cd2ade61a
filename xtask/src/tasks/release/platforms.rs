//! The platforms that a release has binaries for.

/// Rust's name of each platform, and VS Code's.
pub const PLATFORMS: [(&str, &str); 5] = [
    ("x86_64-unknown-linux-gnu", "linux-x64"),
    ("aarch64-unknown-linux-gnu", "linux-arm64"),
    ("x86_64-apple-darwin", "darwin-x64"),
    ("aarch64-apple-darwin", "darwin-arm64"),
    ("x86_64-pc-windows-msvc", "win32-x64"),
];

/// The command's file name on a platform.
pub fn command(target: &str) -> &'static str {
    if target.contains("windows") {
        "provable.exe"
    } else {
        "provable"
    }
}

/// The name of a platform's archive, and of the one folder in it with `.tar.gz` left out.
pub fn archive(version: &str, target: &str) -> String {
    format!("provable-{version}-{target}.tar.gz")
}
