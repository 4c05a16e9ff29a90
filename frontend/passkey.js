// Passkeys need script: only it can speak with an authenticator. A form with data-passkey="get" signs in or confirms who
// it is, one with data-passkey="create" adds a passkey; each stays hidden where the browser knows none. What comes back is put into the
// form's own fields, and the form is sent like any other.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

// Known by heart everywhere first: ES256, then EdDSA and RS256.
const ALGORITHMS = [-7, -8, -257].map((alg) => ({ type: "public-key", alg }));

const credential = (id) => ({ type: "public-key", id: bytes(id) });

async function get(form) {
  const { challenge, host, known = [] } = await (await fetch(form.dataset.ask, { cache: "no-store" })).json();
  const { rawId, response } = await navigator.credentials.get({
    publicKey: { challenge: bytes(challenge), rpId: host, allowCredentials: known.map(credential), userVerification: "required" },
  });
  return { credential: rawId, client: response.clientDataJSON, data: response.authenticatorData, signature: response.signature };
}

async function create({ dataset: { challenge, host, user, email, known } }) {
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge),
      rp: { id: host, name: "Linkdesk" },
      user: { id: bytes(user), name: email, displayName: email },
      pubKeyCredParams: ALGORITHMS,
      excludeCredentials: known.split(" ").filter(Boolean).map(credential),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    },
  });
  return {
    credential: rawId,
    client: response.clientDataJSON,
    data: response.getAuthenticatorData(),
    key: response.getPublicKey(),
    algorithm: String(response.getPublicKeyAlgorithm()),
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const made = await (form.dataset.passkey === "get" ? get : create)(form);
      for (const [name, value] of Object.entries(made)) form.elements[name].value = typeof value === "string" ? value : text(value);
      form.submit();
    } catch {
      // Given up, no passkey for this host, or none may be made: the browser has said why.
      failed.hidden = false;
    }
  });
}
