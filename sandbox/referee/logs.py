"""The app's log, when it runs in this process: no line of it may hold a token or a secret."""

import logging

from sandbox.referee.secrets import holds_secret
from sandbox.world import World

# What every record has; anything else was put there by whoever logged.
ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LogWatch(logging.Handler):
    """A handler of the root logger that writes nothing but findings."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._lines = logging.Formatter()

    def emit(self, record: logging.LogRecord) -> None:
        extra = [str(value) for name, value in vars(record).items() if name not in ORDINARY]
        if holds_secret(self._world, [self._line(record), *extra]):
            self._world.journal.finding(
                "secret_logged",
                f"A line of the log of {record.name} holds a token or a secret.",
                where=record.name,
            )

    def _line(self, record: logging.LogRecord) -> str:
        # A copy: formatting leaves traces on the record that other handlers would meet.
        return self._lines.format(logging.makeLogRecord(vars(record)))

    def open(self) -> None:
        logging.getLogger().addHandler(self)

    def close(self) -> None:
        logging.getLogger().removeHandler(self)
        super().close()


def review_lines(world: World, where: str, text: str) -> None:
    """The log of an app in another process, handed in by whoever started it."""
    if holds_secret(world, text):
        world.journal.finding(
            "secret_logged", f"The log of {where} holds a token or a secret.", where=where
        )
