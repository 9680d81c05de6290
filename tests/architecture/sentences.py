"""Every sentence that the code says to people, found by reading the code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from tests.architecture.repository import modules, parse, place

SAYING = {"say": 1, "to_say": 1, "say_many": 2, "because": 2, "alerts_said": 2, "refused": 1}
"""Which functions take templates, and how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One call; `templates` are those that stand in it, `whole` is False where one is put
    together from pieces; `given` are the values by name, None where nobody can see them."""

    where: str
    function: str
    templates: tuple[str, ...]
    whole: bool
    given: frozenset[str] | None


@cache
def everything_said() -> tuple[Said, ...]:
    return tuple(said for module in modules("core", "storage", "bot") for said in _said_in(module))


@cache
def templates() -> dict[str, str]:
    """Each template, and the first place that has it."""
    found: dict[str, str] = {}
    for said in everything_said():
        for template in said.templates:
            found.setdefault(template, said.where)
    return found


def placeholders(template: str) -> set[str]:
    """The names in its braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def called(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _said_in(module: Path) -> Iterator[Said]:
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Call) and (count := SAYING.get(called(node.func), 0)):
            words = node.args[:count]
            yield Said(
                where=place(module, node),
                function=called(node.func),
                templates=tuple(text for word in words for text in _texts(word)),
                whole=not any(_is_put_together(word) for word in words),
                given=_given(node),
            )


def _texts(word: ast.expr) -> Iterator[str]:
    match word:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)


def _is_put_together(word: ast.expr) -> bool:
    return any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in ast.walk(word))


def _given(call: ast.Call) -> frozenset[str] | None:
    if isinstance(call.func, ast.Attribute) or any(
        keyword.arg is None for keyword in call.keywords
    ):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def bare_sentences(module: Path) -> Iterator[str]:
    """What looks like words for people and is not said: words with spaces between them, or one
    that begins like a sentence. A template that is noted elsewhere is looked up by whoever has
    it."""
    tree = parse(module)
    spared = {id(node) for node in _spared(tree)}
    for node in _strings(tree, spared):
        text = _text_of(node)
        if _is_for_people(text) and text not in templates():
            yield f"{place(module, node)}: {text}"


def _strings(tree: ast.AST, spared: set[int]) -> Iterator[ast.expr]:
    """But for those in what is spared; a string of pieces is one."""
    for node in ast.iter_child_nodes(tree):
        if id(node) in spared:
            continue
        if isinstance(node, ast.JoinedStr | ast.Constant):
            yield node
        if isinstance(node, ast.JoinedStr):
            values = (part for part in node.values if isinstance(part, ast.FormattedValue))
            for value in values:
                yield from _strings(value, spared)
        else:
            yield from _strings(node, spared)


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, annotations, templates, what goes to the log, patterns."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node
            case ast.Call(func=function, args=args) if called(function) in SAYING:
                yield from args[: SAYING[called(function)]]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "re"))):
                yield node
            case ast.arg(annotation=ast.expr() as annotation):
                yield annotation
            case ast.FunctionDef(returns=ast.expr() as annotation):
                yield annotation


def _text_of(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts
            )
        case _:
            return ""


def _is_for_people(text: str) -> bool:
    """Command lines are no words, nor are patterns and the name of Tocsin."""
    words = re.sub(r"`[^`]*`|“/[^”]*”|<[^>]*>|\{\}|^/.*", "", text).strip()
    if re.search(r"[\\^$|]", words) or words in ("Tocsin", "Lax"):
        return False
    if re.fullmatch(r"[a-z]+ (?:INC-7|\{\})(?: .*)?", text):
        return False
    several = re.search(r"[A-Za-z]{2,}[,;:]? +[A-Za-z]{2,}", words)
    return bool(several or re.fullmatch(r"[A-Z][a-z]{2,}[.?…!]?", words))
