"""In a real browser: what a Check says when its answer does not come, and that the code stays and can be sent again."""

import re

import pytest
from playwright.sync_api import Route, expect


def lost(route: Route) -> None:
    route.abort()


def answered(status: int):
    def answer(route: Route) -> None:
        route.fulfill(status=status, body="<h1>not for the bench</h1>", content_type="text/html")

    return answer


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        pytest.param(answered(403), "could not be sure that this came from you", id="forbidden"),
        pytest.param(answered(413), "too much to send", id="too large"),
        pytest.param(answered(429), "a lot in a short time", id="too many"),
        pytest.param(answered(500), "broke on our side", id="broken"),
        pytest.param(answered(502), "broke on our side", id="bad gateway"),
        pytest.param(lost, "cannot be reached", id="no network"),
    ],
)
def test_each_kind_of_trouble_has_its_own_words_and_costs_nothing(guest, lesson, trouble, words):
    exercise = lesson.exercises[0]
    guest.opens_the_lesson()
    guest.page.route("**/check/", trouble)
    guest.checks(exercise, exercise.solution.code)
    expect(guest.verdict(exercise)).to_contain_text(words)
    expect(guest.page.get_by_role("status")).to_contain_text(words)
    expect(guest.answer(exercise)).to_have_value(exercise.solution.code)
    guest.page.unroute("**/check/")
    guest.troubles.clear()
    guest.bench(exercise).get_by_role("button", name="Check").click()
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))
