"""How a world's models belong together, and the words for it."""

from dataclasses import dataclass

from lessons.views.worlds import Column, Table


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two of the models, by their places in the list.

    ``place`` is the field's among the source's rows, ``arrival`` that of the name that leads back, ``back``, among the target's;
    empty and None where none does.
    """

    source: int
    place: int
    target: int
    column: Column
    back: str
    arrival: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the table that says the same as the drawing. ``back`` is the name that leads back ("author.books")."""

    field: str
    kind: str
    to: str
    back: str


def facts(tables: tuple[Table, ...]) -> list[tuple[str, list[Fact]]]:
    """Every model with its fields, for the table."""
    links = {(link.source, link.place): link for link in links_of(tables)}
    return [
        (table.name, [_fact(column, links.get((at, place)), tables) for place, column in enumerate(table.columns)])
        for at, table in enumerate(tables)
    ]


def _fact(column: Column, link: Link | None, tables: tuple[Table, ...]) -> Fact:
    to = tables[link.target].name if link else column.to
    through = f", through {column.through}" if column.through else ""
    return Fact(column.name, column.field or column.kind, to + through, f"{to.lower()}.{link.back}" if link and link.back else "")


def links_of(tables: tuple[Table, ...]) -> list[Link]:
    """The relations whose both models are among these."""
    places = {table.name: at for at, table in enumerate(tables)}
    free = [len(table.columns) for table in tables]
    found = []
    for source, table in enumerate(tables):
        for place, column in enumerate(table.columns):
            target = source if column.to == "self" else places.get(column.to.rpartition(".")[2])
            if target is None:
                continue
            back = _back(table, column, own=source == target)
            found.append(Link(source, place, target, column, back, free[target] if back else None))
            free[target] += bool(back)
    return found


def _back(table: Table, column: Column, *, own: bool) -> str:
    """As Django names it. Nothing leads back where the name ends in a plus, nor where a model's own many are friends."""
    if column.related_name:
        return "" if column.related_name.endswith("+") else column.related_name
    if own and column.field == "ManyToManyField":
        return ""
    return table.name.lower() + ("" if column.field == "OneToOneField" else "_set")


def words(link: Link, tables: tuple[Table, ...]) -> str:
    source, target = tables[link.source].name, tables[link.target].name
    ends = {"ManyToManyField": ("many", "many"), "OneToOneField": ("one", "one")}.get(link.column.field, ("many", "one"))
    back = f", and back by {target.lower()}.{link.back}" if link.back else ""
    through = f" through {link.column.through}" if link.column.through else ""
    return f"{source}.{link.column.name}: {ends[0]} {source} to {ends[1]} {target}{through}{back}"
