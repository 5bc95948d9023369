"""The names that are there without an import in a QuerySet exercise."""

import datetime  # noqa: ICN001 - learners write it in full
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import (
    Avg,
    Case,
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
    Window,
    functions,
)
from django.utils import timezone

NAMES: Mapping[str, Any] = {
    one.__name__: one
    for one in (Avg, Case, Count, Decimal, Exists, F, Max, Min, OuterRef, Prefetch, Q, Subquery, Sum, Value, When, Window)
} | {"__name__": "answer", "models": models, "functions": functions, "datetime": datetime, "timezone": timezone}
