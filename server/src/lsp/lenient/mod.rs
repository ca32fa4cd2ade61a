//! Lenient reading of what a client sends. The types of the protocol refuse a whole message for one field that they cannot
//! parse, and the framework drops a notification that is refused without any report: after a dropped change, the server's
//! text differs from the client's. So fields that some clients write in another way are repaired before those types parse
//! them, and what the server sends is put back into the spelling of the client. A message that needs no repair is unchanged.

pub mod envelope;
mod initialize;
mod numbers;
mod params;
mod spelling;
mod sync;
mod sync_error;
mod uris;

use serde_json::json;
use spelling::Spelling;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_lsp_server::jsonrpc::{Request, Response};
use tower_lsp_server::{ClientSocket, Loopback};
use tower_service::Service;

/// The notification that replaces one that sets or changes a text and cannot be used. It has the `uri` of the document,
/// if the message spelling one, and a `message` that describes it.
pub const OUT_OF_SYNC: &str = "provable/outOfSync";

/// The notifications that set or change texts.
const SYNC_METHODS: [&str; 3] = [
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
];

/// A service whose inner service gets only messages that the types of the protocol can parse.
pub struct LenientService<S> {
    inner: S,
    spelling: Arc<Spelling>,
}

/// Wraps a service and the socket on which it sends to the client.
pub fn lenient<S>(inner: S, socket: ClientSocket) -> (LenientService<S>, LenientSocket) {
    let spelling = Arc::new(Spelling::default());
    let socket = LenientSocket {
        inner: socket,
        spelling: Arc::clone(&spelling),
    };
    (LenientService { inner, spelling }, socket)
}

impl<S> LenientService<S> {
    fn read(&self, request: Request) -> Request {
        let (method, id, params) = request.into_parts();
        let is_sync = SYNC_METHODS.contains(&method.as_ref());
        // A notification that sets or changes a text counts also if it is sent as a request.
        let id = id.filter(|_| !is_sync);
        let mut built = Request::build(method.clone());
        if is_sync && params.is_none() {
            let message = format!("a message {method} that the client sent says nothing");
            built = Request::build(OUT_OF_SYNC).params(json!({ "message": message }));
        }
        if let Some(mut params) = params {
            if let Err(error) = params::repair(&method, &mut params, &self.spelling) {
                built = Request::build(OUT_OF_SYNC);
                params = json!({ "uri": error.uri, "message": error.message });
            }
            built = built.params(params);
        }
        match id {
            Some(id) => built.id(id).finish(),
            None => built.finish(),
        }
    }
}

type ResponseFuture<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for LenientService<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answer = self.inner.call(self.read(request));
        let spelling = Arc::clone(&self.spelling);
        Box::pin(async move {
            let response = answer.await?;
            Ok(response.map(|response| spelling.respelled(response)))
        })
    }
}

/// The socket on which the server sends to the client, in the spelling of the client.
pub struct LenientSocket {
    inner: ClientSocket,
    spelling: Arc<Spelling>,
}

impl Loopback for LenientSocket {
    type RequestStream = RespelledRequests<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (inner, answers) = Loopback::split(self.inner);
        let spelling = self.spelling;
        (RespelledRequests { inner, spelling }, answers)
    }
}

/// The requests and notifications of the server, in the spelling of the client.
pub struct RespelledRequests<R> {
    inner: R,
    spelling: Arc<Spelling>,
}

impl<R: futures_core::Stream<Item = Request> + Unpin> futures_core::Stream
    for RespelledRequests<R>
{
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        let next = Pin::new(&mut self.inner).poll_next(context);
        next.map(|request| request.map(|request| self.spelling.respelled_request(request)))
    }
}

#[cfg(test)]
mod tests;
