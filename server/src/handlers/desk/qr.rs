//! The picture an authenticator app reads, as SVG: dark squares on a light ground in every colour scheme, for a camera.

use qrcodegen::{QrCode, QrCodeEcc};

/// Empty squares around it; scanners want four.
const QUIET: i32 = 4;

/// The text as a picture; `None` when it is too long for one.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut dark = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            dark.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    Some(format!(
        "<svg viewBox=\"0 0 {side} {side}\" role=\"img\" shape-rendering=\"crispEdges\"><title>QR code</title>\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{dark}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn a_text_is_drawn_and_stands_nowhere_as_text() {
        let drawn = svg("otpauth://totp/Linkdesk:ann%40northwind.example?secret=CANARY").unwrap();

        assert!(drawn.starts_with("<svg viewBox=\"0 0 ") && drawn.len() > 3000);
        assert!(!drawn.contains("CANARY"));
        assert_eq!(svg(&"x".repeat(5000)), None);
    }
}
