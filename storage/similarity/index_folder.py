"""The folder of an embedded index: how it was left, and what is done when it is damaged.

It holds nothing that could not be made anew, so damage is never repaired: the whole is set aside,
and filled again from the database.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

STATE, CHROMA, ASIDE = "state", "chroma", "broken"
DATABASE = "chroma.sqlite3"
MOST_FAILURES = 3
"""In a row, without once being closed well: then it is set aside, whatever a check says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFolder:
    """The file `state` is there from when it is opened until it is closed well; it counts what
    failed since, a check that never came to its end included."""

    path: Path

    @property
    def chroma(self) -> Path:
        return self.path / CHROMA

    @property
    def left_well(self) -> bool:
        return not (self.path / STATE).exists()

    @property
    def failures(self) -> int:
        return 0 if self.left_well else _number((self.path / STATE).read_text(encoding="ascii"))

    @property
    def hopeless(self) -> bool:
        return self.failures >= MOST_FAILURES

    def prepare(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.chroma.mkdir(mode=0o700, exist_ok=True)

    def count(self, failures: int) -> None:
        new = self.path / f"{STATE}.new"
        new.write_text(str(failures), encoding="ascii")
        new.replace(self.path / STATE)

    @property
    def gone(self) -> bool:
        """Chroma may go on for a while without its files, and all that it writes is lost."""
        return not (self.chroma / DATABASE).exists()

    def broke(self) -> None:
        """Where nothing can be written, nothing is counted: the next start says what is wrong."""
        with suppress(OSError):
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.count(self.failures + 1)

    def closed_well(self) -> None:
        (self.path / STATE).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Chroma leaves the vectors of a collection that was deleted where they were."""
        database = self.chroma / DATABASE
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            segments = {str(id) for (id,) in connection.execute("SELECT id FROM segments")}
        for folder in self.chroma.iterdir():
            if folder.is_dir() and folder.name not in segments:
                shutil.rmtree(folder, ignore_errors=True)

    def set_aside(self) -> None:
        """One that was set aside is kept, for whoever wants to know what happened."""
        shutil.rmtree(self.path / ASIDE, ignore_errors=True)
        self.chroma.rename(self.path / ASIDE)
        self.closed_well()
        self.prepare()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else MOST_FAILURES
