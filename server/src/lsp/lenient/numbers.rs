//! Numbers as the protocol's types take them.

use serde_json::Value;

/// The largest number of the protocol's unsigned kind.
pub const MOST: u32 = i32::MAX as u32;

/// A line or a column: below zero is zero, past everything is past everything, a part of a column is where it begins.
/// What is no number stays as it is.
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
        (Some(_), _, _) => MOST,
        (_, Some(_), _) => 0,
        // A cast from a double saturates.
        (_, _, Some(double)) => (double as u32).min(MOST),
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
            ("4294967296", json!(MOST)),
            ("18446744073709551615", json!(MOST)),
            ("1.7976931348623157e308", json!(MOST)),
            ("-1.7976931348623157e308", json!(0)),
            ("-1", json!(0)),
            ("1.0", json!(1)),
            ("1.9", json!(1)),
            ("-0.0", json!(0)),
            ("1e30", json!(MOST)),
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
