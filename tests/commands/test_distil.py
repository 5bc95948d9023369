"""``manage.py distil_content``: hidden data that tells a solution from its mutants, and ``check_content``'s word on it."""

import json
import shutil

import pytest

from lessons import leaks, recipes
from lessons.recipes import Built, Chosen, Seeded
from lessons.scoring import score
from sandbox import client
from tests.commands.conftest import LESSON

KEY = "basics/counting#born"
SOLUTION = 'Author.objects.exclude(born=None).order_by("name")'
STORED = (Seeded(seed=101, size=0.5), Seeded(seed=202, size=1.5))
"""The library's own seed makes authors in the order of their names."""
WEAK = (Seeded(seed=101, size=0),)
"""Without rows, no order is wrong."""
EXERCISE_LINE = LESSON.splitlines().index("### Exercise: The born") + 1
SOLUTION_LINE = LESSON.splitlines().index(SOLUTION) + 1
PLACE = "elsewhere/basics/01-counting.md"


def distil(command, course, *more):
    return command("distil_content", "--content", course, "--json", *more)


def check(command, course, *more):
    return command("check_content", "--content", course, "--json", *more)


def findings(command, course, *more):
    return [(one["path"], one["line"], one["message"]) for one in check(command, course, *more).data["findings"]]


def rewrite(course, before, after):
    path = course / "basics" / "01-counting.md"
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))


def put(course, databases, digest=None):
    """The course's hidden data, chosen by hand for its present version."""
    known = recipes.read(course).chosen.get(KEY)
    recipes.write(course, {KEY: Chosen(digest or (known.digest if known else ""), databases)})


@pytest.fixture(scope="module")
def once():
    """What was chosen for the small course, so that it need not be chosen for each test."""
    return {}


@pytest.fixture
def distilled(command, course, settings, once):
    settings.WOODSHED_RELOAD_CONTENT = True
    if not once:
        assert distil(command, course).code == 0
        once["text"] = (course / "hidden.json").read_text()
    (course / "hidden.json").write_text(once["text"])
    return course


def test_every_mutant_is_told_apart_by_few_databases_of_both_sorts(command, distilled):
    done = distil(command, distilled)
    about = done.data["exercises"][KEY]
    assert about["mutants"] >= 5
    assert about["survivors"] == []
    assert {type(one) for one in recipes.read(distilled).chosen[KEY].databases} == {Seeded, Built}
    assert len(about["databases"]) == 2
    found = check(command, distilled).data
    assert (found["findings"], found["notes"]) == ([], [])
    assert found["mutants"] == {"killed": about["mutants"], "passing": 0, "waived": 0}


def test_the_same_content_gives_the_same_file(command, distilled, tmp_path):
    first = (distilled / "hidden.json").read_bytes()
    assert distil(command, distilled).data["changed"] is False
    again = shutil.copytree(distilled, tmp_path / "again" / "elsewhere")
    (again / "hidden.json").unlink()
    assert distil(command, again).data["changed"] is True
    assert (again / "hidden.json").read_bytes() == first


def test_answers_that_only_fit_the_visible_rows_do_not_pass(command, distilled, file):
    assert command("grade", KEY, file(SOLUTION), "--content", distilled).code == 0
    for answer in (
        f"{SOLUTION}[:5]",
        "Author.objects.filter(pk__in=[2, 3, 4, 5, 6])",
        'Author.objects.exclude(name="Author 0").order_by("name")',
        'Author.objects.filter(born__gt=1900).order_by("born")',
    ):
        done = command("grade", KEY, file(answer), "--content", distilled, "--json")
        assert (done.code, done.data["headline"]) == (1, "Right on this data, but not on other data"), answer


def test_an_answer_that_is_right_as_rows_are_stored_does_not_pass(command, distilled, file):
    put(distilled, STORED)
    done = command("grade", KEY, file("Author.objects.exclude(born=None)"), "--content", distilled, "--json")
    assert (done.code, done.data["headline"]) == (1, "Right on SQLite, but not on every database")
    assert "nothing puts in order" in done.data["likely"]


def test_a_course_without_recipes_is_tried_on_three_seeded_databases_and_told(command, course):
    rewrite(course, f"solution\n{SOLUTION}", 'solution\nAuthor.objects.exclude(born=None).order_by("name", "-pk")')
    done = check(command, course)
    assert (done.code, done.data["findings"]) == (0, [])
    notes = [(one["path"], one["message"]) for one in done.data["notes"]]
    assert ("elsewhere/hidden.json", notes[-1][1]) in notes
    assert any("three seeded databases" in message and "distil_content" in message for _, message in notes)
    assert any("the mutant drop--pk@1 passes" in message for _, message in notes)
    assert "(note)" in command("check_content", "--content", course).text


def test_recipes_for_another_version_are_stale(command, distilled):
    rewrite(distilled, f"solution\n{SOLUTION}", f"solution\n{SOLUTION}.all()")
    stale = [(path, line) for path, line, message in findings(command, distilled) if "another version" in message]
    assert stale == [(PLACE, EXERCISE_LINE)]


