"""Blocks that show one thing as a whole: alerts, cards, carousels, videos, files, tasks."""

from sandbox.facts import limits
from sandbox.validation.buttons import ANY_BUTTON
from sandbox.validation.objects import (
    ADDRESS,
    ANY_IMAGE,
    BLOCK_ID,
    NAME,
    SECURE_ADDRESS,
    TITLE,
    any_text,
    mrkdwn,
    plain_text,
)
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.rules import (
    array,
    at_least_one_of,
    by_type,
    every,
    literal,
    record,
    string,
)

ALERT = record(
    {"text": any_text()},
    {
        "block_id": BLOCK_ID,
        "level": literal("default", "info", "warning", "error", "success"),
    },
)

CARD = every(
    at_least_one_of("hero_image", "title", "actions", "body"),
    record(
        {},
        {
            "block_id": BLOCK_ID,
            "hero_image": ANY_IMAGE,
            "icon": ANY_IMAGE,
            "title": mrkdwn(limits.CARD_TITLE),
            "subtitle": mrkdwn(limits.CARD_SUBTITLE),
            "body": mrkdwn(limits.CARD_BODY),
            "actions": array(ANY_BUTTON, limits.CARD_ACTIONS),
        },
    ),
)
CAROUSEL = record(
    {"elements": array(by_type({"card": CARD}), limits.CAROUSEL_CARDS)}, {"block_id": BLOCK_ID}
)

VIDEO = record(
    {
        "alt_text": string(limits.ALT_TEXT, 1),
        "title": plain_text(limits.VIDEO_TITLE),
        "thumbnail_url": ADDRESS,
        "video_url": SECURE_ADDRESS,
    },
    {
        "block_id": BLOCK_ID,
        "author_name": string(limits.VIDEO_AUTHOR),
        "description": plain_text(),
        "provider_icon_url": ADDRESS,
        "provider_name": NAME,
        "title_url": SECURE_ADDRESS,
    },
)

FILE = record({"external_id": NAME, "source": literal("remote")}, {"block_id": BLOCK_ID})

SOURCE = by_type({"url": record({"url": ADDRESS, "text": TITLE})})
TASK_CARD = record(
    {
        "task_id": NAME,
        "title": TITLE,
        "status": literal("pending", "in_progress", "complete", "error"),
    },
    {
        "block_id": BLOCK_ID,
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": array(SOURCE, limits.OPTIONS, 0),
    },
)
PLAN = record(
    {"title": TITLE},
    {"block_id": BLOCK_ID, "tasks": array(by_type({"task_card": TASK_CARD}), limits.OPTIONS, 0)},
)
