"""Small files with secrets in the data folder, readable by nobody else and never half written."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

OWNER_ONLY = 0o600


class UnusableFolder(Exception):
    """The data folder cannot be used; the sentence says why and which setting names it."""


def open_data_folder(folder: Path) -> Path:
    """The folder, made if need be and found to be writable."""
    probe = folder / f".probe-{token_hex(4)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise UnusableFolder(
            f"The data folder {folder} cannot be written to ({problem.strerror}); "
            "mend its permissions or let TOCSIN_DATA_DIR name another."
        ) from problem
    return folder


def read_or_make(path: Path, make: Callable[[], str]) -> str:
    """What the file says; made now, whole, when there is none. Of several who try, one makes it."""
    if not path.exists():
        draft = _draft_beside(path, make())
        try:
            with suppress(FileExistsError):  # somebody else was first, and theirs counts
                os.link(draft, path)
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")


def replace_private(path: Path, text: str) -> None:
    """Let the file say `text`: before a crash all of the old, after it all of the new."""
    _draft_beside(path, text).replace(path)


def is_private(path: Path) -> bool:
    """Whether nobody but its owner may read or change it."""
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


def _draft_beside(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}-{token_hex(8)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(draft, flags, OWNER_ONLY), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
