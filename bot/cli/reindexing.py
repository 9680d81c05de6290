"""`tocsin reindex`: everything is embedded anew, beside a running bot or alone."""

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import orjson

from bot.answers import Answer
from bot.bootstrap import utc_now
from bot.bootstrap.reindexing import Workshop, workshop
from bot.private_files import replace_private
from bot.progress import ProgressBar
from bot.settings import Settings
from core.domain.ids import OrganizationId

BEGUN = "reindex.json"
"""In the data folder: when it was begun for which organisation, until it is done."""


async def reindex(given: Namespace, settings: Settings) -> Answer:
    async with workshop(settings) as shop:
        organization = await shop.organization(given.organization)
        key = f"{organization.id} {shop.embedder.model}"
        with begun(settings.data_dir / BEGUN, key, utc_now()) as (since, again):
            failed, total = await embedded(shop, organization.id, since)
            alone = await filled(shop, organization.id, since)
    return answer(given.organization, total, failed, again=again, alone=alone)


async def embedded(
    shop: Workshop, organization_id: OrganizationId, since: datetime
) -> tuple[int, int]:
    """How many documents could not be embedded, and of how many."""
    shown = ProgressBar("documents", time.monotonic, sys.stderr)
    try:
        async for progress in shop.reindexing(organization_id, since).embed():
            shown.show(progress.done + progress.failed, progress.total)
    finally:
        shown.close()
    return progress.failed, progress.total


async def filled(shop: Workshop, organization_id: OrganizationId, since: datetime) -> bool:
    """Whether it was done here. An index that others read meanwhile is never emptied."""
    async with shop.index() as index:
        if index is None:
            return False
        await shop.reindexing(organization_id, since).fill(index, anew=not shop.shared)
    return True


@contextmanager
def begun(path: Path, key: str, now: datetime) -> Iterator[tuple[datetime, bool]]:
    """When it was first begun, and whether that was earlier; forgotten once it is done."""
    moments = read(path)
    again = key in moments
    if not again:
        replace_private(path, orjson.dumps({**moments, key: now.isoformat()}).decode())
    yield (datetime.fromisoformat(moments[key]) if again else now), again
    rest = {other: at for other, at in read(path).items() if other != key}
    if rest:
        replace_private(path, orjson.dumps(rest).decode())
    else:
        path.unlink(missing_ok=True)


def read(path: Path) -> dict[str, str]:
    """What was begun; a file that cannot be read is as good as none."""
    try:
        found = orjson.loads(path.read_bytes())
        return {key: str(datetime.fromisoformat(at)) for key, at in found.items()}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def answer(slug: str, total: int, failed: int, *, again: bool, alone: bool) -> Answer:
    went_on = "It went on where it was cut off. " if again else ""
    lacking = f" {failed:,} could not be embedded and keep what they had." if failed else ""
    follows = (
        "The index is filled anew."
        if alone
        else "The running Tocsin takes them over within a minute."
    )
    return Answer(
        object={
            "organization": slug,
            "documents": total,
            "embedded": total - failed,
            "failed": failed,
            "resumed": again,
            "index": "filled" if alone else "followed by the running Tocsin",
        },
        words=f"{went_on}{total - failed:,} documents were embedded.{lacking} {follows}",
    )
