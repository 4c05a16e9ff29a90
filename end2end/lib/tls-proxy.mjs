// What stands in front of the server in a real installation: TLS on the outside, plain HTTP on the inside.
import { mkdirSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { certificates } from "./certificates.mjs";

/** Listens on `port` and passes everything on to `to`. */
export async function startTlsProxy(folder, port, to) {
  mkdirSync(folder, { recursive: true });
  const { key, cert } = await certificates(folder, ["link.example"]);
  const server = createServer({ key, cert }, (incoming, answer) => {
    const { method, url, headers } = incoming;
    const outgoing = request({ host: "127.0.0.1", port: to, method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
