"""YAML keys that several kinds add."""

import re
from typing import Any

from lessons.catalogue.keys import Key, list_of, matching, name, says
from lessons.catalogue.strict_yaml import Keyed

MAY_BE_SET = frozenset(
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

OWN = "SHOP_[A-Z_]+"

dotted = matching(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", "a dotted name, like shop.urls")


@says(
    {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"anyOf": [{"enum": sorted(MAY_BE_SET)}, {"pattern": f"^{OWN}$"}]},
        "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
    }
)
def settings(value: Any) -> dict[str, Any]:
    if not isinstance(value, Keyed) or not value:
        raise ValueError("must give settings their values: APPEND_SLASH: false")
    for key, one in value.items():
        if key not in MAY_BE_SET and not re.fullmatch(OWN, str(key)):
            raise ValueError(
                f"may not set {key}; Django's that it may: {', '.join(sorted(MAY_BE_SET))}; your own begin with SHOP_"
            )
        if not isinstance(one, str | int | bool | None):
            raise ValueError(f"must give {key} a text, a whole number, true, false or null")
    return dict(value)


TABLES = Key(list_of(name, "models' names"), "The models whose rows are compared afterwards; all of them if left out.")
URLCONF = Key(dotted, "The module with the learner's routes; the project's own if left out.")
SETTINGS = Key(settings, "Settings that hold while the exercise runs; those that begin with SHOP_ are its own.")
