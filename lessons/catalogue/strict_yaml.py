"""YAML, read strictly: no duplicate keys, no anchors, aliases or tags, and only values that look like what they are.

YAML 1.1 turns ``no`` into False, ``1:30`` into 90 and ``2020-01-31`` into a date. Here they are text, so that a table's type
check says what is wrong instead of a value being quietly something else.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml

from lessons.catalogue.rules import Findings, Structure

DEPTH = 6


class Keyed(dict[str, Any]):
    """A mapping that knows the file line of each of its keys, and its own first line."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class _Refused(Exception):
    def __init__(self, rule: Structure, event: yaml.Event) -> None:
        super().__init__(rule, event)
        self.rule = rule
        self.line = event.start_mark.line if event.start_mark else 0


class _Loader(yaml.SafeLoader):
    """Composes nodes; the values are made from them below."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _Refused(Structure.YAML_FANCY, event)
        if self.depth >= DEPTH:
            raise _Refused(Structure.YAML_DEEP, event)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


_NUMBER = list("-0123456789")
_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), _NUMBER)
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]{1,15}\.[0-9]{1,15}$"), _NUMBER)

_SCALARS: dict[str, Callable[[str], Any]] = {
    "bool": lambda text: text == "true",
    "null": lambda text: None,
    "int": int,
    "float": float,
    "str": str,
}


def read(text: str, line: int, report: Findings) -> Keyed | None:
    """The mapping that ``text`` holds; its first line is line ``line`` of the file. None, and a finding, when it holds none."""
    try:
        node = _Loader(text).get_single_node()
    except _Refused as refused:
        report(refused.rule, line + refused.line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report(Structure.YAML_SYNTAX, line + (mark.line if mark else 0), why=_plain(error.problem or error.context))
    except yaml.reader.ReaderError as error:
        report(Structure.YAML_SYNTAX, line + text.count("\n", 0, int(error.position)), why="it holds an unprintable character")
    else:
        if isinstance(node, yaml.MappingNode):
            return _mapping(node, line, report)
        report(Structure.YAML_KEYS, line)
    return None


def _plain(problem: str | None) -> str:
    return " ".join((problem or "its form is wrong").split())[:200]


def _value(node: yaml.Node, line: int, report: Findings) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, line, report)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, line, report) for item in node.value]
    return _SCALARS[node.tag.rpartition(":")[2]](node.value)


def _mapping(node: yaml.MappingNode, line: int, report: Findings) -> Keyed:
    result = Keyed(line + node.start_mark.line)
    for key_node, value_node in node.value:
        at = line + key_node.start_mark.line
        key = _value(key_node, line, report)
        if not isinstance(key, str):
            report(Structure.KEY_NOT_A_WORD, at)
        elif key in result:
            report(Structure.KEY_TWICE, at, key=key)
        else:
            result[key] = _value(value_node, line, report)
            result.lines[key] = at
    return result
