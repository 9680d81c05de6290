"""Opsgenie's search queries, such as `status: open AND tag: prod`, read into a tree of values."""

import re

from bot.paging.query_terms import (
    Every,
    Node,
    Not,
    Some,
    Term,
    checked_term,
    field_named,
    unreadable,
)

MOST_TOKENS = 200
DEEPEST = 40
WORDS = ("AND", "OR", "NOT")
_TOKEN = re.compile(r'\s*(?:(<=|>=|[():<>=])|"((?:[^"\\]|\\.)*)"|([^\s():<>="]+))')


def query_of(text: str) -> Node:
    """`InvalidInput` where it cannot be read."""
    tokens = _tokens(text)
    if not tokens:
        return Every(())
    reader = _Reader(tokens)
    node = reader.some()
    if reader.left:
        raise unreadable(f"nothing was expected at “{reader.left[0][1]}”")
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    """Each with its kind: `mark`, `text` (in quotes) or `word`."""
    tokens: list[tuple[str, str]] = []
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise unreadable(f"it cannot be understood at “{text[place : place + 20]}”")
        mark, quoted, word = found.groups()
        if mark:
            tokens.append(("mark", mark))
        elif quoted is not None:
            tokens.append(("text", re.sub(r"\\(.)", r"\1", quoted)))
        else:
            tokens.append(("word", word))
        place = found.end()
        if len(tokens) > MOST_TOKENS:
            raise unreadable(f"it has more than {MOST_TOKENS} words")
    return tokens


class _Reader:
    """Reads tokens from the front; two conditions beside each other both have to hold."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens
        self._depth = 0

    def some(self) -> Node:
        nodes = [self.every()]
        while self._takes(("word", "OR")):
            nodes.append(self.every())
        return nodes[0] if len(nodes) == 1 else Some(tuple(nodes))

    def every(self) -> Node:
        nodes = [self.one()]
        while self.left and self.left[0] not in (("word", "OR"), ("mark", ")")):
            self._takes(("word", "AND"))
            nodes.append(self.one())
        return nodes[0] if len(nodes) == 1 else Every(tuple(nodes))

    def one(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise unreadable("its brackets go too deep")
        node = self._one()
        self._depth -= 1
        return node

    def _one(self) -> Node:
        if self._takes(("word", "NOT")):
            return Not(self.one())
        if self._takes(("mark", "(")):
            return self._closed(self.some())
        return self._term(self._take())

    def _term(self, first: str) -> Node:
        if not self.left or self.left[0][0] != "mark" or self.left[0][1] in "()":
            return Term("message", ":", first)
        field, operator = field_named(first), self.left.pop(0)[1]
        if not self._takes(("mark", "(")):
            return checked_term(Term(field, operator, self._value()))
        nodes = [checked_term(Term(field, operator, self._value()))]
        while self._takes(("word", "OR")):
            nodes.append(checked_term(Term(field, operator, self._value())))
        return self._closed(Some(tuple(nodes)))

    def _value(self) -> str:
        """Times may have colons in them."""
        value = self._take()
        while self.left[:1] == [("mark", ":")] and value[-1:].isdigit():
            self.left.pop(0)
            value = f"{value}:{self._take()}"
        return value

    def _closed(self, node: Node) -> Node:
        if not self._takes(("mark", ")")):
            raise unreadable("a bracket is not closed")
        return node

    def _takes(self, token: tuple[str, str]) -> bool:
        if self.left[:1] == [token]:
            self.left.pop(0)
            return True
        return False

    def _take(self) -> str:
        kind, word = self.left[0] if self.left else ("mark", "")
        if kind == "mark" or (kind == "word" and word in WORDS):
            raise unreadable("a value is missing")
        return self.left.pop(0)[1]
