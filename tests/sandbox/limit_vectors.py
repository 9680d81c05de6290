"""Payloads that grow up to each limit of blocks and of views."""

from sandbox.json_types import Json
from tests.sandbox.asking import modal
from tests.sandbox.block_makers import (
    actions,
    button,
    card,
    carousel,
    container,
    context_actions,
    data_table,
    icon_button,
    image,
    markdown,
    mrkdwn,
    numbered,
    raw,
    section,
    table,
    video,
    words,
)
from tests.sandbox.limit_vector import (
    ITEMS,
    LENGTH,
    Make,
    Vector,
    address,
    in_items,
    in_length,
    in_range,
)
from tests.sandbox.limit_vectors_inside import INSIDE


def _fields(count: int) -> list[Json]:
    return [mrkdwn(1)] * count


ELEMENT = "/elements/0"
BLOCK_VECTORS: list[Vector] = [
    in_length("BLOCK_ID", 255, "/block_id", lambda n: {"type": "divider", "block_id": "x" * n}),
    in_length(
        "ACTION_ID", 255, f"{ELEMENT}/action_id", lambda n: actions(button(action_id="x" * n))
    ),
    in_length("TEXT_OBJECT", 3_000, "/text/text", lambda n: section(text=mrkdwn(n))),
    in_items("SECTION_FIELDS", 10, "/fields", lambda n: section(fields=_fields(n))),
    in_length("SECTION_FIELD_TEXT", 2_000, "/fields/0/text", lambda n: section(fields=[mrkdwn(n)])),
    in_length("HEADER_TEXT", 150, "/text/text", lambda n: {"type": "header", "text": words(n)}),
    in_items("ACTIONS_ELEMENTS", 25, "/elements", lambda n: actions(*numbered(n))),
    in_items(
        "CONTEXT_ELEMENTS",
        10,
        "/elements",
        lambda n: {"type": "context", "elements": [mrkdwn(1)] * n},
    ),
    in_items(
        "CONTEXT_ACTIONS_ELEMENTS",
        5,
        "/elements",
        lambda n: context_actions(*[icon_button()] * n),
    ),
    in_length("MARKDOWN_TEXT", 12_000, "/text", markdown),
    in_length("IMAGE_URL", 3_000, "/image_url", lambda n: image(image_url=address(n))),
    in_length("ALT_TEXT", 2_000, "/alt_text", lambda n: image(alt_text="x" * n)),
    in_length(
        "ALT_TEXT",
        2_000,
        "/hero_image/alt_text",
        lambda n: card(hero_image=image(alt_text="x" * n)),
    ),
    in_length("IMAGE_TITLE", 2_000, "/title/text", lambda n: image(title=words(n))),
    in_length("VIDEO_TITLE", 199, "/title/text", lambda n: video(title=words(n))),
    in_length("VIDEO_AUTHOR", 49, "/author_name", lambda n: video(author_name="x" * n)),
    in_length("CARD_TITLE", 150, "/title/text", lambda n: card(title=mrkdwn(n))),
    in_length("CARD_SUBTITLE", 150, "/subtitle/text", lambda n: card(subtitle=mrkdwn(n))),
    in_length("CARD_BODY", 200, "/body/text", lambda n: card(body=mrkdwn(n))),
    in_items("CARD_ACTIONS", 5, "/actions", lambda n: card(actions=numbered(n))),
    in_items("CAROUSEL_CARDS", 10, "/elements", carousel),
    in_length("CONTAINER_TITLE", 150, "/title/text", lambda n: container(title=words(n))),
    in_length("CONTAINER_SUBTITLE", 150, "/subtitle/text", lambda n: container(subtitle=words(n))),
    in_items(
        "CONTAINER_BLOCKS",
        10,
        "/child_blocks",
        lambda n: container(child_blocks=[{"type": "divider"}] * n),
    ),
    in_items("TABLE_ROWS", 100, "/rows", lambda n: table(rows=n)),
    in_items("TABLE_COLUMNS", 20, "/rows/0", lambda n: table(columns=n)),
    in_items("TABLE_COLUMNS", 20, "/column_settings", lambda n: table(column_settings=[{}] * n)),
    in_length(
        "TABLE_TEXT",
        10_000,
        "/rows",
        lambda n: table(rows=0) | {"rows": [[raw("x" * (n // 2)), raw("x" * (n - n // 2))]]},
    ),
    in_items("DATA_TABLE_ROWS", 101, "/rows", lambda n: data_table(rows=n)),
    in_items("DATA_TABLE_COLUMNS", 20, "/rows/0", lambda n: data_table(columns=n)),
    in_range("DATA_TABLE_PAGE", 100, "/page_size", lambda n: data_table(page_size=n)),
]


def _view(limit: str, most: int, pointer: str, make: Make, constraint: str = LENGTH) -> Vector:
    return Vector(
        limit=limit, most=most, make=make, pointer=pointer, constraint=constraint, surface="view"
    )


VIEW_VECTORS: list[Vector] = [
    _view("MODAL_TITLE", 24, "/title/text", lambda n: modal(title=words(n))),
    _view("MODAL_BUTTON", 24, "/submit/text", lambda n: modal(submit=words(n))),
    _view("MODAL_BUTTON", 24, "/close/text", lambda n: modal(close=words(n))),
    _view(
        "PRIVATE_METADATA", 3_000, "/private_metadata", lambda n: modal(private_metadata="x" * n)
    ),
    _view("CALLBACK_ID", 255, "/callback_id", lambda n: modal(callback_id="x" * n)),
    _view("EXTERNAL_ID", 255, "/external_id", lambda n: modal(external_id="x" * n)),
    _view("VIEW_BLOCKS", 100, "/blocks", lambda n: modal(*[{"type": "divider"}] * n), ITEMS),
    _view(
        "VIEW_BLOCKS",
        100,
        "/blocks",
        lambda n: {"type": "home", "blocks": [{"type": "divider"}] * n},
        ITEMS,
    ),
]
VECTORS = [*BLOCK_VECTORS, *INSIDE]
