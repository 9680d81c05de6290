"""Services in SQL."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import bindparam, delete, literal_column, select

from core.domain.dependencies import Graph
from core.domain.events import Event
from core.domain.ids import OrganizationId, ServiceId, UserId
from core.domain.service import Service
from core.errors import NotFound
from core.language import say
from storage.expressions import OneOf
from storage.incidents import Record
from storage.mapping import Mapping, where_version
from storage.session import EVERY, Draft
from storage.statements import Row, Statement, deletion, insertion, versioned_update
from storage.tables import service_owners, services

SERVICE = Mapping(Service, apart=("owner_ids",))
OURS = services.c.organization_id == bindparam("organization")
_columns = SERVICE.columns(services)
_GET = Statement(select(*_columns).where(OURS, services.c.id == bindparam("id")))
_NAMED = Statement(select(*_columns).where(OURS, services.c.folded_name == bindparam("name")))
_KNOWN = Statement(select(services.c.id).where(OURS, OneOf(services.c.id, "ids")))
_MEANT = Statement(
    select(services.c.id, services.c.folded_name).where(
        OURS, OneOf(services.c.folded_name, "names") | OneOf(services.c.id, "words")
    )
)
_DEPENDENCIES = Statement(
    select(services.c.id, services.c.depends_on).where(
        OURS, services.c.depends_on != literal_column("'[]'")
    )
)
_of_service = (
    service_owners.c.organization_id == bindparam("organization"),
    service_owners.c.service_id == bindparam("id"),
)
_OWNERS = Statement(
    select(service_owners.c.user_id).where(*_of_service).order_by(service_owners.c.position)
)
_INSERT = insertion(services)
_UPDATE = versioned_update(services, "id")
_ADD_OWNER = insertion(service_owners)
_DROP_OWNERS = deletion(delete(service_owners).where(*_of_service), service_owners)
_ALL = ("services", EVERY)


class SqlServices:
    def __init__(self, draft: Draft, organization_id: OrganizationId, record: Record) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._record = record

    async def get(self, id: ServiceId) -> Service:
        row = await self._draft.one(_GET, {"organization": self._organization_id, "id": id}, _ALL)
        if row is None:
            raise NotFound(say("There is no service {id}.", id=id))
        return await self._whole(row)

    async def named(self, name: str) -> Service | None:
        values = {"organization": self._organization_id, "name": name.casefold()}
        row = await self._draft.one(_NAMED, values, _ALL)
        return await self._whole(row) if row else None

    async def known(self, ids: Iterable[ServiceId]) -> frozenset[ServiceId]:
        values = {"organization": self._organization_id, "ids": sorted(ids)}
        return frozenset(id for (id,) in await self._draft.fetch(_KNOWN, values, _ALL))

    async def meant(self, words: Collection[str]) -> dict[str, ServiceId]:
        names = {word: word.casefold() for word in words}
        values = {
            "organization": self._organization_id,
            "words": sorted(names),
            "names": sorted(set(names.values())),
        }
        rows = await self._draft.fetch(_MEANT, values, _ALL)
        named = {name: id for id, name in rows}
        ids = {id: id for id, _ in rows}
        known = {word: ids.get(word) or named.get(name) for word, name in names.items()}
        return {word: id for word, id in known.items() if id}

    async def dependencies(self) -> Graph:
        return dict(await self._draft.recall(("services", self._organization_id), self._graph))

    async def save(self, service: Service, *, because: Event) -> Service:
        saved = replace(service, version=service.version + 1)
        row = SERVICE.row(
            saved, organization_id=self._organization_id, folded_name=saved.name.casefold()
        )
        if service.version == 0:
            self._draft.stage(_INSERT, row, ("services", saved.id))
        else:
            await self._draft.settle(_ALL)
            which = {"organization": self._organization_id, "id": saved.id}
            self._draft.stage(_DROP_OWNERS, which, ("services", saved.id))
            versioned = where_version(row, self._organization_id, "id")
            self._draft.stage(_UPDATE, versioned, ("services", saved.id))
        self._add_owners(saved)
        self._record(because)
        return saved

    async def _graph(self) -> Graph:
        values = {"organization": self._organization_id}
        rows = await self._draft.fetch(_DEPENDENCIES, values, _ALL)
        return {id: depends_on for id, depends_on in rows}

    def _add_owners(self, service: Service) -> None:
        for position, user_id in enumerate(dict.fromkeys(service.owner_ids)):
            row = {
                "organization_id": self._organization_id,
                "service_id": service.id,
                "user_id": user_id,
                "position": position,
            }
            self._draft.stage(_ADD_OWNER, row)

    async def _whole(self, row: Row) -> Service:
        values = {"organization": self._organization_id, "id": row[0]}
        owners = await self._draft.fetch(_OWNERS, values, _ALL)
        return SERVICE.value(row, owner_ids=tuple(UserId(user_id) for (user_id,) in owners))
