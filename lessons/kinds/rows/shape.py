"""What is said when an answer cannot be right whatever is in it: it is no rows, or its rows have another shape."""

from dataclasses import dataclass, replace

from lessons.grading.canonical import items, model, tag
from lessons.grading.words import (
    NOT_CALLED,
    a,
    class_name,
    code,
    count,
    listing,
    literal,
    noun,
    plural,
    start,
    what,
    what_kind,
)
from lessons.kinds.rows.table import Shape, Sort, Table, renames
from sandbox.protocol import Encoded


@dataclass(frozen=True, slots=True)
class Fit:
    """``trouble`` says in a sentence what is off with the places of the rows; empty when nothing is. ``headline`` is shorter."""

    trouble: str = ""
    headline: str = "The rows have another shape"
    comparable: bool = True
    """Whether the rows can still be compared place by place."""
    other_model: bool = False
    renamed: bool = False
    """The right values under other key names, where the names were not asked for."""

    def without_names(self) -> "Fit":
        """The same for hidden data, where the learner's code could make a name from a value."""
        if self.other_model:
            return replace(self, trouble="The rows are objects of another model.", headline="Objects of another model")
        return replace(self, trouble="The rows have another shape.")


GOOD = Fit()


def fit(expected: Shape | None, observed: Shape | None, columns: tuple[str, ...]) -> Fit:
    """How the rows' shape fits; a result without rows, or of rows that are not alike, fits anything."""
    if expected is None or observed is None:
        return GOOD
    if expected.sort is not observed.sort:
        words = f"Each row is {one_row(observed)}, expected {one_row(expected)}{places(expected, columns)}."
        return Fit(f"{words} {tip(expected)}", comparable=False)
    if expected.sort is Sort.INSTANCES:
        return fit_instances(expected, observed)
    if expected.width != observed.width:
        words = f"Each row has {count(observed.width, 'place')}, expected {expected.width}{places(expected, columns)}."
        return Fit(words, comparable=False)
    if renames(observed, expected):
        return fit_names(expected, observed, columns)
    return GOOD


def fit_instances(expected: Shape, observed: Shape) -> Fit:
    if expected.model != observed.model:
        words = f"These are {code(class_name(observed.model))} objects, expected {code(class_name(expected.model))} objects."
        headline = start(f"{plural(noun(observed.model))}, not {plural(noun(expected.model))}")
        return Fit(words, headline, comparable=False, other_model=True)
    carried = frozenset(observed.names)
    lacking = [name for name in expected.names if name not in carried]
    if not lacking:
        return GOOD
    words = f"The {code(class_name(expected.model))} objects carry no {listing(lacking)}: annotate them with that name."
    return Fit(words, comparable=False)


def fit_names(expected: Shape, observed: Shape, columns: tuple[str, ...]) -> Fit:
    if not columns:
        return Fit(renamed=True)
    return Fit(f"Each row has the keys {listing(observed.names)}, expected {listing(expected.names)}.")


def one_row(shape: Shape) -> str:
    if shape.sort is Sort.INSTANCES:
        return f"{a(code(class_name(shape.model)))} object"
    if shape.sort is Sort.DICTS:
        return "a dict"
    return "a single value" if shape.width == 1 else "a tuple"


def places(shape: Shape, columns: tuple[str, ...]) -> str:
    if shape.sort is Sort.INSTANCES:
        return ""
    names = shape.names or (columns if len(columns) == shape.width else ())
    return f": {', '.join(code(name) for name in names)}" if names else ""


def tip(shape: Shape) -> str:
    return (
        "`.values_list(…, flat=True)` gives single values."
        if shape.width == 1 and shape.sort is Sort.TUPLES
        else TIPS[shape.sort]
    )


TIPS = {
    Sort.INSTANCES: "A QuerySet gives objects when it has no `.values()` or `.values_list()`.",
    Sort.DICTS: "`.values(…)` gives dicts.",
    Sort.TUPLES: "`.values_list(…)` gives tuples.",
}


def not_rows(table: Table, *, hidden: bool) -> str:
    """Why what came is no rows, in plain words; on hidden data without the value itself."""
    value = table.value
    if table.type in NOT_CALLED:
        return "That is a method that was not called: add `()` after its name."
    if value is None:
        return "That is `None`. The last line has to give the rows, and some methods give nothing back."
    if instance := model(value):
        one = what_kind(value) if hidden else f"one {code(class_name(instance[0]))} object"
        return f"That is {one}, as `.get()` and `.first()` give. {ASKED}: `.filter(…)` gives a QuerySet."
    if tag(value) == "dict":
        return f"That is a dict{shown(value, hidden)}. `.aggregate()` gives one for all rows together. {ASKED}."
    if "Manager" in table.type:
        return "That is a manager, which is where queries start: add `.all()` or another method."
    if items(value) is not None:
        return "Those rows cannot be read."
    if hidden:
        return f"That is {what_kind(value)}. {ASKED}."
    if isinstance(value, bool):
        return f"That is {literal(value)}. {ASKED}."
    return f"That is {what(value, table.type)}{shown(value, hidden)}. {ASKED}."


ASKED = "This exercise asks for rows"


def shown(value: Encoded, hidden: bool) -> str:
    return "" if hidden else f", {literal(value)}"
