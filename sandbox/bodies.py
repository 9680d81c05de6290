"""The bodies of requests; whatever is wrong with one is a `ValueError`."""

import zlib
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.http import HttpProcessingError

from sandbox.json_text import read_json

# What aiohttp is known to raise at parts of a form that nobody can make sense of.
FORM_TROUBLE = (LookupError, RuntimeError, AssertionError, HttpProcessingError, zlib.error)


async def json_of(request: web.Request) -> Any:
    try:
        text = await request.text()
    except LookupError as problem:
        raise ValueError("nobody knows its charset") from problem
    return read_json(text)


async def form_of(request: web.Request) -> Mapping[str, Any]:
    try:
        return await request.post()
    except FORM_TROUBLE as problem:
        raise ValueError("the form cannot be read") from problem
