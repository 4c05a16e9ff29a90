// Bar R6: npm's official verifier on a file of messages, as `server/tests/it/webhook_verifiers.rs` writes it. Prints how many
// of the good ones it accepts, and how many of the others.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, good, bad } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const webhook = new Webhook(secret);

function accepts({ id, timestamp, signature, body }) {
  try {
    webhook.verify(body, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
    return true;
  } catch {
    return false;
  }
}

console.log(`${good.filter(accepts).length} ${bad.filter(accepts).length}`);
