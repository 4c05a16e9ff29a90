//! The files in `docs/deploy` name what there is: settings, commands, paths.

use std::collections::BTreeSet;
use std::path::Path;

use server::config::SETTINGS;

const FILES: [&str; 6] =
    ["linkdesk.service", "linkdesk.env", "Containerfile", "compose.yaml", "Caddyfile", "nginx.conf"];

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deploy").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_setting_that_is_named_exists() {
    let known: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    let mut named = 0;
    for file in FILES {
        let text = read(file);
        for name in text.split(|c: char| !c.is_ascii_uppercase() && c != '_') {
            if name.starts_with("LINKDESK_") {
                assert!(known.contains(name), "{file}: {name}");
                named += 1;
            }
        }
    }
    assert!(named >= 15, "{named}");
}

#[test]
fn the_settings_for_systemd_are_read_by_the_program() {
    use server::config::{Config, Source};
    let text = read("linkdesk.env");
    let mut source = Source::of(&[]);
    for line in text.lines().filter(|line| !line.is_empty()) {
        // Those that are switched off are right too.
        let line = line.strip_prefix('#').unwrap_or(line);
        if let Some((name, value)) = line.split_once('=').filter(|(name, _)| name.starts_with("LINKDESK_")) {
            source = source.with(name, value.replace('…', "x"));
        }
    }
    let config = Config::from_source(&source).unwrap();
    assert!(config.public_url.is_https());
    assert_eq!(config.trusted_proxies.len(), 1);
}
