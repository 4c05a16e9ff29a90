//! The files a browser downloads, which are part of the program: `make assets` writes them to `target/site`, `build.rs`
//! lists them. Files whose name holds a hash of their content may be kept forever; the others are asked about again.

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri,
        header::{
            ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
            IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::Response,
};

mod generated {
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// One file, as it is and packed.
#[derive(Debug)]
pub struct Asset {
    /// Where it is served, from the leading slash.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The value of `ETag`: a weak one, since it stands for the file however it is packed.
    pub etag: &'static str,
    /// Whether the path changes with the content.
    pub immutable: bool,
    /// The bytes as they are.
    pub identity: &'static [u8],
    /// Packed with brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Packed with gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
}

/// Answers a request for a file; anything else is 404.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    find(uri.path()).map_or_else(not_found, |asset| respond(asset, &method, &headers))
}

/// The file that is served at this path.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    all().iter().find(|asset| asset.path == path)
}

/// Every file, by path.
#[must_use]
pub fn all() -> &'static [Asset] {
    generated::ASSETS
}

/// The address of the style sheet.
#[must_use]
pub fn css() -> &'static str {
    generated::CSS
}

/// The address of the desk's own styles, which no page of the flow loads.
#[must_use]
pub fn desk() -> &'static str {
    generated::DESK
}

/// The address of the desk's own script.
#[must_use]
pub fn desk_script() -> &'static str {
    generated::DESK_SCRIPT
}

/// The address of the script that shows a running check as it goes, and copies texts.
#[must_use]
pub fn live() -> &'static str {
    generated::LIVE
}

/// The address of the script that brings islands to life.
#[must_use]
pub fn loader() -> &'static str {
    generated::LOADER
}

/// The address of the JavaScript half of the islands, which the loader imports.
#[must_use]
pub fn module() -> &'static str {
    generated::MODULE
}

/// The address of the WebAssembly half of the islands, which the loader fetches.
#[must_use]
pub fn wasm() -> &'static str {
    generated::WASM
}

fn respond(asset: &'static Asset, method: &Method, headers: &HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return with(empty(StatusCode::METHOD_NOT_ALLOWED), [(ALLOW, "GET, HEAD")]);
    }

    let caching =
        if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let lasting = [(ETAG, asset.etag), (CACHE_CONTROL, caching), (VARY, "accept-encoding")];
    if headers.get_all(IF_NONE_MATCH).iter().any(|value| names(value, asset.etag)) {
        return with(empty(StatusCode::NOT_MODIFIED), lasting);
    }

    let (encoding, bytes) = choose(asset, headers);
    let mut response = with(empty(StatusCode::OK), lasting);
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if method == Method::GET {
        *response.body_mut() = Body::from(bytes);
    }
    if let Some(encoding) = encoding {
        response = with(response, [(CONTENT_ENCODING, encoding)]);
    }
    with(response, [(CONTENT_TYPE, asset.content_type), (X_CONTENT_TYPE_OPTIONS, "nosniff")])
}

