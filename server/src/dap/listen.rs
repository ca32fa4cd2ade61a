//! `provable dap --port N`: a session for each connection from this machine.

use super::debuggee::Load;
use super::serve::serve;
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sessions at a time: each may hold a run of a gigabyte.
const SESSIONS: usize = 8;

/// Listens on a port of the loopback address; 0 for one that is free. `listening` is called with it.
///
/// # Errors
/// When the port cannot be had.
pub fn listen(port: u16, load: Arc<Load>, listening: impl FnOnce(u16)) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listening(listener.local_addr()?.port());
    let sessions = Arc::new(AtomicUsize::new(0));
    loop {
        // A client that disconnects before it is served is no reason to stop.
        let Ok((stream, _)) = listener.accept() else {
            continue;
        };
        if sessions.fetch_add(1, Ordering::Relaxed) >= SESSIONS {
            sessions.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (load, sessions) = (Arc::clone(&load), Arc::clone(&sessions));
        std::thread::spawn(move || {
            // The connection is the session: it ends when either side closes it.
            let _ = session(stream, &*load);
            sessions.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn session(stream: TcpStream, load: &Load) -> io::Result<()> {
    // Messages are small and wait for each other.
    stream.set_nodelay(true)?;
    let (input, output) = (stream.try_clone()?, stream.try_clone()?);
    serve(input, output, load);
    stream.shutdown(std::net::Shutdown::Both)
}
