"""The command line: one more door, for the person at the machine."""

from bot.cli.entry import main

__all__ = ["main"]
