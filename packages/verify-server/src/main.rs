//! `provable-verify-server KEY [PORT]`: answers on this machine alone, over HTTP, whether proofs are valid.
#![forbid(unsafe_code)]

use provable::Verifier;
use provable_verify_server::serve;
use std::error::Error;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (key, port) = match words.as_slice() {
        [key] => (key, Ok(0)),
        [key, port] => (key, port.parse()),
        _ => {
            eprintln!(
                "usage: provable-verify-server KEY [PORT], with KEY as `provable keys export` writes it"
            );
            return ExitCode::from(2);
        }
    };
    let Ok(port) = port else {
        eprintln!("the port has to be a number from 0 to 65535");
        return ExitCode::from(2);
    };
    match run(key, port) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("provable-verify-server: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(key: &str, port: u16) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(key).map_err(|error| format!("{key}: {error}"))?;
    let verifier = Verifier::from_bytes(&bytes).map_err(|error| format!("{key}: {error}"))?;
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        println!("http://{}", listener.local_addr()?);
        Ok(serve(listener, verifier).await?)
    })
}
