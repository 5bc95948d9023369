"""What Django's template engine passes over in silence, noted while a learner's templates are rendered as ever.

A note is ``{"what", "written", "name", "owner", "near", "choices", "path", "line"}``:

=============  ==================================================================================
what           happened
=============  ==================================================================================
``name``       ``written``, a whole dotted path, leads nowhere: ``owner`` (the context, if empty) has no ``name``
``call``       ``name`` in the path is a method of ``owner``'s that wants an argument
``alters``     ``name`` in the path changes data, and a template does not call it
``pluralize``  ``written``, a whole expression, gives ``pluralize`` an ``owner``, which is no number and has no length
=============  ==================================================================================

``near`` are the names that were probably meant, nearest first; ``choices`` what a context or a dict has.

A name that is only tried out is not noted: in ``{% if %}``, in ``{% with %}``, before ``|default:``. Nor are names in Django's
own templates. No code of the values' is run, so that nothing changes by being looked at.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from itertools import chain, islice
from types import BuiltinMethodType, FrameType, FunctionType, MethodType
from typing import Any

from django.db.models import Manager, QuerySet
from django.forms import BaseForm
from django.template import Engine, Node, VariableDoesNotExist, defaultfilters
from django.template.base import FilterExpression, Variable
from django.template.context import BaseContext
from django.template.defaulttags import ForNode, RegroupNode, WithNode
from django.template.loader_tags import IncludeNode
from django.utils.functional import LazyObject

from sandbox.explain import short
from sandbox.missing import Missing, near
from sandbox.workspace import template_name

NOTES_KEPT = 20
CHOICES_KEPT = 12
NAMES_READ = 2_000
LONGEST_COMPARED = 100
OUTWARDS = 60
"""Frames from a variable to the tag that it stands in."""

type Note = dict[str, Any]

LOOKUP = Variable._resolve_lookup.__code__  # type: ignore[attr-defined]
EXPRESSION = FilterExpression.resolve.__code__
MADE = VariableDoesNotExist.__init__
PROBING_TAGS = (WithNode, IncludeNode)
SEARCHING_TAGS = (ForNode, RegroupNode)
"""They go on without what they were to go through; other tags that do are meant to try a name out."""
PROBING_FILTERS = (defaultfilters.default, defaultfilters.default_if_none, defaultfilters.yesno)
OF_DJANGO = frozenset({"True", "False", "None", "csrf_token", "forloop", "block"})


class Silence:
    """The notes of the templates that were rendered since they were last taken."""

    def __init__(self) -> None:
        self.start(())

    def start(self, paths: Iterable[str]) -> None:
        """Forget what was noted. ``paths`` are the files whose templates are looked at."""
        self.paths = {template_name(path): path for path in paths if not path.endswith(".py")}
        self.taken()

    def taken(self) -> dict[str, list[Note]]:
        """``{"silence": […]}``, or nothing where there is none. The next notes begin afresh."""
        notes = getattr(self, "notes", [])
        self.notes: list[Note] = []
        self.known: set[tuple[str, int, str, str]] = set()
        self.settled: set[Variable] = set()
        """Those of which nothing more is to be noted: one in a loop may fail ten thousand times."""
        return {"silence": notes} if notes else {}

    @property
    def full(self) -> bool:
        return len(self.notes) >= NOTES_KEPT

    def note(self, what: str, written: str, name: str, node: Node, describe: Callable[[], Note]) -> None:
        path, line = self.paths.get(node.origin.name), getattr(node.token, "lineno", None)
        if path is None or line is None or (path, line, what, written) in self.known:
            return
        self.known.add((path, line, what, written))
        about = {"owner": "", "near": [], "choices": [], **describe()}
        self.notes.append({"what": what, "written": short(written), "name": short(name), **about, "path": path, "line": line})


silence = Silence()


@contextmanager
def noted(paths: Collection[str]) -> Iterator[None]:
    """While this is entered, what templates among the files ``paths`` pass over is noted in :data:`silence`."""
    silence.start(paths)
    with ExitStack() as stack:
        stack.enter_context(instead(VariableDoesNotExist, "__init__", does_not_exist))
        stack.enter_context(instead(Engine, "string_if_invalid", StringIfInvalid()))
        filters = defaultfilters.register.filters
        stack.callback(filters.update, pluralize=filters["pluralize"])
        filters["pluralize"] = pluralize
        yield


@contextmanager
def instead(owner: type, name: str, value: Any) -> Iterator[None]:
    """While this is entered, the class has another attribute of this name."""
    before = vars(owner).get(name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        delattr(owner, name)
        if before is not None:
            setattr(owner, name, before)


# Where Django is silent


def does_not_exist(self: VariableDoesNotExist, msg: str, params: tuple[Any, ...] = ()) -> None:
    """``VariableDoesNotExist.__init__``: the one thing that happens wherever a name is looked for in vain."""
    MADE(self, msg, params)
    if not silence.full:
        with suppress(Exception):
            leads_nowhere(sys._getframe(1), *params)


class StringIfInvalid:
    """``Engine.string_if_invalid``, which is asked for where Django does not call a method. What it gives is the engine's own."""

    def __get__(self, engine: Engine | None, owner: type | None = None) -> Any:
        if engine is None:
            return self
        if not silence.full:
            with suppress(Exception):
                is_not_called(sys._getframe(1))
        return vars(engine)["string_if_invalid"]

    def __set__(self, engine: Engine, value: Any) -> None:
        vars(engine)["string_if_invalid"] = value


