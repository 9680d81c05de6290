"""One entry of the documentation as HTML: what it takes, what it answers, and samples of both."""

from collections.abc import Iterator, Sequence

from bot.api.documentation.markup import Markup, code, element, inline, joined, prose
from bot.api.documentation.reading import EXAMPLE, Answer, Content, Entry, Parameter
from bot.api.documentation.samples import curl, pretty
from bot.api.documentation.schemas import fields, row, shape, table

PLACES = {"path": "In the path", "query": "In the query", "header": "Headers"}


def title(entry: Entry) -> Markup:
    """The method, the path and what they are for, on one line."""
    return joined(
        [
            element("span", entry.method, class_=f"method {entry.method.lower()}"),
            element("code", entry.path, class_="path"),
            element("span", entry.summary, class_="summary"),
            element("span", "deprecated", class_="deprecated") if entry.deprecated else "",
        ],
        " ",
    )


def details(entry: Entry) -> Markup:
    """In words: the credential, the parameters, the body and the answers."""
    return joined(
        [
            prose(entry.description),
            _credentials(entry.credentials),
            *_parameters(entry.parameters),
            _body(entry),
            element("h4", "Answers"),
            *map(_answer, entry.answers),
        ]
    )


def samples(entry: Entry, server: str) -> Markup:
    """To copy: the call, and what comes back."""
    request = (_sample("Request", curl(entry, server)),)
    granted = [answer for answer in entry.answers if not answer.refused]
    refused = [answer for answer in entry.answers if answer.refused]
    return joined(
        [*request, *_further_bodies(entry.body), *_answered(granted), _folded(_answered(refused))]
    )


def _credentials(names: Sequence[str]) -> Markup:
    if not names:
        return element("p", "Needs no credential.", class_="credential")
    alternatives = joined(map(code, names), " or ")
    return element("p", "Needs a credential: ", alternatives, ".", class_="credential")


def _parameters(parameters: Sequence[Parameter]) -> Iterator[Markup]:
    for place, heading in PLACES.items():
        if listed := [one for one in parameters if one.place == place]:
            yield element("h4", heading)
            yield table(*map(_parameter, listed))


def _parameter(parameter: Parameter) -> Markup:
    return row(
        parameter.name,
        parameter.schema,
        required=parameter.required,
        description=parameter.description,
    )


def _body(entry: Entry) -> Markup:
    if not entry.body:
        return Markup("")
    heading = "Body" if entry.body_required else "Body (may be left out)"
    described = {repr(content.described): content.described for content in entry.body}
    forms = map(_content, entry.body)
    # Forms that have the same fields share one table.
    return joined([element("h4", heading), *forms, *map(fields, described.values())])


def _content(content: Content) -> Markup:
    return element("p", code(content.media_type), ": ", shape(content.schema), class_="content")


def _answer(answer: Answer) -> Markup:
    kind = "bad" if answer.refused else "good"
    status = element("span", answer.status, class_=f"status {kind}")
    told = element("p", status, " ", inline(answer.description), class_="answer")
    headers = [_headers(answer.headers)] if answer.headers else []
    return element("div", told, *map(_content, answer.contents), *headers, class_="answered")


def _headers(headers: Sequence[Parameter]) -> Markup:
    names = (
        joined([code(one.name), f" ({one.description})" if one.description else ""])
        for one in headers
    )
    return element("p", "Headers: ", joined(names, ", "), class_="content")


def _further_bodies(contents: Sequence[Content]) -> Iterator[Markup]:
    """The call shows the first example of the first form; these are the others."""
    for at, content in enumerate(contents):
        for number, (name, value) in enumerate(content.examples.items()):
            if (at, number) != (0, 0):
                yield _sample(f"{name} ({content.media_type})", pretty(value))


def _answered(answers: Sequence[Answer]) -> Iterator[Markup]:
    for answer in answers:
        for content in answer.contents:
            for name, value in content.examples.items():
                heading = answer.status if name == EXAMPLE else f"{answer.status}: {name}"
                yield _sample(heading, pretty(value))


def _folded(refusals: Iterator[Markup]) -> Markup:
    """There are many of them at every entry, and they are much alike."""
    shown = joined(refusals)
    refused = element("details", element("summary", "Refusals"), shown, class_="refusals")
    return refused if shown else Markup("")


def _sample(heading: str, text: str) -> Markup:
    scrolling = element("pre", code(text), tabindex="0")
    return element("figure", element("figcaption", heading), scrolling)
