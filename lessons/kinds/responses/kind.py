"""The ``responses`` kind: the learner's routes, views and middleware are asked by requests."""

import re
from typing import Any

from lessons.catalogue.keys import list_of, name, one_of
from lessons.catalogue.strict_yaml import Keyed
from lessons.grading.leftovers import CHECKS
from lessons.grading.steps import Steps
from lessons.kinds import Kind
from lessons.kinds.responses.compare import PARTS, closer, differ, finer, named, shown, why

SETTINGS = frozenset(
    {
        "APPEND_SLASH",
        "DATA_UPLOAD_MAX_MEMORY_SIZE",
        "LOGIN_REDIRECT_URL",
        "LOGIN_URL",
        "LOGOUT_REDIRECT_URL",
        "PREPEND_WWW",
        "SECURE_CONTENT_TYPE_NOSNIFF",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_HSTS_SECONDS",
        "SECURE_REFERRER_POLICY",
        "SECURE_SSL_REDIRECT",
        "X_FRAME_OPTIONS",
    }
)
"""Django's that an exercise may set. Those that begin with ``SHOP_`` are the exercise's own."""

DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def dotted(value: Any) -> str:
    if not isinstance(value, str) or not DOTTED.fullmatch(value):
        raise ValueError("must be a dotted name, like shop.urls")
    return value


def header(value: Any) -> str:
    if not isinstance(value, str) or not HEADER.fullmatch(value):
        raise ValueError("must be headers' names, like [X-Duration]")
    return value


def settings(value: Any) -> dict[str, Any]:
    if not isinstance(value, Keyed) or not value:
        raise ValueError("must give settings their values: APPEND_SLASH: false")
    for key, one in value.items():
        if key not in SETTINGS and not re.fullmatch("SHOP_[A-Z_]+", str(key)):
            raise ValueError(f"may not set {key}; Django's that it may: {', '.join(sorted(SETTINGS))}; your own begin with SHOP_")
        if not isinstance(one, str | int | bool | None):
            raise ValueError(f"must give {key} a text, a whole number, true, false or null")
    return dict(value)


STEPS = Steps(check="responses", noun="request", differ=differ, shown=shown, named=named, finer=finer, closer=closer, why=why)

KIND = Kind(
    name="responses",
    checks=("responses", *PARTS, *CHECKS),
    compare=STEPS.compare,
    same=STEPS.same,
    keys={
        "tables": list_of(name, "models' names"),
        "urlconf": dotted,
        "middleware": list_of(dotted, "dotted paths"),
        "settings": settings,
        "varying": list_of(header, "headers' names"),
        "compare": list_of(one_of(*PARTS), "parts"),
    },
    probed=True,
)
