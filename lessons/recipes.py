"""How hidden databases are made, and the committed file that says which each exercise is tried on."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lessons.catalogue.types import Finding

FILE = "hidden.json"
MOST_DATABASES = 6
MOST_ROWS = 40
LARGEST = 2.0


@dataclass(frozen=True, slots=True)
class Seeded:
    """By the world's own ``seed(random.Random(seed), size)``."""

    seed: int
    size: float


@dataclass(frozen=True, slots=True)
class Around:
    """An exercise's constants, to build rows around. ``dates`` are ISO days, ``numbers`` decimal texts.

    ``exact``: sums are made with the numbers, so none may be one that a float does not hold exactly.
    """

    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    seconds: tuple[float, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """From the world's models' field types: ``rows`` rows for each model, with the seed ``build``."""

    build: int
    rows: int
    around: Around = Around()


type Recipe = Seeded | Built


def plain(recipe: Recipe) -> dict[str, Any]:
    """Plain JSON, without what is empty."""
    data = asdict(recipe)
    if isinstance(recipe, Built):
        data["around"] = {name: value for name, value in data["around"].items() if value}
        if not data["around"]:
            del data["around"]
    return data


@dataclass(frozen=True, slots=True)
class Chosen:
    """An exercise's recipes, and the digest of what they were chosen for."""

    digest: str
    databases: tuple[Recipe, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A content folder's ``hidden.json``. ``there``: whether it has one; ``findings``: what is wrong in it."""

    there: bool = False
    chosen: Mapping[str, Chosen] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    findings: tuple[Finding, ...] = ()


class Nonsense(ValueError):
    """What is there is no recipe. The message is for whoever edited the file by hand."""


def read(root: Path) -> Shelf:
    """Bad content never raises: an exercise whose recipes cannot be understood has none, and there is a finding."""
    place = f"{root.name}/{FILE}"
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        data = json.loads(text, object_pairs_hook=_once)
    except FileNotFoundError:
        return Shelf()
    except json.JSONDecodeError as problem:
        return Shelf(there=True, findings=(Finding(place, problem.lineno, f"this JSON cannot be read: {problem.msg}"),))
    except (OSError, ValueError, RecursionError) as problem:
        return Shelf(there=True, findings=(Finding(place, 1, f"this file cannot be read: {problem}"),))
    if not isinstance(data, dict):
        return Shelf(there=True, findings=(Finding(place, 1, 'must be an object: {"models/lookups#any-case": {…}}'),))
    chosen, findings = {}, []
    lines = {key: _line(text, key) for key in data}
    for key, value in data.items():
        try:
            chosen[key] = _chosen(value)
        except Nonsense as problem:
            findings.append(Finding(place, lines[key], f"{key}: {problem}"))
    return Shelf(True, MappingProxyType(chosen), MappingProxyType(lines), tuple(findings))


def write(root: Path, chosen: Mapping[str, Chosen]) -> bool:
    """Whether that changed the file. One line for each recipe, so that a change shows as what it is."""
    text = "{\n" + ",\n".join(_entry(key, chosen[key]) for key in sorted(chosen)) + "\n}\n"
    path = root / FILE
    if path.exists() and path.read_bytes() == text.encode():
        return False
    path.write_text(text, encoding="utf-8")
    return True


def _entry(key: str, chosen: Chosen) -> str:
    recipes = ",\n".join(f"      {json.dumps(plain(one), ensure_ascii=False)}" for one in chosen.databases)
    return f'  {json.dumps(key)}: {{\n    "digest": {json.dumps(chosen.digest)},\n    "databases": [\n{recipes}\n    ]\n  }}'


def _line(text: str, key: str) -> int:
    found = re.search(rf"^\s*{re.escape(json.dumps(key))}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object, in which nothing may be said twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Nonsense(f'"{next(name for name in names if names.count(name) > 1)}" is given twice')
    return found


# Strictly: an unknown key or a value of another type is an error


def _chosen(data: Any) -> Chosen:
    _keys(data, "the entry", needed=("digest", "databases"))
    databases = data["databases"]
    if not isinstance(data["digest"], str):
        raise Nonsense('"digest" must be a text')
    if not isinstance(databases, list) or not 1 <= len(databases) <= MOST_DATABASES:
        raise Nonsense(f'"databases" must be a list of 1 to {MOST_DATABASES} recipes')
    return Chosen(data["digest"], tuple(_numbered(place, one) for place, one in enumerate(databases, 1)))


def _numbered(place: int, data: Any) -> Recipe:
    try:
        return recipe(data)
    except Nonsense as problem:
        raise Nonsense(f"recipe {place}: {problem}") from None


def recipe(data: Any) -> Recipe:
    """Raises Nonsense with plain words for what is no recipe."""
    if isinstance(data, dict) and "build" in data:
        _keys(data, "a recipe", needed=("build", "rows"), also=("around",))
        return Built(_whole(data, "build", 0, 10**6), _whole(data, "rows", 1, MOST_ROWS), _around(data.get("around", {})))
    _keys(data, "a recipe", needed=("seed", "size"))
    size = data["size"]
    if isinstance(size, bool) or not isinstance(size, int | float) or not 0 <= size <= LARGEST:
        raise Nonsense(f'"size" must be a number from 0 to {LARGEST:g}')
    return Seeded(_whole(data, "seed", 0, 10**6), size)


def _around(data: Any) -> Around:
    _keys(data, '"around"', also=tuple(each.name for each in fields(Around)))
    if not isinstance(data.get("exact", False), bool):
        raise Nonsense('"exact" must be true or false')
    return Around(
        texts=_list(data, "texts", "texts", lambda one: isinstance(one, str)),
        numbers=_list(data, "numbers", 'numbers as texts, like "4.99"', _is_number),
        dates=_list(data, "dates", 'days, like "2020-01-31"', _is_day),
        seconds=_list(data, "seconds", "numbers", lambda one: isinstance(one, int | float) and not isinstance(one, bool)),
        exact=data.get("exact", False),
    )


def _keys(data: Any, what: str, *, needed: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> None:
    if not isinstance(data, dict):
        raise Nonsense(f"{what} must be an object")
    for name in data:
        if name not in (*needed, *also):
            raise Nonsense(f'unknown key "{name}" in {what}')
    for name in needed:
        if name not in data:
            raise Nonsense(f'{what} needs "{name}"')


def _whole(data: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = data[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Nonsense(f'"{name}" must be a whole number from {least} to {most:,}')
    return value


def _list(data: Mapping[str, Any], name: str, words: str, check: Callable[[Any], bool]) -> tuple[Any, ...]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(check(one) for one in value):
        raise Nonsense(f'"{name}" must be a list of {words}')
    return tuple(value)


def _is_number(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
