"""`/api/v1/articles`."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer, no_content, tagged
from bot.api.doors import Doors
from bot.api.knowledge import operations, wire
from bot.api.knowledge.shapes import ArticleChange, NewArticle
from bot.api.operations import Call
from bot.api.record_pages import condition, found, listed
from core.commands import AddArticle, DeleteArticle, EditArticle
from core.domain.article import Article


class Articles:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST_ARTICLES, self.list)
        server.add(operations.CREATE_ARTICLE, self.create)
        server.add(operations.SHOW_ARTICLE, self.show)
        server.add(operations.EDIT_ARTICLE, self.edit)
        server.add(operations.DELETE_ARTICLE, self.delete)

    async def list(self, call: Call) -> web.Response:
        return answer(await listed(self._doors, call, Article, wire.article))

    async def create(self, call: Call) -> web.Response:
        wish: NewArticle = call.body
        article = await self._doors.bus.execute(
            AddArticle(caller=call.client.caller, key=call.key, title=wish.title, body=wish.body)
        )
        return tagged(wire_v1.one(wire.article(article)), article.version, status=201)

    async def show(self, call: Call) -> web.Response:
        article = await found(self._doors, call, Article)
        return tagged(wire_v1.one(wire.article(article)), article.version)

    async def edit(self, call: Call) -> web.Response:
        wish: ArticleChange = call.body
        article = await self._doors.bus.execute(
            EditArticle(
                caller=call.client.caller,
                key=call.key,
                article_id=call.params["id"],
                title=wish.title,
                body=wish.body,
                expected_version=await condition(self._doors, call, Article),
            )
        )
        return tagged(wire_v1.one(wire.article(article)), article.version)

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteArticle(caller=call.client.caller, key=call.key, article_id=call.params["id"])
        )
        return no_content()
