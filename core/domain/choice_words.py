"""The words of closed lists, such as states, as people read them in the language spoken now."""

from enum import StrEnum

from core.language import known, to_say

NOTED = (
    to_say("draft"),
    to_say("open"),
    to_say("acknowledged"),
    to_say("snoozed"),
    to_say("suppressed"),
    to_say("resolved"),
    to_say("closed"),
    to_say("canceled"),
    to_say("investigating"),
    to_say("identified"),
    to_say("monitoring"),
    to_say("scheduled"),
    to_say("in progress"),
    to_say("completed"),
    to_say("critical"),
    to_say("high"),
    to_say("medium"),
    to_say("low"),
    to_say("owner"),
    to_say("admin"),
    to_say("manager"),
    to_say("engineer"),
    to_say("viewer"),
    to_say("pending"),
    to_say("active"),
    to_say("inactive"),
    to_say("suspended"),
    to_say("deleted"),
    to_say("procedure"),
    to_say("article"),
    to_say("incident"),
)
"""Each that is shown to people, in sentences as in labels."""


def worded(choice: StrEnum | str) -> str:
    """Within a sentence: `in progress`."""
    return known(str(choice).replace("_", " "))


def labelled(choice: StrEnum | str) -> str:
    """Standing alone: `In progress`."""
    return capital(worded(choice))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
