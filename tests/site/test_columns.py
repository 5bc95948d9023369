"""Wide tables: what decides is in sight."""

import re

import pytest

from lessons.grading.types import Diff, DiffRow, Mark, Status, Verdict
from lessons.views import columns
from sandbox.protocol import File, Result
from tests.site.conftest import HTMX, bench, code, seen

pytestmark = pytest.mark.django_db

NAMES = ("id", "title", "subtitle", "publisher_id", "pages", "price", "in_print")
ROW = ("1", "Dune", "", "3", "412", "9.50", "True")


def table(html: str, caption: str) -> list[list[str]]:
    part = html.partition(caption)[2].partition("</table>")[0]
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in part.split("<tr")[1:]]


def saw(kind: str, names=NAMES, rows=(ROW,)):
    found = {"kind": kind, "columns": list(names), "cells": [list(row) for row in rows], "total": len(rows)}
    return seen(results=(Result(label="visible", seen=found, queries=1),))


def off(*rows: DiffRow) -> Verdict:
    return Verdict(status=Status.FAILED, headline="Off", diff=Diff(NAMES, rows))


def heads(html: str) -> list[str]:
    return re.findall(r'<th scope="col">([^<]*)</th>', html)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Book.objects.filter(in_print=False)", ["id", "title", "in_print"]),
        ("Book.objects.order_by('-price', 'pages')", ["id", "title", "pages", "price"]),
        ("Book.objects.filter(publisher__name='x')", ["id", "title", "publisher_id"]),
        ("Book.objects.all()", ["id", "title", "subtitle"]),
    ],
)
def test_the_columns_that_the_code_names_come_after_the_first_two(client, judge, written, first):
    judge.observation = saw("instances")
    html = client.post(bench("run"), code(written), headers=HTMX).content.decode()
    assert heads(html)[: len(first)] == first
    assert sorted(heads(html)) == sorted(NAMES)
    assert table(html, "The rows your code gave")[1] == [ROW[NAMES.index(name)] for name in heads(html)]


def test_the_columns_of_a_check_s_rows_and_diff_are_in_one_order(client, judge):
    judge.observation, judge.verdict = saw("instances"), off(DiffRow(Mark.MISSING, ROW))
    html = client.post(bench("check"), code("Book.objects.filter(in_print=False)"), headers=HTMX).content.decode()
    before, after = heads(html)[:7], heads(html)[7:]
    assert before == after
    assert before[2] == "in_print"


def test_the_columns_that_differ_come_first_whatever_the_code_says(client, judge):
    judge.observation = saw("instances")
    judge.verdict = off(DiffRow(Mark.MISSING, ROW), DiffRow(Mark.EXTRA, (*ROW[:5], "9.00", "True")))
    html = client.post(bench("check"), code("x"), headers=HTMX).content.decode()
    assert heads(html)[:3] == ["id", "title", "price"]


def test_rows_of_different_keys_do_not_differ_in_a_column():
    rows = (DiffRow(Mark.MISSING, ROW), DiffRow(Mark.EXTRA, ("2", *ROW[1:5], "1", "False")))
    assert columns.differing(Diff(NAMES, rows)) == frozenset()


@pytest.mark.parametrize("kind", ["tuples", "dicts", "mixed"])
def test_the_places_of_an_answer_that_chose_them_itself_stay(client, judge, kind):
    judge.observation, judge.verdict = saw(kind), off(DiffRow(Mark.MISSING, ROW))
    html = client.post(bench("check"), code("values('in_print')"), headers=HTMX).content.decode()
    assert heads(html) == [*NAMES, *NAMES]


def test_rows_of_another_length_than_their_heads_are_left_alone():
    panels = {"seen": {"kind": "instances", "columns": ["id", "title", 3], "cells": [[1], [1, "Dune", None, 4]]}}
    assert columns.arranged(panels, (File("answer.py", "x"),)) == panels


def test_an_observer_that_somebody_spoke_for_takes_no_page_down(client, judge):
    judge.observation = seen(results=(Result(label="visible", seen={"kind": "instances"}, queries=1),))
    assert client.post(bench("run"), code("x"), headers=HTMX).status_code == 200
