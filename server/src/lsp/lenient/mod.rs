//! What a client sends, read leniently. The protocol's types refuse a whole message for one field that is not as they
//! want it, and a notification that is refused is dropped without a word: for a change, the text is then another one
//! than the client's. So fields that clients are known to write otherwise are mended before those types see them, and
//! what the server says is put back into the client's own spelling. A message that needs no mending passes as it is.

mod clients;
mod names;
mod numbers;
mod params;
mod sync;
pub mod text;
mod uris;

use names::Names;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_lsp_server::jsonrpc::{Request, Response};
use tower_lsp_server::{ClientSocket, Loopback};
use tower_service::Service;

/// The notification that stands for one whose text or change cannot be used, with the document's `uri`, if it is
/// known, and a `message`.
pub const OUT_OF_STEP: &str = "provable/outOfStep";

/// The notifications that say what a text is.
const SYNC: [&str; 3] = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
];

/// A service behind which everything is as the protocol's types want it.
pub struct Lenient<S> {
    inner: S,
    names: Arc<Names>,
}

/// Puts a service and the way from it to the client behind the lenient reading.
pub fn lenient<S>(inner: S, socket: ClientSocket) -> (Lenient<S>, Socket) {
    let names = Arc::new(Names::default());
    let socket = Socket {
        inner: socket,
        names: Arc::clone(&names),
    };
    (Lenient { inner, names }, socket)
}

impl<S> Lenient<S> {
    fn read(&self, request: Request) -> Request {
        let (method, id, params) = request.into_parts();
        let is_sync = SYNC.contains(&method.as_ref());
        // What says what a text is counts, also if it is sent as a question.
        let id = id.filter(|_| !is_sync);
        let mut built = Request::build(method.clone());
        if is_sync && params.is_none() {
            let message = format!("a message {method} that the client sent says nothing");
            built = Request::build(OUT_OF_STEP).params(json!({ "message": message }));
        }
        if let Some(mut params) = params {
            if let Err(lost) = params::mend(&method, &mut params, &self.names) {
                built = Request::build(OUT_OF_STEP);
                params = json!({ "uri": lost.uri, "message": lost.message });
            }
            built = built.params(params);
        }
        match id {
            Some(id) => built.id(id).finish(),
            None => built.finish(),
        }
    }
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for Lenient<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answer = self.inner.call(self.read(request));
        let names = Arc::clone(&self.names);
        Box::pin(async move {
            let response = answer.await?;
            Ok(response.map(|response| names.respelled(response)))
        })
    }
}

/// The way from the server to the client, in the client's own spelling.
pub struct Socket {
    inner: ClientSocket,
    names: Arc<Names>,
}

impl Loopback for Socket {
    type RequestStream = Respelled<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (inner, answers) = Loopback::split(self.inner);
        let names = self.names;
        (Respelled { inner, names }, answers)
    }
}

/// What the server asks and tells, in the client's own spelling.
pub struct Respelled<R> {
    inner: R,
    names: Arc<Names>,
}

impl<R: futures_core::Stream<Item = Request> + Unpin> futures_core::Stream for Respelled<R> {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        let next = Pin::new(&mut self.inner).poll_next(context);
        next.map(|request| request.map(|request| self.names.respelled_request(request)))
    }
}

/// Why a text or a change cannot be used.
#[derive(Debug, PartialEq, Eq)]
struct Lost {
    /// The document, if the message says which.
    uri: Option<String>,
    /// What is wrong.
    message: String,
}

impl Lost {
    fn of(params: &Value, what: &str, error: &serde_json::Error) -> Lost {
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        Lost {
            uri: uri.map(str::to_owned),
            message: format!("{what} that the client sent cannot be read: {error}"),
        }
    }
}

#[cfg(test)]
mod tests;
