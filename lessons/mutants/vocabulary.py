"""Django's names that several operators have to know."""

LIMITS = {"gt": ("gte", "lt"), "gte": ("gt", "lte"), "lt": ("lte", "gt"), "lte": ("lt", "gte")}
TEXTS = {
    "exact": ("iexact", "contains", "startswith"),
    "iexact": ("exact", "icontains", "istartswith", "iendswith"),
    "contains": ("icontains", "startswith"),
    "icontains": ("contains", "istartswith"),
    "startswith": ("istartswith", "contains"),
    "istartswith": ("startswith", "icontains"),
    "endswith": ("iendswith", "contains"),
    "iendswith": ("endswith", "icontains"),
    "regex": ("iregex",),
    "iregex": ("regex",),
}
PARTS = ("year", "iso_year", "month", "day", "week", "week_day", "quarter", "hour", "minute", "second", "date", "time")
LOOKUPS = frozenset({*LIMITS, *TEXTS, *PARTS, "in", "range", "isnull"})
CONDITIONS = frozenset({"filter", "exclude", "get", "Q", "When", "get_object_or_404", "get_list_or_404"})
