"""Bodies that nobody means well by, and none of which may be answered with a 500."""

import gzip

TYPE, ENCODING = "Content-Type", "Content-Encoding"
JSON = {TYPE: "application/json"}

HOSTILE: dict[str, tuple[bytes, dict[str, str]]] = {
    "nothing": (b"", JSON),
    "blanks": (b"   \n", JSON),
    "words": (b"not json", JSON),
    "half": (b'{"title": "x"', JSON),
    "two values": (b"{}{}", JSON),
    "a byte order mark": (b'\xef\xbb\xbf{"title": "x"}', JSON),
    "UTF-16": ('{"title": "x"}'.encode("utf-16"), JSON),
    "UTF-32": ('{"title": "x"}'.encode("utf-32"), JSON),
    "Latin-1": ('{"title": "Müller"}'.encode("latin-1"), JSON),
    "NaN": (b'{"title": NaN}', JSON),
    "infinity": (b'{"title": -Infinity}', JSON),
    "a number out of range": (b'{"title": 1e999}', JSON),
    "a number of 5,000 digits": (b'{"title": ' + b"9" * 5_000 + b"}", JSON),
    "20,000 brackets": (b"[" * 20_000, JSON),
    "20,000 pairs of brackets": (b"[" * 20_000 + b"]" * 20_000, JSON),
    "20,000 objects": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, JSON),
    "a lone surrogate": (rb'{"title": "\ud800", "severity": "low"}', JSON),
    "an escaped NUL": (rb'{"title": "a\u0000b", "severity": "low", "name": "x"}', JSON),
    "an escaped NUL in a key": (rb'{"title": "x", "severity": "low", "a\u0000": 1}', JSON),
    "a raw NUL": (b'{"title": "a\0b"}', JSON),
    "nothing but NULs": (b"\0" * 1_000, JSON),
    "a list": (b"[]", JSON),
    "a string": (b'"x"', JSON),
    "a number": (b"7", JSON),
    "null": (b"null", JSON),
    "wrong types": (b'{"title": 7, "severity": [], "name": {}, "alerts": "x"}', JSON),
    "nested wrong types": (b'{"title": {"a": 1}, "alerts": [{"labels": [1]}], "name": []}', JSON),
    "a gzip bomb": (gzip.compress(b" " * 5_000_000), {**JSON, ENCODING: "gzip"}),
    "an unknown encoding": (b"{}", {**JSON, ENCODING: "br"}),
    "a form": (b"title=x&severity=low", {TYPE: "application/x-www-form-urlencoded"}),
    "XML": (b"<title>x</title>", {TYPE: "text/xml"}),
    "too much": (b" " * 9_000_000, JSON),
}
"""By name: the body and its headers."""
