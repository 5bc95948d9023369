"""A name that an exception is about, because it does not exist: what it was looked for on, and what it was probably meant to be.

Django's messages name the wrong word but often not the model it was looked for on; the frames of its own query builder do.
"""

import builtins
import difflib
import re
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.state import ProjectState
from django.db.models import Field, Manager, Model, QuerySet
from django.db.models.sql.query import get_field_names_from_opts  # type: ignore[attr-defined]
from django.template import TemplateSyntaxError
from django.urls import NoReverseMatch


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that was looked for on an owner that has others. ``meant`` is the one that was certainly meant, if any was."""

    name: str
    owner: str
    choices: Collection[str]
    meant: str = ""
    cutoff: float = 0.6
    """How near another name has to be, from 0 to 1."""


def near(missing: Missing) -> tuple[str, ...]:
    if missing.meant:
        return (missing.meant,)
    folded = {choice.casefold(): choice for choice in missing.choices}
    found = difflib.get_close_matches(missing.name.casefold(), folded, n=3, cutoff=missing.cutoff)
    return tuple(folded[choice] for choice in found)


def missing_name(problem: BaseException) -> Missing | None:
    """What the exception is about, when it is about a name that does not exist."""
    with suppress(Exception):
        for kind, find in FINDERS:
            if isinstance(problem, kind):
                return find(problem)
    return None


def _attribute(problem: AttributeError) -> Missing | None:
    if invalid := re.match(r"Cannot find '(\w+)' on (\w+) object, '([\w]+)' is an invalid parameter", str(problem)):
        return _prefetch(problem, invalid[1])
    if problem.name is None:
        return None
    names = [name for name in dir(problem.obj) if not name.startswith("_")]
    return Missing(problem.name, owner_of(problem.obj), names, meant=on_manager(problem.obj, problem.name))


def on_manager(owner: Any, name: str) -> str:
    """``objects.filter`` for the ``filter`` of a model's class."""
    is_model = isinstance(owner, type) and issubclass(owner, Model)
    return f"objects.{name}" if is_model and hasattr(getattr(owner, "objects", None), name) else ""


def _prefetch(problem: AttributeError, name: str) -> Missing | None:
    found = local(problem.__traceback__, "prefetch_related_objects", "first_obj")
    return on_model(type(found), name, relations_only=True) if isinstance(found, Model) else None


def _name(problem: NameError) -> Missing | None:
    learners = deepest(problem.__traceback__)
    scope = {**learners.tb_frame.f_globals, **learners.tb_frame.f_locals} if learners else {}
    # ``price`` is a field without its quotes, not a misspelt ``print``: a built-in name has to be very near.
    folded = {name.casefold(): name for name in dir(builtins)}
    builtin = difflib.get_close_matches((problem.name or "").casefold(), folded, n=1, cutoff=0.85)
    names = (*scope, *(folded[name] for name in builtin))
    # At 0.6, ``reorder_at`` is near ``Order`` and ``date`` is near ``datetime``.
    return Missing(problem.name or "", "", [name for name in names if not name.startswith("_")], cutoff=0.7)


def _field_error(problem: FieldError) -> Missing | None:
    message = str(problem)
    if found := re.match(r"Cannot resolve keyword '([^']*)' into field", message):
        opts = local(problem.__traceback__, "names_to_path", "opts") or local(problem.__traceback__, "add_fields", "opts")
        return on_opts(opts, found[1]) if opts else listed(message, found[1], "")
    if found := re.match(r"Unsupported lookup '(\w+)' for (\w+)", message):
        return _lookup(problem, found[1], found[2])
    if found := re.match(r"Invalid field name\(s\) given in select_related: '(\w+)'", message):
        opts = local(problem.__traceback__, "get_related_selections", "opts")
        return listed(message, found[1], opts.object_name if opts else "")
    return None


def _lookup(problem: FieldError, name: str, field: str) -> Missing | None:
    """``price__gtt``: no such lookup. ``author__nmae``: a lookup on a relation is more probably a field of the other model."""
    lhs = local(problem.__traceback__, "try_transform", "lhs")
    output = lhs.output_field
    first = name.split("__")[0]
    if output.is_relation and output.related_model:
        return on_model(output.related_model, first)
    return Missing(first, field, list(output.get_lookups()))


def _no_field(problem: FieldDoesNotExist) -> Missing | None:
    if missing := in_state(problem):
        return missing
    found = re.match(r"(\w+) has no field named '(\w+)'", str(problem))
    opts = local(problem.__traceback__, "get_field", "self")
    return on_opts(opts, found[2]) if found and opts else None


def _unexpected_keyword(problem: TypeError) -> Missing | None:
    found = re.match(r"(\w+)\(\) got unexpected keyword arguments: '(\w+)'", str(problem))
    model = local(problem.__traceback__, "__init__", "self")
    return on_model(type(model), found[2]) if found and isinstance(model, Model) else None


def _import(problem: ImportError) -> Missing | None:
    found = re.match(r"cannot import name '(\w+)' from '([\w.]+)'", str(problem))
    if not found:
        return Missing(problem.name or "", "", ())
    module = __import__(found[2], fromlist=["*"])
    return Missing(found[1], found[2], [name for name in dir(module) if not name.startswith("_")])


def _value(problem: Exception) -> Missing | None:
    """The name of a field of the same model, given as a text where a number or a date is asked for."""
    found = re.search(r"expected a number but got '(\w+)'|“(\w+)” value", str(problem))
    field = local(problem.__traceback__, "get_prep_value", "self")
    opts = field.model._meta if found else None
    name = found[1] or found[2] if found else ""
    names = get_field_names_from_opts(opts)
    return Missing(name, opts.object_name, names, meant=name) if opts and name in names else None


