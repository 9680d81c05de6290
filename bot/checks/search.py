"""Search by meaning: whether its process opens, with its model and its index."""

from bot.bootstrap.search_state import SearchState, search_state
from bot.checks.finding import Finding
from bot.settings import Settings
from core.errors import CoreError

NAME = "search index"


async def check_search(settings: Settings) -> Finding:
    if settings.search == "words":
        return Finding.fine(NAME, "Search is by words alone, as TOCSIN_SEARCH says.")
    try:
        state = await search_state(settings)
    except CoreError as refusal:
        return Finding.wrong(NAME, str(refusal))
    return Finding.fine(NAME, sentence(state))


def sentence(state: SearchState) -> str:
    where = "a running Tocsin has the index" if state.held else "the index can be opened"
    if state.documents is None:
        return f"{state.model} makes the vectors, and {where}."
    waiting = f", {state.stale:,} of them wait for a vector" if state.stale else ""
    return f"{state.model} makes the vectors, {where}; {state.documents:,} documents{waiting}."
