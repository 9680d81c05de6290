"""Answers as every dialect gives them: JSON, or nothing at all."""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web


def answer(
    payload: bytes | Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    return web.Response(status=status, body=body, headers=headers, content_type="application/json")


def no_content() -> web.Response:
    return web.Response(status=204)
