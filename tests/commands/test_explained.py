"""What is said of a wrong answer that no author has foreseen."""

import pytest

from lessons import checking, course, diagnosis
from lessons.trials import Once
from sandbox.protocol import File, Observation, Outcome
from tests.commands.test_distil import SOLUTION


@pytest.fixture
def verdict(settings):
    """``verdict("models/lookups#eldest", code)``: the verdict on an answer to one of the course's exercises."""

    def verdict(key, code):
        exercise = course.current().exercise(key)
        assert exercise
        return checking.check(exercise, (File(exercise.paths[0], code),)).verdict

    return verdict


def test_a_mutant_of_the_solution_that_does_the_same_says_what_was_done(verdict):
    found = verdict("models/lookups#ten-to-twelve", 'Book.objects.filter(price__range=(11, 12)).order_by("price").all()')
    assert "look at 10" in found.likely, found.likely
    assert found.feedback_html == ""


def test_the_right_answer_that_is_most_like_the_learners_is_looked_at_first(verdict):
    code = "sorted(Book.objects.filter(price__gt=10, price__lte=12), key=lambda book: book.price)"
    likely = verdict("models/lookups#ten-to-twelve", code).likely
    assert likely == "Yours behaves as if `price__gte` were `price__gt`: look at 10 itself.", likely


def test_a_mutant_of_another_right_answer_says_it_too(verdict):
    code = 'Book.objects.filter(published__gt="2020-01-01", published__lt="2021-01-01").count()'
    assert "`published__gte` were `published__gt`: look at 2020-01-01 itself" in verdict("models/lookups#in-2020", code).likely


def test_the_authors_words_come_first(verdict):
    code = 'Book.objects.filter(published__gte="2020-01-01", published__lte="2021-01-01").count()'
    found = verdict("models/lookups#in-2020", code)
    assert (found.feedback_title, found.likely) == ("one day too many", "")


LEANING = [
    (
        'Author.objects.order_by(F("born").asc(nulls_first=True), "name")',
        "order: [born, name]",
        'Author.objects.order_by("born", "name")',
        "SQLite puts `NULL` before every value",
    ),
    (
        'Author.objects.filter(name__icontains="AUTHOR").order_by("name")',
        "order: [name]",
        'Author.objects.filter(name__contains="AUTHOR").order_by("name")',
        "`icontains` and its like ignore capitals",
    ),
    (
        'Author.objects.order_by("name")[:2]',
        "order: [name]",
        "Author.objects.all()[:2]",
        "rows that nothing puts in order",
    ),
]


def asking(course, solution, order):
    """The small course, asking for something else."""
    path = course / "basics" / "01-counting.md"
    text = path.read_text()
    for before, after in ((f"solution\n{SOLUTION}", f"solution\n{solution}"), ("order: [name]", order)):
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)


@pytest.mark.parametrize(("solution", "order", "answer", "words"), LEANING)
def test_what_is_right_on_sqlite_alone_is_said(command, course, file, solution, order, answer, words):
    asking(course, solution, order)
    found = command("grade", "basics/counting#born", file(answer), "--content", course, "--json").data
    assert found["headline"] == "Right on SQLite, but not on every database", found
    assert words in found["likely"]


@pytest.mark.parametrize(
    ("solution", "words"),
    [
        ('Author.objects.order_by("born")', "the solution leaves open where NULL stands in the order"),
        ('Author.objects.exclude(pk__in=Author.objects.all()[:1]).order_by("name")', "which of several equal rows comes first"),
    ],
)
def test_an_author_is_told_what_the_solution_leaves_to_the_database(command, course, solution, words):
    asking(course, solution, "order: [born]" if "born" in solution else "order: [name]")
    found = command("check_content", "--content", course, "--json").data["findings"]
    assert any(words in one["message"] for one in found), found


def test_the_smallest_database_on_which_it_goes_wrong_is_shown_without_the_answer(verdict):
    first = 'Author.objects.exclude(born=None).order_by("born", "name")[0]'
    code = f"{first} if Author.objects.count() > 20 else Author.objects.exclude(born=None).order_by('-name')[0]"
    found = verdict("models/lookups#eldest", code)
    assert found.headline == "Right on this data, but not on other data"
    (authors,) = found.counterexample.tables
    assert (authors.name, authors.columns) == ("Author", ("id", "name", "born", "country"))
    named = [row[1] for row in authors.rows if row[2] != "None"]
    assert found.counterexample.given.rows == ((max(named),),)


def test_an_answer_that_is_wrong_here_already_needs_no_other_database(verdict):
    assert verdict("models/lookups#eldest", "Author.objects.last()").counterexample is None


def test_mutants_are_tried_once_for_all_learners(verdict, monkeypatch):
    asked = []
    tried = diagnosis.suspects

    def counted(*about):
        asked.append(about)
        return tried(*about)

    monkeypatch.setattr(diagnosis, "suspects", counted)
    for limit in (3, 4):
        verdict("models/q-and-f#below-list", f"Book.objects.all()[:{limit}]")
    assert len({right.line for _, _, right in asked}) == len(asked)


def test_without_the_sandbox_the_verdict_stays_as_it_was(verdict, monkeypatch):
    gone = Observation(outcome=Outcome.UNAVAILABLE)
    monkeypatch.setattr(diagnosis, "wrong_on_twin", lambda *_: (_ for _ in ()).throw(OSError(gone.outcome)))
    code = "Author.objects.exclude(born=None).order_by('born', 'name')[0] if Author.objects.count() > 20 else None"
    found = verdict("models/lookups#eldest", code)
    assert (found.status, found.likely, found.counterexample) == ("failed", "", None)


def test_a_diagnosis_that_breaks_takes_no_verdict_down(verdict, monkeypatch):
    def breaks(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(checking, "explained", breaks)
    found = verdict("models/lookups#eldest", "Author.objects.last()")
    assert (found.status, found.likely) == ("failed", "")


def test_who_comes_while_mutants_are_tried_does_not_wait():
    once = Once()
    inside = []

    def work():
        inside.append(once.get_now("key", lambda: "second", bool))
        return "first"

    assert once.get_now("key", work, bool) == "first"
    assert inside == [None]
    assert once.get_now("key", lambda: "third", bool) == "first"
