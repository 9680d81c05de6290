"""Use cases on articles."""

from datetime import datetime

from core import commands as c
from core.domain.article import MAX_BODY, MAX_TITLE, Article
from core.domain.text import one_line, paragraphs
from core.errors import InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases import records


async def add(command: c.AddArticle, uow: UnitOfWork, now: datetime) -> Article:
    article = Article(
        id=uow.new_id(Article.PREFIX),
        created_at=now,
        updated_at=now,
        title=_title(command.title),
        body=_body(command.body),
    )
    return await records.add(article, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditArticle, uow: UnitOfWork, now: datetime) -> Article:
    before = await uow.records(Article).get(command.article_id)
    records.require_version(before, command.expected_version)
    after = records.revised(before, command, _MAKING)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteArticle, uow: UnitOfWork, now: datetime) -> Article:
    article = await uow.records(Article).get(command.article_id)
    shown_in = await uow.likenesses.shown_in(article.id)
    return await records.remove(article, uow, by=command.caller.actor, at=now, shown_in=shown_in)


def _title(text: str) -> str:
    return one_line(text, field="title", limit=MAX_TITLE)


def _body(text: str) -> str:
    body = paragraphs(text, field="body", limit=MAX_BODY)
    if not body:
        raise InvalidInput(say("The body is empty; write what should be known."), field="body")
    return body


_MAKING: records.Making = {"title": _title, "body": _body}
