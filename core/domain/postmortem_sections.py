"""A postmortem as what stands below each of its headings, and back; pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

MARK = "## "
FACT = "- **"
"""How each line of what can be counted begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`heading` is empty for what stands before the first one."""

    heading: str
    text: str

    @property
    def question(self) -> str:
        """What is asked in it, where nothing else stands in it: a line set in slanted letters."""
        asked = self.text.startswith("_") and self.text.endswith("?_") and "\n" not in self.text
        return self.text.strip("_") if asked else ""

    @property
    def empty(self) -> bool:
        """Whether nobody wrote anything in it yet."""
        return not self.text or bool(self.question)


def sections_of(body: str) -> list[Section]:
    """In their order; the first has no heading."""
    sections, lines, heading = list[Section](), list[str](), ""
    for line in body.splitlines():
        if line.startswith(MARK):
            sections.append(_section(heading, lines))
            heading, lines = line.removeprefix(MARK).strip(), []
        else:
            lines.append(line)
    return [*sections, _section(heading, lines)]


def body_of(sections: Iterable[Section]) -> str:
    """What `sections_of` takes apart."""
    written = [
        f"{MARK}{one.heading}\n\n{one.text}".rstrip() if one.heading else one.text
        for one in sections
        if one.heading or one.text
    ]
    return "\n\n".join(written) + "\n" if written else ""


def with_texts(body: str, texts: Mapping[int, str]) -> str:
    """The body with other texts in the sections of these numbers. Headings among the words of a
    section stay part of it; a question that nobody answered stays."""
    sections = sections_of(body)
    for number, text in texts.items():
        if 0 <= number < len(sections) and (text.strip() or not sections[number].question):
            sections[number] = replace(sections[number], text=_below_a_heading(text))
    return body_of(sections)


def empty_headings(body: str) -> list[str]:
    """Of the sections in which nobody wrote anything yet, in their order."""
    return [one.heading for one in sections_of(body) if one.heading and one.empty]


def without_empty(body: str) -> str:
    """As those read it who were not asked anything."""
    return body_of(one for one in sections_of(body) if not one.empty)


def with_section(body: str, heading: str, text: str, *, also: Collection[str] = ()) -> str:
    """The body with `text` in the place of what stands in the section of that heading, or of one
    that is called one of the others, which keeps its heading; it is made where there is none."""
    sections = sections_of(body)
    place = _place(sections, {heading, *also})
    if place is None:
        return body_of([*sections, Section(heading=heading, text=text)])
    sections[place] = replace(sections[place], text=text)
    return body_of(sections)


def with_facts(body: str, text: str) -> str:
    """The same for what stands before the first heading, where that is facts and nothing else."""
    first, *others = sections_of(body)
    lines = [line for line in first.text.splitlines() if line.strip()]
    if not lines or not all(line.startswith(FACT) for line in lines):
        return body
    return body_of([replace(first, text=text), *others])


def with_more(body: str, heading: str, text: str, *, also: Collection[str] = ()) -> str:
    """The body with `text` at the end of the section of that heading, or of one that is called one
    of the others; it is made where there is none."""
    sections = sections_of(body)
    place = _place(sections, {heading, *also})
    if place is None:
        return body_of([*sections, Section(heading=heading, text=text)])
    present = sections[place]
    joined = f"{present.text}\n\n{text}" if present.text else text
    sections[place] = replace(present, text=joined)
    return body_of(sections)


def _place(sections: Sequence[Section], headings: Collection[str]) -> int | None:
    return next((at for at, one in enumerate(sections) if one.heading in headings), None)


def _section(heading: str, lines: Sequence[str]) -> Section:
    return Section(heading=heading, text="\n".join(lines).strip("\n").rstrip())


def _below_a_heading(text: str) -> str:
    return "\n".join(
        f"#{line}" if line.startswith(MARK) else line for line in text.strip().splitlines()
    )
