"""How things people do turn out, in words for them."""

from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.json_types import Json

SENTENCES = {
    "operation_timeout": "The app did not answer in time.",
    "dispatch_failed": "The app could not be reached, or answered with an error.",
    "interactivity_off": "This app is not set up to hear of what people press.",
    "no_options_url": "This app is not set up to suggest options.",
    "bad_challenge": "Your URL did not respond with the value of the `challenge` parameter.",
    "invalid_answer": "We had some trouble connecting. Try again?",
}


def done(delivery: Delivery, **parts: object) -> Json:
    return {"ok": True, "delivery": delivery.id, **parts}


def failed(delivery: Delivery, code: str) -> Json:
    return {
        "ok": False,
        "delivery": delivery.id,
        "error": code,
        "message": SENTENCES[code],
    }


def of_ack(delivery: Delivery, ack: Ack) -> Json:
    return done(delivery) if ack.is_ok else failed(delivery, ack.failure)