@wraps(defaultfilters.pluralize)
def pluralize(value: Any, *arguments: Any) -> Any:
    if not silence.full:
        with suppress(Exception):
            has_no_number(sys._getframe(1), value)
    return defaultfilters.pluralize(value, *arguments)


# What is noted


def leads_nowhere(frame: FrameType, name: str, owner: Any) -> None:
    """A lookup raises. ``owner`` is what the path had come to; of nothing, nothing can be asked."""
    if frame.f_code is not LOOKUP or frame.f_locals["self"] in silence.settled:
        return
    asking = asker(frame)
    if asking and not asking.tries_out and is_nothing(owner):
        return
    silence.settled.add(frame.f_locals["self"])
    if asking and not asking.tries_out:
        silence.note("name", asking.variable, name, asking.node, lambda: about(name, owner))


def is_nothing(value: Any) -> bool:
    return value is None or (issubclass(type(value), str) and str.__len__(value) == 0)


def is_not_called(frame: FrameType) -> None:
    """A lookup has come to something that can be called. Where it has caught an exception, ``e``, the name was right."""
    asking = asker(frame)
    if asking is None or "e" in frame.f_locals:
        return
    called, name = frame.f_locals["current"], frame.f_locals["bit"]
    what = "alters" if getattr(called, "alters_data", False) else "call"
    silence.note(what, asking.variable, name, asking.node, lambda: {"owner": owner_of(bound_to(called))})


def has_no_number(frame: FrameType, value: Any) -> None:
    if frame.f_code is EXPRESSION and not is_nothing(value) and not counts(value):
        expression, node = frame.f_locals["self"], node_of(frame)
        if node:
            silence.note("pluralize", expression.token, "pluralize", node, lambda: {"owner": owner_of(value)})


def counts(value: Any) -> bool:
    """Whether ``pluralize`` can make something of the value."""
    if issubclass(type(value), str):
        return is_number(str.__str__(value))
    return any(name in vars(kind) for kind in type(value).__mro__ for name in ("__float__", "__index__", "__len__"))


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# Who asks


@dataclass(frozen=True, slots=True)
class Asker:
    """A variable of a tag, or of a pair of braces. ``tries_out``: whether the template means to go on without it."""

    variable: str
    node: Node
    tries_out: bool


