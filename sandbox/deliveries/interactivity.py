"""Whether the manifest lets Slack bring interactions at all, and acks that say too much."""

from sandbox.deliveries.courier import Courier
from sandbox.deliveries.delivery import Ack, Delivery, Kind
from sandbox.deliveries.outcome import SENTENCES, of_ack
from sandbox.json_types import Json
from sandbox.world import World


async def bring(world: World, courier: Courier, kind: Kind, label: str, payload: Json) -> Json:
    """Deliver what asks for no answer; one that comes all the same is noted."""
    if problem := undeliverable(world, kind):
        return problem
    delivery = courier.prepare(kind, label, payload)
    ack = await courier.deliver(delivery)
    _note_needless(world, delivery, ack)
    return of_ack(delivery, ack)


def undeliverable(world: World, kind: Kind) -> Json | None:
    """What the person is told when the manifest has no place to deliver this to."""
    app = world.app
    if not app.interactive:
        sentence = f"The manifest has interactivity disabled, so no {kind} reaches the app."
        return _refused(world, "interactivity_off", sentence)
    lacks_url = app.interactivity_url and not app.options_url
    if kind == "block_suggestion" and lacks_url and not world.transport.socket_mode:
        sentence = "The manifest has no message_menu_options_url, so no menu can ask for options."
        return _refused(world, "no_options_url", sentence)
    return None


def _refused(world: World, code: str, sentence: str) -> Json:
    world.journal.finding(code, sentence)
    return {"ok": False, "error": code, "message": SENTENCES[code]}


def _note_needless(world: World, delivery: Delivery, ack: Ack) -> None:
    """Slack ignores answers to these; over a socket that is noted where the ack arrives."""
    if isinstance(ack.payload, dict) and ack.payload and not world.transport.socket_mode:
        world.journal.finding(
            "payload_not_accepted",
            f"The ack of {delivery.label} carries a payload, which is not taken here.",
            delivery=delivery.id,
        )
