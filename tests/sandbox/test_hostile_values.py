"""Values that lie, loop, overflow or hold themselves are shown as far as they go, and harm nobody."""

import pytest


@pytest.mark.parametrize(
    ("code", "encoded"),
    [
        ("2 ** 63", ["int", "9223372036854775808"]),
        ("-2 ** 63", -(2**63)),
        ("10 ** 5000", ["other", "int", "a number of about 5,000 digits"]),
        ("float('nan')", ["float", "nan"]),
        ("-float('inf')", ["float", "-inf"]),
        ("'\\ud800'", "?"),
        ("'a\\0b'", "a\0b"),
        ("Decimal('2.50')", ["decimal", "2.50"]),
        ("Decimal('NaN')", ["decimal", "NaN"]),
        ("datetime.date(2020, 1, 31)", ["date", "2020-01-31"]),
        (
            "datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))",
            ["datetime", "2020-01-01T10:00:00+00:00"],
        ),
        ("datetime.timedelta(minutes=1)", ["timedelta", 60.0]),
        ("b'\\x00\\xff'", ["bytes", "00ff"]),
        ("{1: [2, (3,)]}", ["dict", [[1, ["list", [2, ["tuple", [3]]]]]]]),
        ("frozenset([1])", ["set", [1]]),
        ("type('S', (str,), {'__str__': lambda s: 'lie'})('true')", "true"),
        ("type('I', (int,), {'__add__': lambda a, b: 99})(1)", 1),
        ("type('T', (tuple,), {'__iter__': lambda s: iter('lie')})([1])", ["tuple", [1]]),
        ("type('D', (dict,), {'items': lambda s: [('a', 'lie')]})(a=1)", ["dict", [["a", 1]]]),
        ("type('X', (), {'__repr__': lambda s: 1 / 0})()", ["other", "X", "…"]),
        ("type('X', (), {'__repr__': lambda s: 5})()", ["other", "X", "…"]),
        ("type('X', (), {'__class__': str, '__repr__': lambda s: 'x'})()", ["other", "X", "x"]),
        ("object()", ["other", "object", "<object object>"]),
        ("True", True),
        ("None", None),
    ],
)
def test_a_value_is_encoded(see, code, encoded):
    assert see(code, "value")["value"] == encoded


def test_a_long_text_is_cut_and_two_long_ones_still_differ(see):
    one = see("'a' * 50_000 + 'b'", "value")["value"]
    other = see("'a' * 50_000 + 'c'", "value")["value"]
    assert one != other
    assert len(one) < 10_100


@pytest.mark.parametrize(
    "code",
    [
        "x = []\nx.append(x)\nx",
        "x = {}\nx['x'] = x\nx",
        "x = []\nfor n in range(100_000): x = [x]\nx",
        "x = []\nx.extend([x] * 3)\n[x]",
        "[type('X', (), {'__eq__': lambda s, o: True, '__hash__': lambda s: 1})()]",
    ],
)
def test_nested_and_lying_containers_end(look, code):
    for observer in ("rows", "value"):
        assert look(code, observer).outcome in ("ok", "output")
