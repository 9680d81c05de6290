"""What was changed in the form of a postmortem, beside what others changed meanwhile; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from bot.slack.views.postmortem_form import TITLE, Filled, Part
from core.domain.postmortem import Postmortem
from core.domain.postmortem_sections import Section, sections_of, with_texts

MOST_SECTIONS = 60
"""That a form shows, and can remember."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """`clashes` are the keys of what somebody else changed as well, and `gone` of sections that are
    not there any more; `title` and `body` are those to be kept where there is neither."""

    title: str
    body: str
    clashes: frozenset[str] = field(default_factory=frozenset)
    gone: frozenset[str] = field(default_factory=frozenset)


def parts_of(written: Postmortem) -> list[Part]:
    """Its sections as a form shows them; the first only where something stands in it."""
    return [one for one in every_part(written) if one.heading or one.text]


def every_part(written: Postmortem) -> list[Part]:
    """All that a form can be about."""
    sections = sections_of(written.body)[:MOST_SECTIONS]
    return [_part(key, one) for key, one in zip(_keys(sections), sections, strict=True)]


def seals_of(written: Postmortem) -> dict[str, str]:
    """What a form remembers: enough to see that something is another now."""
    return {
        TITLE: _seal(written.title),
        **{one.key: _seal(one.text) for one in every_part(written)},
    }


def merged(written: Postmortem, filled: Filled, shown: Mapping[str, str]) -> Merged:
    """Only what is not as it was `shown` is changed."""
    numbers = {key: at for at, key in enumerate(_keys(sections_of(written.body)))}
    present, mine = seals_of(written), {key: _seal(text) for key, text in filled.texts.items()}
    mine[TITLE] = _seal(filled.title)
    changed = {key for key, seal in mine.items() if seal != shown.get(key)}
    there = changed & ({TITLE} | numbers.keys())
    texts = {numbers[key]: filled.texts[key] for key in there if key != TITLE}
    return Merged(
        title=filled.title if TITLE in there else written.title,
        body=with_texts(written.body, texts) if texts else written.body,
        clashes=frozenset(
            key for key in there if present.get(key) not in (shown.get(key), mine[key])
        ),
        gone=frozenset(key for key in changed - there if filled.texts[key].strip()),
    )


def _keys(sections: Iterable[Section]) -> list[str]:
    """By heading, and of those of one heading by their order."""
    seen, keys = Counter[str](), list[str]()
    for section in sections:
        seen[section.heading] += 1
        times = seen[section.heading]
        keys.append(_seal(section.heading) + (f"-{times}" if times > 1 else ""))
    return keys


def _part(key: str, section: Section) -> Part:
    text = "" if section.question else section.text
    return Part(key=key, heading=section.heading, text=text, question=section.question)


def _seal(text: str) -> str:
    return sha256(text.strip().encode(errors="replace")).hexdigest()[:8]
