"""Why a step of maintenance is not possible, in the language spoken now."""

from core.domain.choice_words import worded
from core.errors import IllegalTransition
from core.language import known, say, to_say

STEPS = (
    to_say("be completed"),
    to_say("be skipped"),
    to_say("be canceled"),
    to_say("be changed"),
    to_say("be extended"),
    to_say("start"),
)


def impossible(reference: str, state: str, step: str) -> IllegalTransition:
    """`step` is one of those above."""
    if state == "canceled":
        words = to_say("{reference} is canceled; it cannot {step}.")
        return IllegalTransition(say(words, reference=reference, step=known(step)))
    words = to_say("{reference} is {state}; it cannot {step}.")
    return IllegalTransition(say(words, reference=reference, state=worded(state), step=known(step)))


def too_late(reference: str, end: str, step: str) -> IllegalTransition:
    words = to_say(
        "{reference} was planned until {end} and cannot {step} any more; move it to other times."
    )
    return IllegalTransition(say(words, reference=reference, end=end, step=known(step)))
