//! A mail server that answers what it was told to, and remembers every line it read.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// How a server behaves.
#[derive(Clone, Default)]
pub(super) struct Script {
    /// Speaks TLS from the first byte.
    pub(super) tls: bool,
    /// Offers STARTTLS.
    pub(super) starttls: bool,
    /// The name its certificate is for; `localhost` without.
    pub(super) certificate_name: Option<&'static str>,
    /// Answers to lines that begin so, in the place of the usual ones; `{}` becomes the line, an empty answer is none at
    /// all. `.` is the end of a mail, `greeting` what comes first.
    pub(super) answers: Vec<(&'static str, &'static str)>,
}

pub(super) struct MailServer {
    address: SocketAddr,
    certificates: Option<Certificates>,
    lines: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
struct Certificates {
    root_pem: String,
    acceptor: TlsAcceptor,
}

/// One connection's conversation.
struct Talk {
    script: Script,
    /// For STARTTLS; none once it is spoken.
    upgrade: Option<TlsAcceptor>,
    /// Before each line it read.
    prefix: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
}

impl MailServer {
    pub(super) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let certificates = (script.tls || script.starttls).then(|| certificates(&script));
        let lines = Arc::new(Mutex::new(Vec::new()));
        let server = Self { address, certificates: certificates.clone(), lines: lines.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = certificates.as_ref().map(|made| made.acceptor.clone());
                tokio::spawn(serve(stream, script.clone(), acceptor, lines.clone()));
            }
        });
        server
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(super) fn root_pem(&self) -> Option<Vec<u8>> {
        self.certificates.as_ref().map(|made| made.root_pem.clone().into_bytes())
    }

    /// What it read, line by line; what came over TLS begins with `tls `.
    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

async fn serve(
    stream: TcpStream,
    script: Script,
    acceptor: Option<TlsAcceptor>,
    lines: Arc<Mutex<Vec<String>>>,
) {
    match acceptor {
        Some(acceptor) if script.tls => {
            // A client that does not trust the certificate leaves here.
            let Ok(stream) = acceptor.accept(stream).await else { return };
            Talk { script, upgrade: None, prefix: "tls ", lines }.greet(stream).await;
        }
        acceptor => Talk { script, upgrade: acceptor, prefix: "", lines }.greet(stream).await,
    }
}

impl Talk {
    async fn greet<S: AsyncRead + AsyncWrite + Unpin + Send>(mut self, mut stream: S) {
        if !self.answer(&mut stream, "greeting", "220 fake ESMTP").await {
            // Silent, but still there.
            std::future::pending::<()>().await;
        }
        let Some(upgrade) = self.converse(&mut stream).await else { return };
        let Ok(mut stream) = upgrade.accept(stream).await else { return };
        self.prefix = "tls ";
        self.converse(&mut stream).await;
    }

    /// Until the client leaves, is to be left waiting, or wants TLS.
    async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send>(
        &mut self,
        stream: &mut S,
    ) -> Option<TlsAcceptor> {
        let mut stream = BufReader::new(stream);
        let mut in_mail = false;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim_end_matches(['\r', '\n']);
            self.lines.lock().unwrap().push(format!("{}{line}", self.prefix));
            if in_mail && line != "." {
                continue;
            }
            let usual = match line.split(' ').next().unwrap_or_default() {
                "EHLO" if self.upgrade.is_some() => "250-fake\r\n250-8BITMIME\r\n250 STARTTLS",
                "EHLO" => "250-fake\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN",
                "STARTTLS" => "220 go ahead",
                "AUTH" => "235 2.7.0 welcome",
                "DATA" => "354 go ahead",
                "QUIT" => "221 bye",
                _ => "250 2.0.0 fine",
            };
            if !self.answer(&mut stream, line, usual).await {
                std::future::pending::<()>().await;
            }
            if line == "STARTTLS" {
                return self.upgrade.take();
            }
            in_mail = line == "DATA";
        }
    }

    /// Whether anything was said.
    async fn answer<S: AsyncWrite + Unpin>(&self, stream: &mut S, line: &str, usual: &str) -> bool {
        let told = self.script.answers.iter().find(|(begin, _)| line.starts_with(begin));
        let answer = told.map_or(usual, |(_, answer)| answer).replace("{}", line);
        if answer.is_empty() {
            return false;
        }
        stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_ok()
    }
}

/// An authority of its own, and a certificate from it.
fn certificates(script: &Script) -> Certificates {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    let key = KeyPair::generate().unwrap();
    let root_pem = authority.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(authority, key);

    let name = script.certificate_name.unwrap_or("localhost").to_owned();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name]).unwrap().signed_by(&key, &issuer).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        )
        .unwrap();
    Certificates { root_pem, acceptor: TlsAcceptor::from(Arc::new(config)) }
}
