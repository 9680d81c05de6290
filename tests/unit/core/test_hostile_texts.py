"""No text keeps the bot busy: what reads it takes time in proportion to its length."""

import resource
import subprocess
import sys

from tests.unit.core.hostile_texts import expressions

_SECONDS = 20
"""Of the processor, whatever else runs; many times what it takes."""


def test_no_text_is_read_for_longer_than_its_length_allows() -> None:
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))

    read = subprocess.run(
        [sys.executable, "-m", "tests.unit.core.hostile_texts"],
        preexec_fn=bounded,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (read.returncode, read.stdout.strip()) == (0, str(len(list(expressions()))))
