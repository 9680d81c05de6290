"""Time and identity, handed in from outside."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def __call__(self) -> datetime:
        """Now, aware, UTC."""


class NewId(Protocol):
    def __call__(self, prefix: str) -> str:
        """A fresh id `prefix_…` that sorts after those made before it."""
