"""`tocsin reindex` in a process of its own, alone and beside a bot that has the index."""

from pathlib import Path

import pytest

from storage.similarity.folder_lock import sole_index
from tests.integration.storage.house import opened
from tests.processes import ask


@pytest.fixture
async def settings(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "data").mkdir(mode=0o700)
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'tocsin.db'}"
    async with opened(url, slug="default") as house:
        await house.declare("Checkout is slow")
        await house.declare("Mail is late")
    return {
        "TOCSIN_DATA_DIR": str(tmp_path / "data"),
        "TOCSIN_DATABASE_URL": url,
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_SEARCH": "meaning",
    }


@pytest.mark.timeout(300)
async def test_it_embeds_everything_and_fills_the_index_if_nobody_else_has_it(
    settings: dict[str, str], tmp_path: Path
) -> None:
    alone = await ask(settings, tmp_path, "reindex")
    with sole_index(tmp_path / "data" / "index"):
        beside = await ask(settings, tmp_path, "reindex")

    assert (alone["embedded"], alone["failed"], alone["index"]) == (2, 0, "filled")
    assert (beside["embedded"], beside["index"]) == (2, "followed by the running Tocsin")
    assert not (tmp_path / "data" / "reindex.json").exists()
