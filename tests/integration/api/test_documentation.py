"""`/docs` and `/redoc`: open to everybody, complete, and sufficient unto themselves."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.integration.api.doors import Client

PAGES = ("/docs", "/redoc")
LOADING = {"script", "iframe", "object", "embed", "img", "video", "audio", "source", "base"}
OWN = {"/docs", "/redoc", "/openapi.json"}


class Found(HTMLParser):
    """Every tag of a page with its attributes, and the text of its style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.style += data

    def values(self, *names: str) -> Iterator[str]:
        for _, attributes in self.tags:
            yield from (value for name in names if (value := attributes.get(name)) is not None)


async def found(client: Client, path: str) -> Found:
    async with client.get(path) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "text/html"
        return Found(await answer.text())


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_nothing(client: Client, path: str) -> None:
    page = await found(client, path)

    assert [tag for tag, _ in page.tags if tag in LOADING] == []
    assert list(page.values("src", "srcset", "style", "action", "onclick")) == []
    assert not re.search(r"@import|url\(", page.style)


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_leads_to_a_place_on_the_page_or_to_another_page_of_ours(
    client: Client, path: str
) -> None:
    page = await found(client, path)

    links = {link for link in page.values("href") if link != "data:,"}
    places = {f"#{place}" for place in page.values("id")}

    assert links - places - OWN == set()
    assert not any(urlsplit(link).netloc for link in links)


@pytest.mark.parametrize("path", PAGES)
async def test_places_on_a_page_have_names_of_their_own(client: Client, path: str) -> None:
    places = list((await found(client, path)).values("id"))

    assert sorted(places) == sorted(set(places))


@pytest.mark.parametrize("path", PAGES)
async def test_every_operation_of_the_document_is_on_the_page(client: Client, path: str) -> None:
    async with client.get("/openapi.json") as answer:
        document = await answer.json()
    named = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
    }

    page = await found(client, path)

    assert named
    assert named <= set(page.values("id"))


@pytest.mark.parametrize("path", PAGES)
async def test_the_browser_is_told_to_allow_this_style_and_nothing_else(
    client: Client, path: str
) -> None:
    async with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"].split("; ")
        style = Found(await answer.text()).style

    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert not any("unsafe" in part or "*" in part or "http" in part for part in policy)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