def _template(problem: TemplateSyntaxError) -> Missing | None:
    """A filter's or a tag's name that is near one there is; others may only not have been loaded."""
    if found := re.search(r"Invalid filter: '(\w+)'", str(problem)):
        return likely(found[1], "filter", local(problem.__traceback__, "find_filter", "self").filters)
    if found := re.search(r"Invalid block tag on line \d+: '(?!end)(\w+)", str(problem)):
        return likely(found[1], "tag", local(problem.__traceback__, "invalid_block_tag", "self").tags)
    return None


def _route(problem: NoReverseMatch) -> Missing | None:
    found = re.match(r"Reverse for '([\w-]+)' not found", str(problem))
    resolver = local(problem.__traceback__, "_reverse_with_prefix", "self")
    return likely(found[1], "route", [name for name in resolver.reverse_dict if type(name) is str]) if found else None


def _dependency(problem: NodeNotFoundError) -> Missing | None:
    graph = local(problem.__traceback__, "validate_consistency", "self")
    app, name = problem.node
    known = {other for label, other in graph.nodes if label == app} - {name, getattr(problem.origin, "name", "")}
    return likely(name, "migration", sorted(known))


def _model(problem: LookupError) -> Missing | None:
    """``apps.get_model("club", "Crad")``"""
    found = re.match(r"App '(\w+)' doesn't have a '(\w+)' model|No installed app with label '(\w+)'", str(problem))
    if not found:
        return in_state(problem)
    if found[3]:
        return likely(found[3], "app", local(problem.__traceback__, "get_app_config", "self").app_configs)
    app = local(problem.__traceback__, "get_model", "self")
    return likely(found[2], "model", [model.__name__ for model in app.get_models()])


def in_state(problem: Exception) -> Missing | None:
    """A model or a field that an operation of a migration names, and that is not there at that point."""
    frames = [link.tb_frame.f_locals for link in chain(problem.__traceback__)]
    names = next((one for one in reversed(frames) if isinstance(one.get("self"), ProjectState)), None)
    if names is None:
        return None
    models = names["self"].models
    key = names.get("model_key") or (names["app_label"], names["model_name"])
    if key not in models:
        return likely(key[1], "model", [model for label, model in models if label == key[0]])
    owner = models[key].name if isinstance(problem, FieldDoesNotExist) else "field"
    return likely(names.get("old_name") or names["name"], owner, models[key].fields)


def likely(name: str, owner: str, choices: Iterable[str]) -> Missing | None:
    missing = Missing(name, owner, list(choices))
    return missing if near(missing) else None


FINDERS: tuple[tuple[type[BaseException], Callable[[Any], Missing | None]], ...] = (
    (FieldError, _field_error),
    (FieldDoesNotExist, _no_field),
    (AttributeError, _attribute),
    (NameError, _name),
    (TypeError, _unexpected_keyword),
    (ImportError, _import),
    (ValueError, _value),
    (ValidationError, _value),
    (TemplateSyntaxError, _template),
    (NoReverseMatch, _route),
    (NodeNotFoundError, _dependency),
    (LookupError, _model),
)


def on_model(model: type[Model], name: str, *, relations_only: bool = False) -> Missing:
    if not relations_only:
        return on_opts(model._meta, name)
    relations = (field for field in model._meta.get_fields() if field.is_relation)
    return Missing(name, model.__name__, [accessor(field) for field in relations])


def accessor(field: Any) -> str:
    """The attribute an instance offers for a relation: ``book_set`` backward, the field's name forward."""
    return str(field.get_accessor_name() if field.auto_created else field.name)


def on_opts(opts: Any, name: str) -> Missing:
    return Missing(name, opts.object_name, get_field_names_from_opts(opts), meant=parted(opts, name))


def parted(opts: Any, name: str) -> str:
    """``price__gte`` for ``price_gte``: a field's name, one underscore, and a lookup or a field of the model behind it."""
    ways = ((field.name, name.removeprefix(f"{field.name}_")) for field in opts.get_fields())
    follows = {field.name: after(field) for field in opts.get_fields()}
    return next((f"{field}__{rest}" for field, rest in ways if rest != name and rest in follows[field]), "")


def after(field: Any) -> set[str]:
    """What may follow a field's name and ``__``."""
    lookups = set(field.get_lookups()) if isinstance(field, Field) else set()
    return lookups | (get_field_names_from_opts(field.related_model._meta) if field.related_model else set())


def listed(message: str, name: str, owner: str) -> Missing:
    """Django's own list of what there is, from the end of its message."""
    _, _, choices = message.partition("Choices are: ")
    return Missing(name, owner, [choice.strip(" .") for choice in choices.split(",") if choice.strip(" .")])


def owner_of(value: Any) -> str:
    """``value`` in a learner's words."""
    if isinstance(value, QuerySet | Manager):
        return f"a {'QuerySet' if isinstance(value, QuerySet) else 'manager'} of {value.model.__name__}"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Model | Field):
        return f"a {type(value).__name__}"
    return f"the module {value.__name__}" if type(value).__name__ == "module" else f"a {type(value).__name__}"


def chain(start: TracebackType | None) -> Iterable[TracebackType]:
    while start is not None:
        yield start
        start = start.tb_next


def deepest(start: TracebackType | None) -> TracebackType | None:
    return next(reversed(list(chain(start))), None)


def local(start: TracebackType | None, function: str, name: str) -> Any:
    """The local variable ``name`` of the deepest frame of ``function`` on the way to the exception, or None."""
    frames = [link.tb_frame for link in chain(start) if link.tb_frame.f_code.co_name == function]
    return frames[-1].f_locals.get(name) if frames else None
