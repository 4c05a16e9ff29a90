//! Every setting, once: its name, its default, what it means. `--help` is made from this.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name, in the environment and in `linkdesk.toml`.
    pub name: &'static str,
    /// Its value when it is not set; empty for none.
    pub default: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

const fn setting(name: &'static str, default: &'static str, meaning: &'static str) -> Setting {
    Setting { name, default, meaning }
}

/// The settings.
pub const SETTINGS: [Setting; 18] = [
    setting("LINKDESK_ADDR", "127.0.0.1:3000", "where it listens"),
    setting(
        "LINKDESK_PUBLIC_URL",
        "",
        "the address people see; default http:// and LINKDESK_ADDR. https makes cookies Secure and adds HSTS",
    ),
    setting(
        "LINKDESK_COMPANY_NAME",
        "The company that invited you",
        "the inviting company, as customers read it: \"… asked you to link UKG Pro\"",
    ),
    setting(
        "LINKDESK_DATABASE_URL",
        "sqlite://linkdesk.db",
        "the SQLite file, or postgres://user:password@host/database, which several servers may share",
    ),
    setting(
        "LINKDESK_MASTER_KEY_FILE",
        "",
        "the key-encryption keys; needed. `linkdesk keygen --out FILE` makes the file",
    ),
    setting(
        "LINKDESK_UKG_SUFFIXES",
        "ultipro.com,ultipro.ca",
        "domains a Web Services URL may belong to, on a label boundary",
    ),
    setting(
        "LINKDESK_UKG_RESOLVE",
        "",
        "host=ip:port,…: where to connect for that host instead of DNS; the TLS name stays the host's",
    ),
    setting("LINKDESK_UKG_CA_FILE", "", "one more root certificate (PEM) to trust for calls to UKG Pro"),
    setting(
        "LINKDESK_TRUSTED_PROXIES",
        "",
        "networks whose X-Forwarded-For is believed; guesses at the staff's door are counted by the address it tells",
    ),
    setting(
        "LINKDESK_LOG",
        "info",
        "what is logged: error, warn, info, debug, trace, or a filter per module",
    ),
    setting("LINKDESK_LOG_FORMAT", "text", "text or json"),
    setting(
        "LINKDESK_RECHECK_EVERY",
        "24h",
        "how often an account that is linked is checked again, a little sooner or later: 24h, 30m, 90s; off for never",
    ),
    setting(
        "LINKDESK_SMTP_URL",
        "",
        "the mail server: smtps://user:password@host (TLS, port 465), or smtp:// (STARTTLS or nothing, port 587; no TLS \
         to this machine itself, port 25); file:///folder writes each mail there instead. Without it nothing is mailed, \
         and the pages say what to send by hand",
    ),
    setting(
        "LINKDESK_MAIL_FROM",
        "",
        "the address mails come from, such as Northwind <linkdesk@example.com>; needed with LINKDESK_SMTP_URL",
    ),
    setting(
        "LINKDESK_WEBHOOK_ALLOW",
        "",
        "networks that webhooks may go to although they are not public, such as 10.20.0.0/16; there also without TLS",
    ),
    setting(
        "LINKDESK_METRICS_ADDR",
        "",
        "where it tells Prometheus what it counts, at /metrics, such as 127.0.0.1:9464; it asks nobody who they are, so \
         keep it to yourself",
    ),
    setting("LINKDESK_CONFIG", "linkdesk.toml", "the settings file; only from the environment"),
    setting(
        "LINKDESK_STAFF_PASSWORD_HASHES",
        "",
        "how many staff passwords are hashed at a time, 19 MiB each; default one fewer than there are processors",
    ),
];

/// The settings as `--help` shows them.
#[must_use]
pub fn help() -> String {
    let mut text = String::from("Settings, from the environment or by the same names in linkdesk.toml:\n");
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "none" } else { setting.default };
        text.push_str(&format!("  {}\n      {} [default: {default}]\n", setting.name, setting.meaning));
    }
    text
}
