//! Answers: a status of HTTP and an object of JSON.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use provable::{Statement, Verifier, VerifyError};
use serde_json::{Value, json};

/// An answer.
pub struct Answer(StatusCode, Value);

impl Answer {
    /// Which key decides.
    pub fn key(verifier: &Verifier) -> Self {
        let key = verifier.key();
        let tier = key.tier().map(|tier| tier.name);
        let digest = hex::encode(key.digest());
        Answer(StatusCode::OK, json!({ "key": digest, "tier": tier }))
    }

    /// What a valid proof proves.
    pub fn valid(statement: &Statement) -> Self {
        let fields = json!({
            "valid": true,
            "public_input": statement.public_input,
            "public_output": statement.public_output,
            "program": hex::encode(statement.program),
            "trace_commitment": hex::encode(statement.trace_commitment),
            "key": hex::encode(statement.key),
            "key_origin": statement.key_origin.to_string(),
        });
        Answer(StatusCode::OK, fields)
    }

    /// Why a proof is not valid.
    pub fn invalid(error: &VerifyError) -> Self {
        let fields = json!({ "valid": false, "reason": error.to_string() });
        Answer(StatusCode::UNPROCESSABLE_ENTITY, fields)
    }

    /// There is no verdict, because of the request.
    pub fn unusable(problem: &str) -> Self {
        Answer(StatusCode::BAD_REQUEST, json!({ "error": problem }))
    }

    /// There is no verdict, because of the service.
    pub fn failed() -> Self {
        let fields = json!({ "error": "the service failed" });
        Answer(StatusCode::INTERNAL_SERVER_ERROR, fields)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let Answer(status, fields) = self;
        let kind = [(header::CONTENT_TYPE, "application/json")];
        (status, kind, format!("{fields}\n")).into_response()
    }
}
