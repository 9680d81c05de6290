"""Files and functions stay small enough to read in one sitting."""

from pathlib import Path

from tests.architecture.repository import PRODUCT, functions, modules, read

MAX_FILE, MAX_FUNCTION = 250, 30

# Flat tables may be longer, each with the reason why cutting it up would not help the reader.
LONG_FILES: dict[str, str] = {
    "sandbox/facts/methods/chat.py": "one row per method of Slack's Web API",
    "sandbox/facts/methods/conversations.py": "one row per method of Slack's Web API",
    "sandbox/facts/methods/marks.py": "one row per method of Slack's Web API",
}
LONG_FUNCTIONS: dict[str, str] = {
    "bot/slack/delivery/table.py:deliveries": "one line per effect",
    "bot/slack/views/maintenance_sentences.py:sentence": "one sentence per event",
    "core/domain/narration.py:_incident": "one sentence per event, complete for the type checker",
    "core/domain/channel_moves.py:_changes": "one case per fate of a channel",
    "core/domain/channel_narration.py:narrate_channel": "one sentence per fate of a channel",
    "core/domain/reminding.py:reminders_of": "one case per event, the whole policy on one page",
    "core/responding_reactions.py:responding_effects": "one case per event, on one page",
    "core/reactions.py:shown_by": "one case per event, the whole policy on one page",
}


def _lines(module: Path) -> int:
    return len(read(module).splitlines())


def _long_files() -> set[str]:
    return {str(module) for module in modules(*PRODUCT) if _lines(module) > MAX_FILE}


def _long_functions() -> set[str]:
    return {
        f"{module}:{function.name}"
        for module in modules(*PRODUCT)
        for function in functions(module)
        if (function.end_lineno or 0) - function.lineno >= MAX_FUNCTION
    }


def test_no_file_is_longer_than_a_sitting() -> None:
    assert sorted(_long_files() - set(LONG_FILES)) == []


def test_no_function_is_longer_than_a_page() -> None:
    assert sorted(_long_functions() - set(LONG_FUNCTIONS)) == []


def test_no_exception_outlives_its_reason() -> None:
    assert sorted(set(LONG_FILES) - _long_files()) == []
    assert sorted(set(LONG_FUNCTIONS) - _long_functions()) == []
