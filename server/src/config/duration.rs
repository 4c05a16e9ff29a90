//! How long something takes, as people write it.

/// `14d`, `24h`, `90m` or `30s` in milliseconds: more than nothing, and at most a year. `None` for anything else.
#[must_use]
pub fn millis(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => 86_400_000,
        "h" => 3_600_000,
        "m" => 60_000,
        "s" => 1_000,
        _ => return None,
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis = number.parse::<i64>().ok()?.checked_mul(unit)?;
    (1..=366 * 86_400_000).contains(&millis).then_some(millis)
}
