"""What the journal says of a delivery and its ack, and what the referee does."""

from sandbox.deliveries.delivery import Ack, Delivery
from sandbox.facts import limits
from sandbox.faults import FaultRule
from sandbox.world import World


def write_delivery(world: World, delivery: Delivery, fault: FaultRule | None) -> None:
    world.journal.write(
        "delivery",
        delivery=delivery.id,
        delivery_kind=delivery.kind,
        label=delivery.label,
        attempt=delivery.attempt,
        payload=delivery.payload,
        fault=fault.kind if fault else None,
        ms=0,
    )


def write_ack(
    world: World, delivery: Delivery, ack: Ack, ms: float, fault: FaultRule | None
) -> None:
    world.journal.write(
        "ack",
        delivery=delivery.id,
        label=delivery.label,
        ok=ack.is_ok,
        status=ack.status,
        error=ack.failure or None,
        reason=ack.reason or None,
        payload=ack.payload,
        ms=round(ms, 3),
    )
    found = _judged(world, delivery, ack, fault)
    if found:
        code, message = found
        world.journal.finding(code, message, delivery=delivery.id)


def _judged(
    world: World, delivery: Delivery, ack: Ack, fault: FaultRule | None
) -> tuple[str, str] | None:
    """What the app did wrong; what a fault did to the delivery is not its doing."""
    if fault and fault.kind == "undelivered":
        return None
    over_sockets = delivery.goes_over_sockets(socket_mode=world.transport.socket_mode)
    if _is_forged(fault) and not over_sockets:
        if not ack.is_ok:
            return None
        return "forgery_accepted", f"{delivery.label} was accepted, though its signature is void."
    if ack.failure == "operation_timeout" and not ack.was_swallowed:
        seconds = world.transport.answer_seconds
        return "late_ack", f"{delivery.label} was not acknowledged within {seconds:g} s."
    if ack.reason == "http_error":
        problem = ack.problem or f"answered with HTTP {ack.status}"
        return "refused_delivery", f"{delivery.label} was {problem}."
    if ack.problem:
        return "invalid_ack", f"{delivery.label} was {ack.problem}."
    return None


def _is_forged(fault: FaultRule | None) -> bool:
    """Whether no careful app takes a delivery like this one for Slack's."""
    match fault:
        case FaultRule(kind="bad_signature"):
            return True
        case FaultRule(kind="clock_skew", seconds=seconds):
            return abs(seconds) > limits.SIGNATURE_SECONDS
    return False
