//! The log as the client has it: lines as `window/logMessage`, and what became of each of its messages as `$/logTrace`,
//! both as its trace value says (`initialize`, `$/setTrace`).
//!
//! Whoever logs puts a message into a bounded queue and goes on; a task of its own sends what is in there. Nothing that
//! sending does is logged itself: of the framework no event is.

use crate::logging::feed::{Feed, Said};
use crate::logging::targets::LSP;
use crate::logging::to_client;
use provable::lang::quote::shortened;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use std::time::Instant;
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::{Request, Response};
use tower_lsp_server::ls_types::notification::LogTrace;
use tower_lsp_server::ls_types::{LogTraceParams, MessageType, TraceValue};
use tower_service::Service;
use tracing::{Instrument, Level, debug_span};
use tracing_subscriber::filter::LevelFilter;

/// Begins to send the log to a client. To be called where tokio runs.
pub fn send_to(client: Client) {
    let Some((feed, mut received)) = to_client().and_then(|log| Some((&log.feed, log.take()?)))
    else {
        return;
    };
    tokio::spawn(async move {
        while let Some(said) = received.recv().await {
            let dropped = feed.take_dropped();
            if dropped > 0 {
                let text = format!(
                    "{dropped} messages of the log were dropped: they came faster than they are read"
                );
                client.log_message(MessageType::WARNING, text).await;
            }
            match said {
                Said::Line { level, text } => client.log_message(kind(level), text).await,
                Said::Trace { message, verbose } => {
                    let params = LogTraceParams { message, verbose };
                    client.send_notification::<LogTrace>(params).await;
                }
            }
        }
    });
}

/// The protocol's word for a level.
fn kind(level: Level) -> MessageType {
    match level {
        Level::ERROR => MessageType::ERROR,
        Level::WARN => MessageType::WARNING,
        Level::INFO => MessageType::INFO,
        _ => MessageType::LOG,
    }
}

/// The server, with every message to it logged: its method and how long it took, and nothing of what is in it.
pub struct Logged<S> {
    inner: S,
    trace: Arc<RwLock<TraceValue>>,
}

impl<S> Logged<S> {
    /// Logs what this service is sent.
    pub fn new(inner: S) -> Self {
        let trace = Arc::default();
        Logged { inner, trace }
    }

    /// Takes in a trace value; one that is none changes nothing.
    fn set_trace(&self, value: Option<&Value>) {
        let value = value.and_then(|value| serde_json::from_value(value.clone()).ok());
        let Some(value) = value else { return };
        *self.trace.write().unwrap_or_else(PoisonError::into_inner) = value;
        if let Some(log) = to_client() {
            log.set_level(match value {
                TraceValue::Off => LevelFilter::WARN,
                TraceValue::Messages => LevelFilter::INFO,
                TraceValue::Verbose => LevelFilter::DEBUG,
            });
        }
    }
}

impl<S> Service<Request> for Logged<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let param = |name: &str| request.params().and_then(|params| params.get(name));
        match request.method() {
            "initialize" => self.set_trace(param("trace")),
            "$/setTrace" => self.set_trace(param("value")),
            _ => {}
        }
        let method = shortened(request.method()).into_owned();
        let span = debug_span!(target: LSP, "request", method);
        let about = About {
            id: request.id().map(ToString::to_string),
            method,
            since: Instant::now(),
        };
        let trace = Arc::clone(&self.trace);
        // What the handler does before it first waits is part of the call.
        let answer = span.in_scope(|| self.inner.call(request));
        let answer = async move {
            let response = answer.await?;
            if let Some(log) = to_client() {
                // As it is now: `off` ends the traces of what was asked before, too.
                let trace = *trace.read().unwrap_or_else(PoisonError::into_inner);
                about.tell(trace, response.as_ref(), &log.feed);
            }
            Ok(response)
        };
        Box::pin(answer.instrument(span))
    }
}

/// A message of the client.
struct About {
    /// The number it is answered under, if it is a request.
    id: Option<String>,
    method: String,
    since: Instant,
}

impl About {
    /// Tells the client what became of it.
    fn tell(self, trace: TraceValue, response: Option<&Response>, feed: &Feed) {
        if trace == TraceValue::Off {
            return;
        }
        let ms = self.since.elapsed().as_secs_f64() * 1000.0;
        let message = format!("{}: {ms:.3} ms", self.method);
        let verbose = (trace == TraceValue::Verbose).then(|| {
            let id = self.id.as_deref().map(shortened);
            let id = id.as_deref().unwrap_or_default();
            match response.map(Response::error) {
                None if id.is_empty() => "a notification".to_owned(),
                None => format!("request {id}"),
                Some(None) => format!("request {id}, answered"),
                Some(Some(error)) => format!("request {id}, refused with {}", error.code.code()),
            }
        });
        feed.say(Said::Trace { message, verbose });
    }
}
