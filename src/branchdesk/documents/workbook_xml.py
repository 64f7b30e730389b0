"""XML from outside, read piece by piece with expat; declarations of any kind are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn, Protocol
from xml.parsers import expat

from branchdesk.documents.workbook_problems import Reason, Unreadable

BLOCK = 1 << 18
_LONGEST_TAG = 1 << 20  # bytes; expat reads an unfinished tag again and again, which must not go on
_LAST = True
Attributes = Mapping[str, str]


class ByteSource(Protocol):
    """What XML is read from."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""
        ...


def new_parser(*, namespaces: bool = False) -> expat.XMLParserType:
    """A parser that hands out text in long runs and refuses a DTD, and with it every entity.

    With `namespaces` names come as "namespace name".
    """
    parser = expat.ParserCreate(namespace_separator=" ") if namespaces else expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _refuse(*_declaration: object) -> NoReturn:
    raise Unreadable(Reason.DECLARED)


@contextmanager
def mistakes_refused() -> Iterator[None]:
    """Turn what is raised for wrong XML, numbers and places into Unreadable."""
    try:
        yield
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from error
        raise Unreadable(Reason.DAMAGED) from error
    except (LookupError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED) from error


def feed(parser: expat.XMLParserType, source: ByteSource) -> Iterator[int]:
    """Parse `source` block by block, yielding the number of bytes after each. Raises Unreadable."""
    total = 0
    with mistakes_refused():
        while block := source.read(BLOCK):
            total += len(block)
            parser.Parse(block)
            if total - parser.CurrentByteIndex > _LONGEST_TAG:
                raise Unreadable(Reason.DAMAGED)
            yield total
        parser.Parse(b"", _LAST)


def walk(source: ByteSource, start: Callable[[str, str, Attributes], None]) -> None:
    """Call `start` with namespace, name and attributes of each element. Raises Unreadable."""
    parser = new_parser(namespaces=True)

    def split(full_name: str, attributes: Attributes) -> None:
        namespace, _space, name = full_name.rpartition(" ")
        start(namespace, name, attributes)

    parser.StartElementHandler = split
    for _position in feed(parser, source):
        pass
