//! Numbers as the types of the protocol take them.

use serde_json::Value;

/// The largest `uinteger` of the protocol.
pub const MAX: u32 = i32::MAX as u32;

/// Clamps a line or a column: a negative number becomes 0, one that is too large becomes the largest, a fraction is
/// rounded down. What is no number is unchanged.
pub fn clamp(value: &mut Value) {
    let Value::Number(number) = value else {
        return;
    };
    if number
        .as_u64()
        .is_some_and(|one| one <= u64::from(u32::MAX))
    {
        return;
    }
    let clamped = match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(_), _, _) => MAX,
        (_, Some(_), _) => 0,
        // The cast saturates.
        (_, _, Some(double)) => (double as u32).min(MAX),
        _ => return,
    };
    *value = clamped.into();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_column_of_any_kind_of_number_is_clamped() {
        let cases = [
            ("0", json!(0)),
            ("7", json!(7)),
            ("4294967295", json!(u32::MAX)),
            ("4294967296", json!(MAX)),
            ("18446744073709551615", json!(MAX)),
            ("1.7976931348623157e308", json!(MAX)),
            ("-1.7976931348623157e308", json!(0)),
            ("-1", json!(0)),
            ("1.0", json!(1)),
            ("1.9", json!(1)),
            ("-0.0", json!(0)),
            ("1e30", json!(MAX)),
            ("null", json!(null)),
            ("\"1\"", json!("1")),
        ];
        for (written, clamped) in cases {
            let mut value = serde_json::from_str(written).unwrap();
            clamp(&mut value);
            assert_eq!(value, clamped, "{written}");
        }
    }
}
