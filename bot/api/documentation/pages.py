"""The two pages: `/docs` folds every entry away, `/redoc` lays all of them open beside samples."""

from collections.abc import Callable, Sequence

from bot.api.documentation.entries import details, samples, title
from bot.api.documentation.markup import Markup, code, element, inline, joined, prose
from bot.api.documentation.reading import Chapter, Entry, Json, chapters
from bot.api.documentation.schemas import anchor, fields, shape

SOMEWHERE = "https://tocsin.example.com"
DOCUMENT = "/openapi.json"

ShowEntry = Callable[[Entry, str], Markup]
ShowSchema = Callable[[str, Json], Markup]


def docs_page(document: Json, style: str) -> str:
    """A list to look things up in."""
    return _page(document, style, "docs", _folded_entry, _folded_schema)


def redoc_page(document: Json, style: str) -> str:
    """A book to read, samples in a column of their own."""
    return _page(document, style, "redoc", _open_entry, _open_schema)


def _folded_entry(entry: Entry, server: str) -> Markup:
    # The anchor is inside, because a browser unfolds what holds the place it jumps to.
    inside = element("div", details(entry), samples(entry, server), id=entry.anchor)
    return element("details", element("summary", title(entry)), inside, class_="entry")


def _open_entry(entry: Entry, server: str) -> Markup:
    words = element("div", element("h3", title(entry)), details(entry), class_="words")
    shown = element("div", samples(entry, server), class_="samples")
    return element("article", words, shown, class_="entry", id=entry.anchor)


def _folded_schema(name: str, schema: Json) -> Markup:
    inside = element("div", _schema(schema), id=anchor(name))
    return element("details", element("summary", code(name)), inside, class_="entry")


def _open_schema(name: str, schema: Json) -> Markup:
    words = element("div", element("h3", code(name)), _schema(schema), class_="words")
    return element("article", words, class_="entry", id=anchor(name))


def _schema(schema: Json) -> Markup:
    table = fields(schema)
    return joined([prose(schema.get("description", "")), table or element("p", shape(schema))])


def _page(
    document: Json, style: str, kind: str, show_entry: ShowEntry, show_schema: ShowSchema
) -> str:
    server = next((one["url"] for one in document.get("servers", ())), SOMEWHERE)
    listed = chapters(document)
    main = element(
        "main",
        _introduction(document),
        *(_chapter(chapter, server, show_entry) for chapter in listed),
        _schemas(document, show_schema),
        id="main",
    )
    body = element("body", _skip(), _contents(document, listed), main, class_=kind)
    return f"<!doctype html>\n{element('html', _head(document, style), body, lang='en')}\n"


def _head(document: Json, style: str) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", document["info"]["title"]),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(style)),
    )


def _skip() -> Markup:
    return element("a", "Skip the contents", href="#main", class_="skip")


def _contents(document: Json, listed: Sequence[Chapter]) -> Markup:
    name = element("a", document["info"]["title"], href="#main", class_="name")
    schemas = element("p", element("a", "Schemas", href="#schemas"))
    return element("nav", name, *map(_chapter_link, listed), schemas, aria_label="Contents")


def _chapter_link(chapter: Chapter) -> Markup:
    entries = (
        element("li", element("a", _method(entry), " ", entry.summary, href=f"#{entry.anchor}"))
        for entry in chapter.entries
    )
    link = element("a", chapter.name, href=f"#{chapter.anchor}")
    return element("details", element("summary", link), element("ul", *entries))


def _method(entry: Entry) -> Markup:
    return element("span", entry.method, class_=f"method {entry.method.lower()}")


def _introduction(document: Json) -> Markup:
    info = document["info"]
    schemes = document.get("components", {}).get("securitySchemes", {})
    other = element("a", "OpenAPI document", href=DOCUMENT)
    pages = [element("a", "/docs", href="/docs"), element("a", "/redoc", href="/redoc"), other]
    return joined(
        [
            element("h1", info["title"], " ", element("small", info["version"])),
            element("p", joined(pages, " · "), class_="pages"),
            prose(info.get("description", "")),
            element("h2", "Credentials", id="credentials") if schemes else "",
            *(element("p", code(name), ": ", _scheme(each)) for name, each in schemes.items()),
        ]
    )


def _scheme(scheme: Json) -> Markup:
    said = scheme.get("description") or scheme.get("scheme") or scheme.get("type", "")
    return inline(said)


def _chapter(chapter: Chapter, server: str, show: ShowEntry) -> Markup:
    return element(
        "section",
        element("h2", chapter.name),
        prose(chapter.description),
        *(show(entry, server) for entry in chapter.entries),
        id=chapter.anchor,
    )


def _schemas(document: Json, show: ShowSchema) -> Markup:
    schemas = document.get("components", {}).get("schemas", {})
    listed = (show(name, schema) for name, schema in sorted(schemas.items()))
    return element("section", element("h2", "Schemas"), *listed, id="schemas")
