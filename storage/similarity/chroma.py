"""Opens the index in the worker: a folder of its own, or a Chroma server that bots share."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import Unavailable
from storage.similarity.chroma_check import Damaged, check_owners, check_vectors, named_damage
from storage.similarity.chroma_collections import SILENT
from storage.similarity.chroma_place import place_of
from storage.similarity.chroma_server import ServerChroma
from storage.similarity.embedded_chroma import EmbeddedChroma
from storage.similarity.folder_lock import hold
from storage.similarity.index_folder import DATABASE, IndexFolder
from storage.similarity.index_part import IndexPart
from storage.similarity.worker_parts import Lanes, Part

if TYPE_CHECKING:
    from chromadb.api.client import Client

EMBEDDED_BATCH = 8
"""Chroma holds the interpreter while it writes: a query waits no longer than for these."""
SERVER_BATCH = 128


async def open_index(header: Mapping[str, Any], lanes: Lanes) -> Part:
    """`folder` and `chroma_url`: one of them is given; with both, the server is used. Raises
    `Unavailable`, and `Refused` for an address that is none."""
    if header["chroma_url"]:
        return IndexPart(ServerChroma(place_of(header["chroma_url"])), batch=SERVER_BATCH)
    folder = IndexFolder(path=Path(header["folder"]))
    try:
        return await _embedded(folder, lanes)
    except OSError as error:
        raise Unavailable(
            f"The folder of the search index, {folder.path}, cannot be used: {error.strerror}."
        ) from error


async def _embedded(folder: IndexFolder, lanes: Lanes) -> IndexPart:
    folder.prepare()
    lock = await hold(folder.path)
    try:
        client = await lanes.bulk(_opened, folder)
        return IndexPart(EmbeddedChroma(client, folder, lock, lanes), batch=EMBEDDED_BATCH)
    except BaseException:
        lock.close()
        raise


def _opened(folder: IndexFolder) -> "Client":
    failures = folder.failures
    suspicious = not folder.left_well
    if folder.hopeless:
        folder.set_aside()
        failures, suspicious = 0, False
    # Until the check is over: native code may take the whole process down with it.
    folder.count(failures + 1 if suspicious else failures)
    try:
        client = _checked(folder, thoroughly=suspicious)
    except Damaged:
        folder.set_aside()
        client = _checked(folder, thoroughly=False)
        failures = 0
    folder.count(failures)
    return client


def _checked(folder: IndexFolder, *, thoroughly: bool) -> "Client":
    """Raises `Damaged`."""
    import chromadb
    from chromadb.api.client import Client
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    if not (folder.chroma / DATABASE).exists() and any(folder.chroma.iterdir()):
        raise Damaged("What belongs together is not all there.")
    # Of a folder that was set aside, it would remember the state.
    SharedSystemClient.clear_system_cache()
    with named_damage():
        client = chromadb.PersistentClient(str(folder.chroma), Settings(**SILENT))
        assert isinstance(client, Client)  # and not only its interface, which cannot be closed
        check_owners(client)
        if thoroughly:
            check_vectors(client)
        folder.sweep()
        return client