def test_recipes_for_another_world_are_stale(command, distilled):
    models = distilled / "worlds" / "library" / "models.py"
    models.write_text(models.read_text() + "\n\nclass Shelf(models.Model):\n    name = models.CharField(max_length=9)\n")
    assert any("another version" in message for _, _, message in findings(command, distilled))


def test_words_may_change_without_choosing_again(command, distilled):
    rewrite(distilled, "Who has no year?", "Who is without a year?")
    rewrite(distilled, "Ask for a number.", "Ask for a number.\n\nAsk twice.")
    assert findings(command, distilled) == []


def test_an_exercise_without_recipes_is_found_in_a_course_that_has_some(command, distilled):
    (distilled / "hidden.json").write_text("{}")
    assert (PLACE, EXERCISE_LINE, f"no hidden data has been chosen for this exercise: {leaks.DISTIL}") in findings(
        command, distilled
    )


def test_recipes_for_no_exercise_are_found_at_their_line(command, distilled):
    chosen = recipes.read(distilled).chosen
    recipes.write(distilled, {**chosen, "basics/gone#x": chosen[KEY]})
    line = (distilled / "hidden.json").read_text().splitlines().index('  "basics/gone#x": {') + 1
    gone = ("elsewhere/hidden.json", line, f"there is no exercise basics/gone#x: {leaks.DISTIL}")
    assert findings(command, distilled) == [gone]
    distil(command, distilled)
    assert findings(command, distilled) == []


def test_a_mutant_that_passes_is_found_at_its_line_by_the_name_that_waives_it(command, distilled):
    put(distilled, WEAK)
    found = findings(command, distilled)
    assert [(path, line, message.split(" (")[0]) for path, line, message in found] == [
        (PLACE, SOLUTION_LINE, "the mutant drop-order_by@1 passes"),
        (PLACE, SOLUTION_LINE, "the mutant slice-to-seen@1 passes"),
    ]
    waived = "waive:\n  drop-order_by@1: this is only a test\n  slice-to-seen@1: and this\n"
    rewrite(distilled, "queries: 1\n", f"queries: 1\n{waived}")
    assert findings(command, distilled) == []
    assert check(command, distilled, "--again").data["mutants"]["waived"] == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("drop-order_byy@1", "no mutant of this solution is called drop-order_byy@1; did you mean drop-order_by@1?"),
        ("nonsense", "no mutant of this solution is called nonsense"),
        ("drop-exclude@1", "the mutant drop-exclude@1 does not pass, so it needs no waiver"),
    ],
)
def test_a_waiver_needs_a_mutant_that_passes(command, distilled, name, message):
    rewrite(distilled, "queries: 1\n", f"queries: 1\nwaive:\n  {name}: because\n")
    lines = (distilled / "basics" / "01-counting.md").read_text().splitlines()
    assert findings(command, distilled) == [(PLACE, lines.index(f"  {name}: because") + 1, message)]


def test_wrong_answers_are_told_apart_too(command, course, settings):
    """One that is wrong only where somebody was born before 1900, as nobody was in the visible library."""
    settings.WOODSHED_RELOAD_CONTENT = True
    late = 'Author.objects.filter(born__gte=1900).order_by("name")'
    rewrite(course, "Author.objects.filter(born=None).order_by", "Author.objects.filter(born__gte=1900).order_by")
    assert late in (course / "basics" / "01-counting.md").read_text()
    assert any('"the other ones" passes' in message for _, _, message in findings(command, course))
    distil(command, course)
    assert findings(command, course) == []


def test_only_what_is_asked_for_is_chosen_again(command, distilled):
    put(distilled, WEAK)
    before = (distilled / "hidden.json").read_bytes()
    assert distil(command, distilled, "--only", "basics/other").code == 2
    assert (distilled / "hidden.json").read_bytes() == before
    assert distil(command, distilled, "--only", "basics/").data["changed"] is True


def test_what_was_right_is_not_run_again_until_it_changes(command, distilled, monkeypatch):
    scored = []

    def counted(served, exercise):
        scored.append(exercise.id)
        return score(served, exercise)

    monkeypatch.setattr("lessons.proving.score", counted)
    assert [findings(command, distilled) for _ in range(2)] == [[], []]
    assert scored == ["born"]
    assert findings(command, distilled, "--again") == []
    rewrite(distilled, "Who has no year?", "Who is without a year?")
    assert findings(command, distilled) == []
    assert scored == ["born"] * 2
    rewrite(distilled, "born__isnull=False", "born__gte=0")
    assert findings(command, distilled) == []
    assert scored == ["born"] * 3


def test_without_a_sandbox_nothing_is_chosen(command, course, monkeypatch):
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")
    assert distil(command, course).code == 3
    assert not (course / "hidden.json").exists()


def test_a_world_whose_seed_is_broken_is_said(command, course):
    seed = course / "worlds" / "library" / "seed.py"
    seed.write_text(seed.read_text().replace("def seed(rng, size):", "def seed(rng, size):\n    1 / (size // 1)"))
    done = distil(command, course)
    assert done.code == 2
    assert "ZeroDivisionError" in done.data["error"]


def test_the_words_for_people_count_mutants(command, course):
    text = command("distil_content", "--content", course).text
    assert f"{KEY}: 2 databases tell" in text
    assert json.loads((course / "hidden.json").read_text())
