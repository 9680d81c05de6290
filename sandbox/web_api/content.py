"""What a message says, checked as Slack checks it before it looks where it goes."""

import json
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from sandbox.model.marking import with_ids
from sandbox.validation.attachments import (
    attached_block_problems,
    attachment_problems,
    is_too_much_text,
)
from sandbox.validation.blocks import message_problems
from sandbox.validation.rules import Problem
from sandbox.web_api.call import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`None` means that the caller left a part out, which an update reads as "keep"."""

    text: str
    blocks: tuple[Json, ...] | None
    attachments: tuple[Json, ...] | None
    metadata: Json | None


# An attachment with none of these shows nothing.
SHOWN_PARTS = frozenset(
    {
        "actions", "author_name", "blocks", "fallback", "fields", "footer", "image_url", "pretext",
        "text", "thumb_url", "title",
    }
)  # fmt: skip


def read_content(call: Call, *, without_words: bool = False) -> Content:
    text = call.text("text")
    blocks = _blocks(call)
    attachments = _attachments(call)
    if call.text("markdown_text"):
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        text, blocks = _from_markdown(call)
    if not (text or blocks or _says_something(attachments) or without_words):
        raise SlackError("no_text")
    marked = None if blocks is None else tuple(with_ids(blocks, call.workspace.ids))
    return Content(
        text=text[: limits.TEXT_TRUNCATED_AT],
        blocks=marked,
        attachments=attachments,
        metadata=_metadata(call),
    )


def _says_something(attachments: tuple[Json, ...] | None) -> bool:
    return any(one.get(part) for one in attachments or () for part in SHOWN_PARTS)


def _from_markdown(call: Call) -> tuple[str, list[Json]]:
    markdown = call.text("markdown_text")
    if len(markdown) > limits.MARKDOWN_TEXT:
        raise SlackError(_too_long(call))
    return markdown, [{"type": "markdown", "text": markdown}]


def _blocks(call: Call) -> list[Json] | None:
    if not call.has("blocks") or call.args["blocks"] == "":
        return None
    blocks = call.json("blocks", "invalid_blocks_format")
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = list(message_problems(blocks))
    if problems:
        raise invalid_blocks(problems)
    if is_too_much_text(blocks):
        raise SlackError(_too_long(call))
    return blocks


def _too_long(call: Call) -> str:
    documented = METHODS[call.method].errors
    return "msg_blocks_too_long" if "msg_blocks_too_long" in documented else "msg_too_long"


def invalid_blocks(problems: list[Problem], error: str = "invalid_blocks") -> SlackError:
    return SlackError(
        error,
        errors=[problem.to_json() for problem in problems],
        response_metadata={"messages": [problem.to_line() for problem in problems]},
    )


def _attachments(call: Call) -> tuple[Json, ...] | None:
    if not call.has("attachments") or call.args["attachments"] == "":
        return None
    attachments = call.json("attachments", "invalid_arguments")
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        raise call.invalid("attachments must be a list of objects")
    if len(attachments) > limits.ATTACHMENTS:
        raise SlackError("too_many_attachments")
    if wrong := list(attachment_problems(attachments)):
        known = METHODS[call.method].errors
        error = "invalid_attachments" if "invalid_attachments" in known else "invalid_arguments"
        raise invalid_blocks(wrong, error)
    if problems := list(attached_block_problems(attachments)):
        raise invalid_blocks(problems)
    return tuple({"id": index + 1, **item} for index, item in enumerate(attachments))


def _metadata(call: Call) -> Json | None:
    if not call.has("metadata") or call.args["metadata"] == "":
        return None
    known = METHODS[call.method].errors
    error = "invalid_metadata_format" if "invalid_metadata_format" in known else "invalid_arguments"
    metadata: Any = call.json("metadata", error)
    if call.token.kind == "user" and "metadata_must_be_sent_from_app" in known:
        raise SlackError("metadata_must_be_sent_from_app")
    if metadata == {}:
        return {}
    if not _is_metadata(metadata):
        raise SlackError(error)
    if len(json.dumps(metadata).encode()) > limits.METADATA_BYTES:
        raise SlackError("metadata_too_large" if "metadata_too_large" in known else error)
    return {
        "event_type": metadata["event_type"],
        "event_payload": metadata["event_payload"],
    }


def _is_metadata(metadata: Any) -> bool:
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and bool(metadata["event_type"])
        and isinstance(metadata.get("event_payload"), dict)
    )
