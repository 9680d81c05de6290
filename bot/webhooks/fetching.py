"""Gets what Amazon's notification service asks to be got, from nowhere else."""

import re
from collections import OrderedDict
from ssl import SSLContext
from urllib.parse import SplitResult, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.outgoing.addresses import ForbiddenAddress
from bot.outgoing.sending import guarded_connector
from bot.web.problems import Refusal, refusal

PATIENCE = 5.0
"""Seconds for a whole request; SNS itself waits 15 for us."""

LARGEST = 64 * 1024
MOST_KEPT = 16
"""Certificates; each region has one at a time."""

AMAZON = re.compile(r"sns\.[a-z0-9-]{3,40}\.amazonaws\.com(\.cn)?")
CERTIFICATE = re.compile(r"/SimpleNotificationService-[0-9A-Za-z]{1,64}\.pem")


def amazon(url: str, field: str) -> SplitResult:
    """The parts of a URL of Amazon's notification service; a `Refusal` of any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise elsewhere(field) from None
    host = parts.netloc.lower().removesuffix(":443")
    if parts.scheme != "https" or port not in (None, 443) or not AMAZON.fullmatch(host):
        raise elsewhere(field)
    return parts


def elsewhere(field: str) -> Refusal:
    return refusal(
        400, "forbidden_host", f"“{field}” does not lead to Amazon's SNS over https.", field=field
    )


class Fetcher:
    """Certificates are kept, as they never change; everything else is got each time. `private`,
    `names` and `trusted` are as at large: public addresses, found and trusted as usual."""

    def __init__(
        self,
        *,
        private: bool = False,
        names: AbstractResolver | None = None,
        trusted: SSLContext | bool = True,
        patience: float = PATIENCE,
    ) -> None:
        self._private = private
        self._trusted = trusted
        self._names = names
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def __call__(self, url: str) -> bytes:
        """What is there; a `Refusal` where it may not go, or where nothing came back."""
        lasts = CERTIFICATE.fullmatch(amazon(url, "url").path) is not None
        if url in self._kept:
            return self._kept[url]
        content = await self._got(url)
        if lasts:
            self._kept[url] = content
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return content

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _got(self, url: str) -> bytes:
        try:
            async with self._opened().get(url, allow_redirects=False, ssl=self._trusted) as answer:
                if answer.status != 200:
                    raise unanswered(f"it answered {answer.status}")
                return await _bounded(answer)
        except TimeoutError as error:
            raise unanswered(f"no answer came within {self._patience:g} seconds") from error
        except (aiohttp.ClientError, ForbiddenAddress, OSError, ValueError) as error:
            raise unanswered("it cannot be reached") from error

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=guarded_connector(private=self._private, names=self._names),
                timeout=aiohttp.ClientTimeout(total=self._patience),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def unanswered(reason: str) -> Refusal:
    """SNS tries again."""
    return refusal(
        503, "sns_unavailable", f"SNS could not be asked, because {reason}; try again later."
    )


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > LARGEST:
            raise unanswered("it said too much")
    return bytes(content)
