//! The settings for calling UKG Pro.

use anyhow::{Context as _, Result, bail};

use super::{Source, UkgConfig};

pub(super) fn read(source: &Source) -> Result<UkgConfig> {
    let suffixes = parts(&source.get("LINKDESK_UKG_SUFFIXES")).map(suffix).collect::<Result<_>>()?;
    let resolve = parts(&source.get("LINKDESK_UKG_RESOLVE"))
        .map(|part| {
            let (host, address) = part.split_once('=').with_context(|| {
                format!("LINKDESK_UKG_RESOLVE holds {part:?}; it should look like host=ip:port")
            })?;
            let address = address
                .parse()
                .with_context(|| format!("LINKDESK_UKG_RESOLVE holds {part:?}; after = comes ip:port"))?;
            Ok((host.to_ascii_lowercase(), address))
        })
        .collect::<Result<_>>()?;
    Ok(UkgConfig { suffixes, resolve, ca_file: source.optional("LINKDESK_UKG_CA_FILE").map(Into::into) })
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

fn suffix(text: String) -> Result<String> {
    let suffix = text.trim_start_matches('.').to_ascii_lowercase();
    let plain = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    // A single label such as `com` would allow nearly everything.
    if !suffix.split('.').all(plain) || !suffix.contains('.') {
        bail!("LINKDESK_UKG_SUFFIXES holds {text:?}; a domain looks like ultipro.com");
    }
    Ok(suffix)
}
