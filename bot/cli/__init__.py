"""The command line: one more door, for the person at the machine."""

import gc
from collections.abc import Sequence
from importlib import import_module


def main(arguments: Sequence[str] | None = None) -> int:
    """The console script `tocsin`. What is loaded stays, and nobody need look for garbage in it
    meanwhile: that would take a sixth of the start."""
    gc.disable()
    entry = import_module("bot.cli.entry")
    gc.enable()
    code: int = entry.main(arguments)
    return code
