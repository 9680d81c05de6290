"""Answers as every dialect gives them: JSON, or nothing at all."""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import hdrs, web

from bot.api.entity_tags import entity_tag


def answer(
    payload: bytes | Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
    return web.Response(status=status, body=body, headers=headers, content_type="application/json")


def tagged(body: bytes, version: int, *, status: int = 200) -> web.Response:
    """What shows a thing of this version, or a part of it."""
    return answer(body, status=status, headers={hdrs.ETAG: entity_tag(version, body)})


def no_content() -> web.Response:
    return web.Response(status=204)
