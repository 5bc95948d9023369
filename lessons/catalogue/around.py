"""What every item of a lesson is built with: the lesson's surroundings, its YAML block, its rendered text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lessons.catalogue import strict_yaml
from lessons.catalogue.fences import Tagged
from lessons.catalogue.keys import Table
from lessons.catalogue.markdown import Renderer
from lessons.catalogue.rules import Findings, Structure, near
from lessons.catalogue.scan import Part, Text
from lessons.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """``world`` is the lesson's own; ``worlds`` maps every world's name to the digest of its files."""

    slug: str
    formerly: tuple[str, ...]
    world: str
    worlds: Mapping[str, str]
    kinds: Mapping[str, Kind]
    renderer: Renderer
    report: Findings
    ids: dict[str, int] = field(default_factory=dict)
    """The line of each item's id."""

    def html(self, *texts: Text) -> str:
        return "".join(self._or_nothing(self.renderer.html, text) for text in texts)

    def inline(self, text: Text) -> str:
        return self._or_nothing(self.renderer.inline, text)

    def _or_nothing(self, render: Callable[[str], str], text: Text) -> str:
        try:
            return render(text.text)
        except ValueError:
            self.report(Structure.RENDER, text.line)
            return ""

    def block(self, part: Part, role: str, table: Table) -> dict[str, Any] | None:
        """The values of an item's YAML block; None when there is none, or it has no id."""
        found = [fence for fence in part.fences if fence.role == role]
        for second in found[1:]:
            self.report(Structure.BLOCK_TWICE, second.line, role=role)
        if not found:
            self.report(Structure.NO_BLOCK, part.line, item=table.name, role=role)
            return None
        keyed = strict_yaml.read(found[0].text, found[0].line + 1, self.report)
        if keyed is None:
            return None
        values = self._with_kind(table, keyed).read(keyed, self.report)
        if "id" in values:
            self._name(values["id"], keyed.lines["id"])
        if "world" in values:
            self.known_world(values["world"], keyed.lines["world"])
        return {**values, "formerly": self._former_keys(values)} if "id" in values else None

    def _former_keys(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Every key that the item had, the lesson's own former names included."""
        given: tuple[str, ...] = values.get("formerly", ())
        short = [name for name in given if "#" not in name]
        moved = [f"{lesson}#{name}" for lesson in self.formerly for name in (values["id"], *short)]
        return (*(name for name in given if "#" in name), *(f"{self.slug}#{name}" for name in short), *moved)

    def _with_kind(self, table: Table, keyed: strict_yaml.Keyed) -> Table:
        """An exercise's table has its kind's keys too."""
        name = keyed.get("observe")
        if "observe" not in table.keys or not isinstance(name, str):
            return table
        if name not in self.kinds:
            self.report(Structure.UNKNOWN_KIND, keyed.lines["observe"], kind=name, near=near(name, self.kinds))
            return table
        return table.with_keys(self.kinds[name].keys)

    def _name(self, name: str, line: int) -> None:
        if name in self.ids:
            self.report(Structure.ID_TWICE, line, id=name, other=self.ids[name])
        self.ids.setdefault(name, line)

    def known_world(self, world: str, line: int) -> None:
        if world not in self.worlds:
            self.report(Structure.UNKNOWN_WORLD, line, world=world, near=near(world, self.worlds))

    def filled(self, fence: Tagged) -> None:
        """Reports a fence without anything in it."""
        if not fence.text.strip():
            self.report(Structure.EMPTY_FENCE, fence.line, role=fence.role)
