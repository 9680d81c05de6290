"""How an incident's channel is called."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo

from core.domain.incident_values import IncidentValues

USUAL_NAME = "inc-{date}-{title}"
MAX_NAME = 80
MAX_ATTEMPTS = 5
"""So many of one title and day are told apart by a count; later ones by their number."""

_ID = re.compile(r"[CG][A-Z0-9]{6,}")
_FOLDED = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L"})


def channel_names(
    incident: IncidentValues, template: str = USUAL_NAME, zone: tzinfo = UTC
) -> Iterator[str]:
    """Names to try, best first: `inc-20261120-checkout-errors`, then `…-2`, `…-3`; ends. The
    template may have {date}, {number}, {severity} and {title}, the day is that of the `zone`. Of a
    private incident not even the name of its channel tells the title: Slack says of every name
    whether it is taken."""
    known = {
        "{date}": f"{incident.created_at.astimezone(zone):%Y%m%d}",
        "{number}": str(incident.number),
        "{severity}": f"sev{5 - incident.severity.rank}",
    }
    reference = slugged(incident.reference)
    slug = _private_slug(incident, template) if incident.private else slugged(incident.title)
    slug = slug or reference
    pieces = [_filled(piece, known) for piece in template.split("{title}")]
    if len(pieces) == 1 and not _tidy(pieces[0]):
        pieces = [f"inc-{known['{date}']}-", ""]
    yield _joined(pieces, slug, "")
    for number in range(2, MAX_ATTEMPTS + 1):
        yield _joined(pieces, slug, f"-{number}")
    yield _joined(pieces, slug, f"-{reference}")


def names_of_left(incident: IncidentValues) -> Iterator[str]:
    """The same for a channel that it had before it became private: `inc-7-moved`."""
    moved = f"{slugged(incident.reference)}-moved"
    yield moved
    yield from (f"{moved}-{number}" for number in range(2, MAX_ATTEMPTS + 1))


def _private_slug(incident: IncidentValues, template: str) -> str:
    return "private" if "{number}" in template else f"private-{incident.number}"


def _filled(piece: str, known: Mapping[str, str]) -> str:
    """What stands around the title, in letters that Slack takes."""
    for name, value in known.items():
        piece = piece.replace(name, value)
    return re.sub(r"[^a-z0-9_]+", "-", _folded(piece).lower())


def slugged(text: str) -> str:
    """Lower-case ASCII letters and digits with single dashes between words; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", _folded(text).lower()).strip("-")


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(character for character in folded if not unicodedata.combining(character))


def name_in(channel: str) -> str:
    """The name in a setting that is a channel's name or its id; empty for an id."""
    plain = channel.lstrip("#")
    return "" if _ID.fullmatch(plain) else plain


def _joined(pieces: Sequence[str], slug: str, suffix: str) -> str:
    """As much of the title as there is room for; the suffix is whole."""
    around = sum(len(piece) for piece in pieces)
    each = max(MAX_NAME - around - len(suffix), 0) // max(len(pieces) - 1, 1)
    name = _tidy(slug[:each].rstrip("-").join(pieces))
    return name[: MAX_NAME - len(suffix)].rstrip("-_") + suffix


def _tidy(name: str) -> str:
    return re.sub(r"-{2,}", "-", name).strip("-_")
