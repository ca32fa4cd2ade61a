//! `textDocument/signatureHelp`.

use crate::lsp::state::View;
use crate::lsp::to_proto::markdown;
use provable_ide::signature::signature;
use tower_lsp_server::ls_types::{
    Documentation, ParameterInformation, ParameterLabel, Position, SignatureHelp,
    SignatureInformation,
};

/// The instruction whose operand is at a position.
pub fn answer(view: &View, at: Position) -> Option<SignatureHelp> {
    let found = signature(view.snapshot(), view.positions().offset(at))?;
    // A parameter is a range of UTF-16 units in the label, whatever the position encoding.
    let offset = |byte: usize| {
        let before = found.label.get(..byte).unwrap_or_default();
        u32::try_from(before.encode_utf16().count()).unwrap_or(0)
    };
    let parameter = found.parameter.clone().map(|span| ParameterInformation {
        label: ParameterLabel::LabelOffsets([offset(span.start), offset(span.end)]),
        documentation: Some(Documentation::MarkupContent(markdown(
            found.parameter_documentation.clone(),
        ))),
    });
    let active = parameter.as_ref().map(|_| 0);
    Some(SignatureHelp {
        signatures: vec![SignatureInformation {
            label: found.label,
            documentation: Some(Documentation::MarkupContent(markdown(found.documentation))),
            parameters: Some(parameter.into_iter().collect()),
            active_parameter: active,
        }],
        active_signature: Some(0),
        active_parameter: active,
    })
}
