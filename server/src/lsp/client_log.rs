//! The log of the client: lines as `window/logMessage`, and a report on each message of the client as `$/logTrace`. Its
//! trace value decides what is sent (`initialize`, `$/setTrace`).
//!
//! Log messages are put into a bounded queue without waiting; a task sends what is in the queue. Sending logs nothing
//! itself, since no event of the framework is logged.

use crate::logging::client_log;
use crate::logging::client_queue::{ClientMessage, ClientQueue};
use crate::logging::targets::LSP;
use provable::lang::quote::shortened;
use provable_host::clock::Instant;
use serde_json::Value;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};
use tower_lsp_server::Client;
use tower_lsp_server::jsonrpc::{Request, Response};
use tower_lsp_server::ls_types::notification::LogTrace;
use tower_lsp_server::ls_types::{LogTraceParams, MessageType, TraceValue};
use tower_service::Service;
use tracing::{Instrument, Level, debug_span};
use tracing_subscriber::filter::LevelFilter;

/// Begins to send the log to a client. To be called within a tokio runtime.
pub fn send_to(client: Client) {
    let Some((queue, mut received)) = client_log().and_then(|log| Some((&log.queue, log.take()?)))
    else {
        return;
    };
    tokio::spawn(async move {
        while let Some(message) = received.recv().await {
            let dropped = queue.take_dropped();
            if dropped > 0 {
                let text = format!(
                    "{dropped} messages of the log were dropped: they came faster than they are read"
                );
                client.log_message(MessageType::WARNING, text).await;
            }
            match message {
                ClientMessage::Line { level, text } => {
                    client.log_message(message_type(level), text).await
                }
                ClientMessage::Trace { message, verbose } => {
                    let params = LogTraceParams { message, verbose };
                    client.send_notification::<LogTrace>(params).await;
                }
            }
        }
    });
}

/// The message type for a level.
fn message_type(level: Level) -> MessageType {
    match level {
        Level::ERROR => MessageType::ERROR,
        Level::WARN => MessageType::WARNING,
        Level::INFO => MessageType::INFO,
        _ => MessageType::LOG,
    }
}

/// A service that logs each message to it: its method and how long it took, and nothing of its content.
pub struct LoggedService<S> {
    inner: S,
    trace: Arc<RwLock<TraceValue>>,
}

impl<S> LoggedService<S> {
    /// Logs the messages to this service.
    pub fn new(inner: S) -> Self {
        let trace = Arc::default();
        LoggedService { inner, trace }
    }

    /// Sets the trace value. A value that is not valid changes nothing.
    fn set_trace(&self, value: Option<&Value>) {
        let value = value.and_then(|value| serde_json::from_value(value.clone()).ok());
        let Some(value) = value else { return };
        *self.trace.write().unwrap_or_else(PoisonError::into_inner) = value;
        if let Some(log) = client_log() {
            log.set_level(match value {
                TraceValue::Off => LevelFilter::WARN,
                TraceValue::Messages => LevelFilter::INFO,
                TraceValue::Verbose => LevelFilter::DEBUG,
            });
        }
    }
}

impl<S> Service<Request> for LoggedService<S>
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
        let record = MessageRecord {
            id: request.id().map(ToString::to_string),
            method,
            since: Instant::now(),
        };
        let trace = Arc::clone(&self.trace);
        // The handler runs up to its first `await` in the call.
        let answer = span.in_scope(|| self.inner.call(request));
        let answer = async move {
            let response = answer.await?;
            if let Some(log) = client_log() {
                // The present value: `off` ends the traces of earlier requests too.
                let trace = *trace.read().unwrap_or_else(PoisonError::into_inner);
                record.report(trace, response.as_ref(), &log.queue);
            }
            Ok(response)
        };
        Box::pin(answer.instrument(span))
    }
}

/// A message of the client.
struct MessageRecord {
    /// The identifier, if it is a request.
    id: Option<String>,
    method: String,
    since: Instant,
}

impl MessageRecord {
    /// Reports to the client how the message was handled.
    fn report(self, trace: TraceValue, response: Option<&Response>, queue: &ClientQueue) {
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
        queue.send(ClientMessage::Trace { message, verbose });
    }
}
