"""Search in the App Home: a field, and below it what was found."""

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.views.likenesses import likeness
from core.language import say, say_many
from core.views import LikenessRow

SEARCH, CLEAR = "home.search", "home.clear"
LONGEST_QUESTION = 1_000
"""The App Home remembers it, and it can remember three thousand characters."""


def search_blocks(question: str, found: Sequence[LikenessRow]) -> list[b.Block]:
    blocks = [_field(question)]
    if not question:
        return blocks
    clear = b.button(say("Clear"), action=CLEAR, value="clear", said=say("Clear the search"))
    shown = [block for row in enumerate(found) for block in likeness(row[1], row[0], None)]
    heading = b.section(b.plain(_heading(question, len(found))), accessory=clear)
    return [*blocks, heading, *shown, b.divider()]


def _field(question: str) -> b.Block:
    element = b.text_input(
        longest=LONGEST_QUESTION, hint=say("Your own words, an error message or a line of a log")
    )
    told = {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
    field = b.Input(
        id=SEARCH,
        label=say("Search incidents, procedures and articles"),
        element=element | told,
        tells=True,
    )
    return field.starting_with(initial_value=question).block()


def _heading(question: str, count: int) -> str:
    about = f"“{' '.join(question.split())[:80]}”"
    if not count:
        return say("Nothing was found that has to do with {about}.", about=about)
    return say_many(
        "1 result for {about}, the best first",
        "{count} results for {about}, the best first",
        count,
        about=about,
    )
