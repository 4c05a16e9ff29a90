// A certificate authority and a server's certificate, made by openssl: nothing of the program's own has a hand in it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./program.mjs";

/** Makes both in `folder`; hands back the authority's file and what a TLS server needs. */
export async function certificates(folder, names) {
  const file = (name) => join(folder, name);
  const openssl = (...args) => command("openssl", args, { cwd: folder });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = ["-subj", "/CN=Another UKG test authority", "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"];
  await openssl("req", "-x509", ...key, "-days", "2", ...authority, "-keyout", "ca.key", "-out", "ca.pem");
  await openssl("req", ...key, "-subj", `/CN=${names[0]}`, "-keyout", "server.key", "-out", "server.csr");
  writeFileSync(file("extensions"), `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
  await openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", "server.pem");
  return { caFile: file("ca.pem"), key: readFileSync(file("server.key")), cert: readFileSync(file("server.pem")) };
}
