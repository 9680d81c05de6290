"""The curl requests of a page of `docs/api/`, sent as they stand there.

A page has them in `sh` blocks, each block one request, with a last line `# 200` that says the
status (and may say more). Where a page writes `$NAME`, the reader's own value is meant.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import ClientResponse

from tests.integration.api.doors import Client

FOLDER = Path(__file__).parents[3] / "docs" / "api"
_BLOCK = re.compile(r"^```sh\n(curl .*?)\n# (\d{3})[^\n]*\n```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One request as the page has it; `status` is what the page says is answered."""

    command: str
    status: int

    async def send(self, client: Client, names: Mapping[str, str]) -> ClientResponse:
        """`names` are what the page writes as `$NAME`; `$TOCSIN` is the server itself."""
        words = shlex.split(Template(self.command).substitute(names, TOCSIN=""))
        options = _options(words)
        headers = dict(header.split(": ", 1) for header in options.get("-H", ()))
        data = "".join(options.get("-d", ())) or None
        method = options.get("-X", ["POST" if data else "GET"])[0]
        return await client.request(method, options[""][0], headers=headers, data=data)

    def __str__(self) -> str:
        return " ".join(self.command.split())[:60]


def examples_of(page: str) -> list[Example]:
    """In their order on the page; every `sh` block of it is one."""
    text = (FOLDER / page).read_text()
    found = [Example(command=one, status=int(status)) for one, status in _BLOCK.findall(text)]
    assert len(found) == text.count("```sh"), f"A block of {page} is no request with a status."
    return found


def _options(words: list[str]) -> dict[str, list[Any]]:
    """What stands behind each option, and the address under the empty one."""
    found: dict[str, list[Any]] = {}
    rest = iter(words[1:])
    for word in rest:
        if word.startswith("-"):
            found.setdefault(word, []).append(next(rest))
        else:
            found.setdefault("", []).append(word)
    return found
