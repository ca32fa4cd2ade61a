//! From a frame to a request.

use super::frames::Frame;
use super::protocol::{Problem, Request};
use super::wire::Wire;

/// The request in a frame. A message that is no request is answered if it has a number, else reported.
pub fn receive(frame: Frame, wire: &mut Wire) -> Option<Request> {
    let message = match frame {
        Frame::Message(message) => message,
        Frame::Malformed(why) => {
            wire.say("console", why);
            return None;
        }
    };
    match Request::read(message) {
        Ok(request) => Some(request),
        Err((Some(stand_in), why)) => {
            wire.respond(&stand_in, Err(Problem::new(why)));
            None
        }
        Err((None, why)) => {
            wire.say("console", why);
            None
        }
    }
}