def asker(lookup: FrameType) -> Asker | None:
    """Who wants the lookup's variable; None where it is no tag of Django's way, or an argument, whose failure is raised."""
    expression = outward(lookup, 2)
    if lookup.f_code is not LOOKUP or expression is None or expression.f_code is not EXPRESSION:
        return None
    variable, whole, node = lookup.f_locals["self"], expression.f_locals["self"], node_of(expression)
    if node is None or whole.var is not variable:
        return None
    forgiving = expression.f_locals["ignore_failures"] and not isinstance(node, SEARCHING_TAGS)
    defaults = any(function is one for function, _ in whole.filters for one in PROBING_FILTERS)
    return Asker(variable.var, node, bool(forgiving or defaults or isinstance(node, PROBING_TAGS)))


def outward(frame: FrameType, steps: int) -> FrameType | None:
    return next(islice(frames(frame), steps, None), None)


def frames(frame: FrameType | None) -> Iterator[FrameType]:
    """From this one to the outermost."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def node_of(frame: FrameType) -> Node | None:
    """The innermost tag that is being rendered."""
    rendering = (one.f_locals.get("self") for one in islice(frames(frame), OUTWARDS) if one.f_code.co_name == "render")
    return next((one for one in rendering if issubclass(type(one), Node)), None)


# What there is instead


def about(name: str, owner: Any) -> Note:
    """``near`` names, in the form that the part before ``__`` would have."""
    first, keys = name.partition("__")[0], sorted(set(keys_of(owner)) - OF_DJANGO)
    return {
        "owner": "" if issubclass(type(owner), BaseContext) else owner_of(owner),
        "near": list(near_names(first, {*keys, *attributes(owner)})),
        "choices": [short(key) for key in keys[:CHOICES_KEPT]],
    }


def near_names(name: str, there: Iterable[str]) -> tuple[str, ...]:
    choices = [one for one in sorted(there) if len(one) <= LONGEST_COMPARED]
    meant = name if name in choices else ""
    return tuple(map(short, near(Missing(name, "", choices, meant)))) if len(name) <= LONGEST_COMPARED else ()


def keys_of(owner: Any) -> Iterator[str]:
    kind = type(owner)
    layers: Iterable[Any] = [owner] if issubclass(kind, dict) else owner.dicts if issubclass(kind, BaseContext) else ()
    if issubclass(kind, BaseForm):
        layers = [held(owner).get("fields", {})]
    return only_names(chain.from_iterable(dict.keys(layer) for layer in layers))


def attributes(owner: Any) -> Iterator[str]:
    """What a template could ask an object for, by what its class and itself hold."""
    if issubclass(type(owner), BaseContext):
        return iter(())
    if issubclass(type(owner), LazyObject):
        owner = held(owner).get("_wrapped")
    every = chain(dict.items(held(owner)), *(vars(kind).items() for kind in type(owner).__mro__))
    return only_names(name for name, value in every if not changes_data(value))


def changes_data(value: Any) -> bool:
    return type(value) is FunctionType and bool(vars(value).get("alters_data"))


def held(owner: Any) -> dict[str, Any]:
    with suppress(AttributeError):
        found: dict[str, Any] = object.__getattribute__(owner, "__dict__")
        return found
    return {}


def only_names(found: Iterable[Any]) -> Iterator[str]:
    return (name for name in islice(found, NAMES_READ) if type(name) is str and not name.startswith("_"))


def bound_to(called: Any) -> Any:
    return called.__self__ if type(called) in (MethodType, BuiltinMethodType) else called


def owner_of(value: Any) -> str:
    """``value`` in a learner's words: "a Book", "a QuerySet of Book", "a list", "a text"."""
    kind = type(value)
    if issubclass(kind, str):
        return "a text"
    if issubclass(kind, QuerySet | Manager):
        model = held(value).get("model")
        return short(f"a {'QuerySet' if issubclass(kind, QuerySet) else 'manager'} of {getattr(model, '__name__', '?')}")
    return short(f"a {kind.__name__}")
