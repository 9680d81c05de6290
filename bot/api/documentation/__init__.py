"""The API's pages for people: `/docs` and `/redoc`, written from the OpenAPI document."""

from bot.api.documentation.routes import add_documentation

__all__ = ["add_documentation"]
