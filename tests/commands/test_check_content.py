"""``manage.py check_content``: what a course says it does is what it does."""

import pytest

from lessons import checking, proving
from sandbox import client
from tests.commands.conftest import LESSON

WORLD = "worlds/library"


def check(command, course, *more):
    return command("check_content", "--content", course, "--json", *more)


def test_a_good_course_has_no_findings(command, course):
    done = check(command, course)
    counted = {name: done.data[name] for name in ("ok", "lessons", "exercises", "quizzes", "findings")}
    assert (done.code, counted) == (0, {"ok": True, "lessons": 1, "exercises": 1, "quizzes": 0, "findings": []})


SOLUTION = 'Author.objects.exclude(born=None).order_by("name")'
BACKWARDS = 'Author.objects.exclude(born=None).order_by("-name")'


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        (f"solution\n{SOLUTION}", "solution\nAuthor.objects.first()", "```python solution", "the solution does not pass"),
        ("starter\nAuthor.objects.all()", f"starter\n{SOLUTION}", "```python starter", "the starter passes already"),
        ("born__isnull=False", "born__isnull=True", "```python accept", "this accepted answer does not pass"),
        (
            "Author.objects.filter(born=None)",
            "Author.objects.exclude(born=None)",
            "```python wrong expect=rows",
            '"the other ones" passes',
        ),
        (
            BACKWARDS,
            'Author.objects.filter(born=None).order_by("-name")',
            "```python wrong expect=order",
            "does not fail for order",
        ),
        ("expect=order", "expect=queries", "```python wrong expect=queries", "does not fail for queries"),
        (
            f"expect=order\n{BACKWARDS}",
            f"expect=order\n[*{BACKWARDS}]\n```\n\nNo.\n\n#### Wrong: again\n\n```python wrong  expect=order\n{BACKWARDS}",
            "```python wrong  expect=order",
            'behaves as "backwards" does',
        ),
        ("Author.objects.all()[:2]", "while True: pass", "```python try", "this example ends with timeout"),
        ("Author.objects.all()[:2]", "Autor.objects.all()[:2]", "```python try", "this example does not run: NameError"),
        ("observe: rows", "observe: rwos", "observe: rwos", "rwos"),
        ("#### Hint\n\nLeave out `born=None`.\n\n", "", "### Exercise: The born", "hint"),
    ],
)
def test_a_broken_lesson_is_found_at_its_line(command, course, before, after, place, message):
    assert LESSON.count(before) == 1
    text = LESSON.replace(before, after)
    (course / "basics" / "01-counting.md").write_text(text)
    done = check(command, course)
    assert done.code == 1
    found = [(one["path"], one["line"]) for one in done.data["findings"] if message in one["message"]]
    assert found == [("elsewhere/basics/01-counting.md", text.splitlines().index(place) + 1)], done.data


def test_an_answer_whose_verdict_changes_from_run_to_run_is_found(command, course, monkeypatch):
    """The hash of a text is another one in every sandbox: these four answers pass in half of them."""
    monkeypatch.setattr(proving, "FRESH_SANDBOXES", 6)
    chancy = "".join(f"```python accept\n{SOLUTION}[hash('{word}') % 2:]\n```\n\n" for word in ("a", "b", "c", "d"))
    (course / "basics" / "01-counting.md").write_text(LESSON.replace("```python accept", f"{chancy}```python accept"))
    findings = check(command, course).data["findings"]
    assert any("this answer's verdict changes from run to run" in one["message"] for one in findings)


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "message"),
    [
        ("models.py", "class Book", "1 / 0\n\n\nclass Book", 12, "ZeroDivisionError"),
        ("models.py", "models.Model", "models.Modle", 4, "Modle"),
        ("seed.py", "name=f", "nam=f", 8, "nam"),
        ("seed.py", "def seed(rng, size):", "def seed(rng, size):\n    1 / size", 1, "ZeroDivisionError"),
        ("seed.py", "rng.randrange(900)", "__import__('random').randrange(10 ** 6)", 1, "other rows the second time"),
        ("seed.py", "def seed", "def valid():\n    return Author.objects.count() != 0\n\n\ndef seed", 1, "valid() is false"),
    ],
)
def test_a_broken_world_is_found_in_its_file(command, course, name, before, after, line, message):
    path = course / WORLD / name
    path.write_text(path.read_text().replace(before, after, 1))
    done = check(command, course)
    assert done.code == 1
    found = [(one["path"], one["line"]) for one in done.data["findings"] if message in one["message"]]
    assert found == [(f"elsewhere/{WORLD}/{name}", line)], done.data