fn not_found() -> Response {
    let mut response = Response::new(Body::from("There is nothing here.\n"));
    *response.status_mut() = StatusCode::NOT_FOUND;
    with(
        response,
        [
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (CACHE_CONTROL, "no-store"),
        ],
    )
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn with<const N: usize>(mut response: Response, headers: [(HeaderName, &'static str); N]) -> Response {
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether `If-None-Match` names this tag. The weak comparison is the one meant there, so `W/` plays no part.
fn names(value: &HeaderValue, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = opaque(etag);
    value.to_str().is_ok_and(|list| list.trim() == "*" || list.split(',').any(|tag| opaque(tag) == wanted))
}

/// The form the browser likes best among those we have; between equals the smaller one. A browser that refuses even the
/// plain form gets it all the same, as RFC 9110 allows, rather than an error it could do nothing with.
fn choose(asset: &'static Asset, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    // Not saying anything about the plain form means that a packed one is welcome.
    let mut best = (None, asset.identity);
    let mut best_weight = said(headers, "identity").unwrap_or(0.0);
    for (encoding, bytes) in [("br", asset.brotli), ("gzip", asset.gzip)] {
        let weight = said(headers, encoding).or_else(|| said(headers, "*")).unwrap_or(0.0);
        let better = weight > best_weight || (weight > 0.0 && weight == best_weight && best.0.is_none());
        if let Some(bytes) = bytes
            && better
        {
            best = (Some(encoding), bytes);
            best_weight = weight;
        }
    }
    best
}

/// The weight that `Accept-Encoding` gives this encoding by name, between 0 (refused) and 1.
fn said(headers: &HeaderMap, encoding: &str) -> Option<f32> {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).find_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next()?;
        name.eq_ignore_ascii_case(encoding).then(|| parts.find_map(quality).unwrap_or(1.0))
    })
}

/// The number in `q=0.5`. What cannot be read counts as a refusal.
fn quality(parameter: &str) -> Option<f32> {
    let (name, value) = parameter.split_once('=')?;
    name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    static SCRIPT: Asset = Asset {
        path: "/assets/script.0123.js",
        content_type: "text/javascript; charset=utf-8",
        etag: "W/\"0123\"",
        immutable: true,
        identity: b"plain",
        brotli: Some(b"br"),
        gzip: Some(b"gzip"),
    };
    static ICON: Asset = Asset {
        path: "/icon.png",
        content_type: "image/png",
        etag: "W/\"4567\"",
        immutable: false,
        identity: b"pixels",
        brotli: None,
        gzip: None,
    };

    fn get(asset: &'static Asset, headers: &[(HeaderName, &'static str)]) -> Response {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        respond(asset, &Method::GET, &headers)
    }

    fn header(response: &Response, name: HeaderName) -> Option<&str> {
        response.headers().get(name).and_then(|value| value.to_str().ok())
    }

    async fn body(response: Response) -> Vec<u8> {
        to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()
    }

    #[tokio::test]
    async fn each_browser_gets_the_form_it_likes_best() {
        for (accepted, encoding, bytes) in [
            ("", None, "plain"),
            ("gzip, deflate, br, zstd", Some("br"), "br"),
            ("gzip, deflate", Some("gzip"), "gzip"),
            ("GZIP", Some("gzip"), "gzip"),
            ("br;q=0, gzip;q=0.5", Some("gzip"), "gzip"),
            ("br ; Q=0.2 , gzip ; q=0.9", Some("gzip"), "gzip"),
            ("br;q=0, *", Some("gzip"), "gzip"),
            ("*", Some("br"), "br"),
            ("*;q=0", None, "plain"),
            ("identity, *;q=0", None, "plain"),
            ("identity, br;q=0.5", None, "plain"),
            ("identity, br", Some("br"), "br"),
            ("identity;q=0", None, "plain"),
            ("br;q=nonsense, gzip;q=nan", None, "plain"),
            (";;,=,q", None, "plain"),
        ] {
            let response = get(&SCRIPT, &[(ACCEPT_ENCODING, accepted)]);

            assert_eq!(header(&response, CONTENT_ENCODING), encoding, "{accepted}");
            assert_eq!(
                header(&response, CONTENT_LENGTH),
                Some(bytes.len().to_string().as_str()),
                "{accepted}"
            );
            assert_eq!(header(&response, VARY), Some("accept-encoding"), "{accepted}");
            assert_eq!(body(response).await, bytes.as_bytes(), "{accepted}");
        }
    }

    #[tokio::test]
    async fn what_was_not_packed_is_sent_as_it_is() {
        let response = get(&ICON, &[(ACCEPT_ENCODING, "br, gzip")]);

        assert_eq!(header(&response, CONTENT_ENCODING), None);
        assert_eq!(body(response).await, b"pixels");
    }

    #[test]
    fn only_names_that_change_with_the_content_are_kept_forever() {
        assert_eq!(header(&get(&SCRIPT, &[]), CACHE_CONTROL), Some("public, max-age=31536000, immutable"));
        assert_eq!(header(&get(&ICON, &[]), CACHE_CONTROL), Some("public, max-age=3600"));
    }

    #[tokio::test]
    async fn a_browser_that_has_the_file_is_told_so() {
        for tags in ["W/\"0123\"", "\"0123\"", "\"x\", W/\"0123\"", "*"] {
            let response = get(&SCRIPT, &[(IF_NONE_MATCH, tags)]);

            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{tags}");
            assert_eq!(header(&response, ETAG), Some("W/\"0123\""), "{tags}");
            assert_eq!(header(&response, VARY), Some("accept-encoding"), "{tags}");
            assert!(body(response).await.is_empty(), "{tags}");
        }
        assert_eq!(get(&SCRIPT, &[(IF_NONE_MATCH, "\"other\"")]).status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn head_answers_like_get_without_the_bytes() {
        let headers = [(ACCEPT_ENCODING, HeaderValue::from_static("br"))].into_iter().collect();

        let response = respond(&SCRIPT, &Method::HEAD, &headers);

        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, CONTENT_LENGTH), Some("2"));
        assert_eq!(header(&response, CONTENT_TYPE), Some("text/javascript; charset=utf-8"));
        assert_eq!(header(&response, X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        assert!(body(response).await.is_empty());
    }

    #[test]
    fn a_file_takes_no_other_method() {
        let response = respond(&SCRIPT, &Method::POST, &HeaderMap::new());

        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(header(&response, ALLOW), Some("GET, HEAD"));
    }

    #[tokio::test]
    async fn an_unknown_path_is_not_found() {
        for path in ["/assets/none.js", "/assets/../Cargo.toml", "/assets/", "/assets/manifest.tsv"] {
            let response = serve(Method::GET, Uri::from_static(path), HeaderMap::new()).await;

            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(header(&response, CONTENT_TYPE), Some("text/plain; charset=utf-8"), "{path}");
        }
    }

    #[tokio::test]
    async fn every_file_in_the_program_can_be_had() {
        for asset in all() {
            let response = serve(Method::GET, Uri::from_static(asset.path), HeaderMap::new()).await;

            assert_eq!(response.status(), StatusCode::OK, "{}", asset.path);
            assert_eq!(body(response).await, asset.identity, "{}", asset.path);
        }
        if !all().is_empty() {
            assert!(
                [css(), loader(), module(), wasm()]
                    .into_iter()
                    .all(|path| find(path).is_some_and(|a| a.immutable))
            );
        }
    }
}
