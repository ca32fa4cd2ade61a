//! An example of embedding the verifier: a service that holds a verifying key and answers over HTTP whether proofs are valid.
//!
//! | request | answer |
//! | --- | --- |
//! | `GET /key` | 200, the key's digest and its tier |
//! | `POST /verify` with `{"program": TEXT, "proof": PROOF}` | 200 with `"valid": true` and the statement, if the proof is valid |
//! | | 422 with `"valid": false` and `reason`, if it is not |
//! | | 400 with `error`, if the body or the program is of no use; 413 if the body is too large |
//!
//! `PROOF` is the object in a proof file, or its text. The status of the answer is success only for a valid proof, so a client that
//! looks at the status alone is not misled. A request changes nothing, and nothing is kept of it.
#![forbid(unsafe_code)]

mod answer;
mod request;

use answer::Answer;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::routing::{get, post};
use provable::Verifier;
use std::sync::Arc;
use std::thread::available_parallelism;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// The most bytes of a request's body. A program of the largest tier has some hundred thousand.
pub const MOST_BYTES: usize = 2 << 20;

/// What all requests share.
struct Service {
    verifier: Verifier,
    /// As many verifications at once as there are cores. The others wait.
    turns: Semaphore,
}

/// Answers requests on this listener until the process ends.
///
/// # Errors
/// When the system takes the listener away.
pub async fn serve(listener: TcpListener, verifier: Verifier) -> std::io::Result<()> {
    let cores = available_parallelism().map_or(1, usize::from);
    let service = Arc::new(Service {
        verifier,
        turns: Semaphore::new(cores),
    });
    let routes = Router::new()
        .route("/key", get(key))
        .route("/verify", post(verify))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .with_state(service);
    axum::serve(listener, routes).await
}

async fn key(State(service): State<Arc<Service>>) -> Answer {
    Answer::key(&service.verifier)
}

async fn verify(State(service): State<Arc<Service>>, body: Bytes) -> Answer {
    let Ok(_turn) = service.turns.acquire().await else {
        return Answer::failed();
    };
    // Some milliseconds of arithmetic, beside the threads that answer other requests.
    let verifying = {
        let service = Arc::clone(&service);
        tokio::task::spawn_blocking(move || request::verdict(&service.verifier, &body))
    };
    verifying.await.unwrap_or_else(|_| Answer::failed())
}