def test_a_broken_lesson_takes_only_itself_down(command, course, file):
    (course / "basics" / "02-broken.md").write_text("---\ntitle: Broken\n")
    done = check(command, course)
    assert done.code == 1
    assert {one["path"] for one in done.data["findings"]} == {"elsewhere/basics/02-broken.md"}
    right = file('Author.objects.exclude(born=None).order_by("name")')
    assert command("grade", "basics/counting#born", right, "--content", course).code == 0


def test_only_some_lessons_are_checked_on_request(command, course):
    (course / "basics" / "02-broken.md").write_text("---\ntitle: Broken\n")
    assert check(command, course, "--only", "basics/counting").code == 0
    assert check(command, course, "--only", "basics/broken").code == 1
    assert check(command, course, "--only", "nothing").code == 2


def test_the_words_for_people_are_lines_one_can_click(command, course):
    (course / "basics" / "01-counting.md").write_text(LESSON.replace("observe: rows", "observe: rwos"))
    done = command("check_content", "--content", course)
    assert done.text.startswith('elsewhere/basics/01-counting.md:19: unknown kind "rwos"')


def test_a_sandbox_that_does_not_start_is_exit_three(command, course, monkeypatch):
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")
    assert check(command, course).code == 3


def test_an_empty_folder_is_told_what_it_lacks(command, course, tmp_path):
    (tmp_path / "empty").mkdir()
    done = check(command, tmp_path / "empty")
    assert done.code == 1
    assert any("course.yaml" in one["path"] + one["message"] for one in done.data["findings"])


def killed(command, course, text: str) -> int:
    """How many mutants a check runs when this is the lesson."""
    (course / "basics" / "01-counting.md").write_text(text)
    done = check(command, course)
    assert done.code == 0, done.data
    return done.data["mutants"]["killed"]


def test_new_words_for_learners_run_nothing_again(command, course, settings, monkeypatch):
    settings.WOODSHED_RELOAD_CONTENT = True
    assert killed(command, course, LESSON) > 0
    checking.stop()
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")  # the sandbox would not start again
    words = LESSON.replace("Who has no year?", "Whose year is unknown?").replace("Turn it round.", "Round.")
    assert killed(command, course, words.replace("Ask for a number.", "One paragraph.\n\nAnd another.")) == 0
    (course / "basics" / "01-counting.md").write_text(LESSON.replace("born__isnull=False", "born__gte=0"))
    assert check(command, course).code == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("starter\nAuthor.objects.all()", "starter\nAuthor.objects.none()"),
        (SOLUTION, 'Author.objects.exclude(born__isnull=True).order_by("name")'),
        ("born__isnull=False", "born__gte=0"),
        (BACKWARDS, f"{BACKWARDS}[:]"),
        ("queries: 1", "queries: 2"),
        ("the other ones", "other ones"),
    ],
)
def test_what_an_exercise_is_judged_by_is_run_again(command, course, settings, before, after):
    settings.WOODSHED_RELOAD_CONTENT = True
    assert killed(command, course, LESSON) > 0
    assert killed(command, course, LESSON) == 0
    assert LESSON.count(before) == 1
    assert killed(command, course, LESSON.replace(before, after)) > 0


def test_what_runs_in_a_world_that_changed_is_run_again(command, course, settings):
    settings.WOODSHED_RELOAD_CONTENT = True
    assert killed(command, course, LESSON) > 0
    seed = course / WORLD / "seed.py"
    seed.write_text(seed.read_text().replace("6 * size", "7 * size"))
    assert killed(command, course, LESSON) > 0


def test_advice_is_given_and_is_no_finding(command, course):
    done = command("check_content", "--content", course)
    assert done.code == 0
    assert "(advice)" in done.text


def test_a_world_that_only_an_exercise_names_is_seen_to_change(command, course, file, settings):
    settings.WOODSHED_RELOAD_CONTENT = True
    (course / "worlds" / "other").mkdir()
    for name in ("__init__", "models", "seed"):
        text = (course / WORLD / f"{name}.py").read_text()
        (course / "worlds" / "other" / f"{name}.py").write_text(text)
    (course / "basics" / "01-counting.md").write_text(LESSON.replace("observe: rows", "observe: rows\nworld: other"))
    right = file('[a for a in Author.objects.order_by("name") if a.born and a.name == "Author 1"]')
    assert command("grade", "basics/counting#born", right, "--content", course).code == 1
    seed = course / "worlds" / "other" / "seed.py"
    seed.write_text(seed.read_text().replace("6 * size", "min(size, 1) * 2"))
    assert command("grade", "basics/counting#born", right, "--content", course).code == 0


def test_a_missing_content_folder_is_a_usage_error(command, course, tmp_path):
    assert check(command, tmp_path / "nowhere").code == 2
