"""How an incident's channel is called."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime

MAX_NAME = 80
MAX_ATTEMPTS = 5
"""So many of one title and day are told apart by a count; later ones by their number."""

_ID = re.compile(r"[CG][A-Z0-9]{6,}")
_FOLDED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L"})


def channel_names(title: str, reference: str, declared_at: datetime) -> Iterator[str]:
    """Names to try, best first: `inc-20261120-checkout-errors`, then `…-2`, `…-3`; ends."""
    prefix = f"inc-{declared_at:%Y%m%d}-"
    slug = slugged(title) or slugged(reference)
    yield _joined(prefix, slug, "")
    for number in range(2, MAX_ATTEMPTS + 1):
        yield _joined(prefix, slug, f"-{number}")
    yield _joined(prefix, slug, f"-{slugged(reference)}")


def slugged(text: str) -> str:
    """Lower-case ASCII letters and digits with single dashes between words; may be empty."""
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def name_in(channel: str) -> str:
    """The name in a setting that is a channel's name or its id; empty for an id."""
    plain = channel.lstrip("#")
    return "" if _ID.fullmatch(plain) else plain


def _joined(prefix: str, slug: str, suffix: str) -> str:
    room = MAX_NAME - len(prefix) - len(suffix)
    return prefix + slug[:room].rstrip("-") + suffix
