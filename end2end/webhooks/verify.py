"""Bar R6: PyPI's official verifier on a file of messages, as `server/tests/it/webhook_verifiers.rs` writes it. Prints how many
of the good ones it accepts, and how many of the others."""

import json
import sys

from standardwebhooks.webhooks import Webhook

with open(sys.argv[1], encoding="utf-8") as file:
    told = json.load(file)
webhook = Webhook(told["secret"])


def accepts(message):
    headers = {
        "webhook-id": message["id"],
        "webhook-timestamp": message["timestamp"],
        "webhook-signature": message["signature"],
    }
    try:
        webhook.verify(message["body"], headers)
        return True
    except Exception:
        return False


print(sum(map(accepts, told["good"])), sum(map(accepts, told["bad"])))
