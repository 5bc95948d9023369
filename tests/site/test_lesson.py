import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from lessons import course, services
from lessons.state import of_lesson
from lessons.views import motifs
from tests.factories import FAILED, PASSED, DraftFactory, ProgressFactory, QuizAnswerFactory, SubmissionFactory, UserFactory
from tests.site.conftest import LESSON

pytestmark = pytest.mark.django_db

SECRETS = [
    "the-solution",
    "the-alternative",
    "Why-it-works",
    "The first hint",
    "The second hint",
    "That is every book",
    "Yes, that is when",
]


def page(client, address: str = LESSON):
    return client.get(address).content.decode()


def test_the_parts_come_in_the_lessons_order(client):
    html = page(client)
    places = [
        html.index(part)
        for part in ("Rows are what", 'id="try-1"', 'id="quiz-lazy"', 'id="bench-dear-books"', 'id="bench-how-many"')
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("secret", SECRETS)
def test_nothing_is_in_the_page_before_it_is_earned(client, secret):
    assert secret not in page(client)


def test_a_failed_attempt_earns_nothing(signed_in, guest):
    SubmissionFactory.create(learner=guest)
    ProgressFactory.create(learner=guest, attempts=1)
    assert not [secret for secret in SECRETS if secret in page(signed_in)]


def test_after_a_pass_the_solution_and_its_alternatives_can_be_read(signed_in, guest):
    SubmissionFactory.create(learner=guest, status="passed", verdict=PASSED.as_json())
    ProgressFactory.create(learner=guest, passed=True)
    html = page(signed_in)
    assert "the-solution" in html
    assert "the-alternative" in html
    assert "Why-it-works" in html


def test_only_the_hints_revealed_so_far_are_in_the_page(signed_in, guest):
    ProgressFactory.create(learner=guest, hints=1)
    assert "The first hint" in page(signed_in)
    assert "The second hint" not in page(signed_in)
    assert "Hint 2 of 2" in page(signed_in)


def test_the_last_verdict_is_there_after_a_reload(signed_in, guest, exercise):
    SubmissionFactory.create(learner=guest, verdict=PASSED.as_json(), status="passed")
    SubmissionFactory.create(learner=guest, verdict=FAILED.as_json(), version=exercise.digest)
    assert "2 rows missing" in page(signed_in)
    assert "has changed since" not in page(signed_in)


def test_a_verdict_on_an_older_version_says_so(signed_in, guest):
    SubmissionFactory.create(learner=guest, version="an older one")
    assert "has changed since" in page(signed_in)


def test_work_under_a_former_name_shows(signed_in, guest):
    SubmissionFactory.create(learner=guest, exercise="models/asking#pricey-books")
    DraftFactory.create(learner=guest, exercise="models/querysets#pricey-books")
    assert "2 rows missing" in page(signed_in)
    assert "Book.objects.none()" in page(signed_in)


def test_what_somebody_else_did_does_not_show(signed_in):
    SubmissionFactory.create()
    DraftFactory.create()
    QuizAnswerFactory.create()
    ProgressFactory.create(hints=2, passed=True)
    html = page(signed_in)
    assert "2 rows missing" not in html
    assert "Book.objects.none()" not in html
    assert not [secret for secret in SECRETS if secret in html]


def test_a_check_under_way_says_so_and_keeps_the_code(signed_in, guest):
    SubmissionFactory.create(learner=guest, pending=True)
    DraftFactory.create(learner=guest)
    assert "This answer is being checked" in page(signed_in)
    assert "Book.objects.none()" in page(signed_in)


def test_a_check_that_was_cut_short_says_so_without_a_restart(signed_in, guest):
    SubmissionFactory.create(learner=guest, pending=True, created=timezone.now() - timedelta(seconds=61))
    html = page(signed_in)
    assert "The check was interrupted" in html
    assert "This answer is being checked" not in html


def test_the_page_waits_for_an_answer_as_long_as_the_site_does(client):
    assert f'"timeout": {services.IN_FLIGHT.total_seconds() * 1000:.0f},' in page(client)


def test_a_lesson_takes_six_queries_however_many_exercises(signed_in, guest, django_assert_max_num_queries):
    for name in ("dear-books", "how-many", "another", "one-more"):
        key = f"models/querysets#{name}"
        SubmissionFactory.create_batch(3, learner=guest, exercise=key)
        ProgressFactory.create(learner=guest, exercise=key)
        DraftFactory.create(learner=guest, exercise=key)
    QuizAnswerFactory.create(learner=guest)
    with django_assert_max_num_queries(6):
        page(signed_in)


def test_a_visitor_s_state_takes_no_query(lesson, django_assert_num_queries):
    with django_assert_num_queries(0):
        of_lesson(None, lesson)


def test_a_renamed_lesson_redirects_for_good(client):
    response = client.get("/lessons/models/asking/")
    assert response.status_code == 301
    assert response["Location"] == LESSON


def test_the_lessons_before_and_after_are_linked(client):
    assert 'rel="next" href="/lessons/models/broken/"' in page(client)
    assert 'rel="prev" href="/lessons/models/broken/"' in page(client, "/lessons/models/reading/")


def test_lessons_are_counted_by_their_place_in_the_module(client, folder):
    (folder / "models" / "01-one.md").rename(folder / "models" / "03-one.md")
    (folder / "models" / "07-two.md").write_text((folder / "models" / "03-one.md").read_text())
    assert "lesson 1 of 2" in page(client, "/lessons/models/one/")
    assert "lesson 2 of 2" in page(client, "/lessons/models/two/")


def test_what_stands_beside_the_text_is_a_sheet_that_a_button_opens(client):
    html = page(client)
    for sheet in ("lessons", "beside", "site"):
        assert re.search(rf'<button [^>]*popovertarget="{sheet}"', html)
        assert re.search(rf'<\w+ [^>]*id="{sheet}"[^>]* popover>', html)
    assert 'id="models"' in html


def test_the_header_is_a_variation_of_its_modules_motif(client):
    (module,) = (module for module in course.current().modules if module.slug == "models")
    variation = motifs.drawn(module.motif, module.colour, "models/querysets")
    assert variation in page(client)
    assert variation not in page(client, "/")
    assert motifs.drawn(module.motif, module.colour, "models") in page(client, "/")


def test_the_contents_name_headings_and_exercises_and_say_which_are_passed(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    contents = re.search(r'<nav class="toc".*?</nav>', page(signed_in), re.DOTALL)
    assert contents
    assert re.findall(r'href="(#bench-[^"]+)"', contents[0]) == ["#bench-dear-books", "#bench-how-many"]
    assert contents[0].count(", passed") == 1


def test_a_broken_lesson_says_so_and_takes_nothing_else_down(client):
    html = page(client, "/lessons/models/broken/")
    assert "This lesson cannot be shown" in html
    assert "soluton" not in html
    assert client.get(LESSON).status_code == 200


def test_staff_see_what_is_wrong_with_a_broken_lesson(client):
    client.force_login(UserFactory.create(is_staff=True))
    assert "02-broken.md:7: unknown fence role &quot;soluton&quot;" in page(client, "/lessons/models/broken/")


@pytest.mark.parametrize("address", ["/lessons/models/nothing/", "/lessons/nothing/querysets/", "/nowhere", "/worlds/nothing/"])
def test_an_unknown_address_gets_our_own_404(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_the_world_s_models_are_beside_the_lesson_and_on_their_own_page(client):
    assert "<span>price</span> <span>Decimal</span>" in page(client)
    assert "class" in page(client, "/worlds/bookshop/")
    assert "DecimalField" in page(client, "/worlds/bookshop/")


@pytest.fixture
def folder(settings, tmp_path):
    """A course that somebody is writing, with the one lesson models/one."""
    settings.WOODSHED_CONTENT, settings.WOODSHED_RELOAD_CONTENT = tmp_path, True
    (tmp_path / "models").mkdir()
    (tmp_path / "course.yaml").write_text(
        'title: T\nmodules:\n  - slug: models\n    title: M\n    promise: P.\n    colour: "#2446e8"\n    motif: discs\n'
    )
    (tmp_path / "worlds" / "bookshop").mkdir(parents=True)
    for name in ("__init__.py", "models.py", "seed.py"):
        (tmp_path / "worlds" / "bookshop" / name).write_text("def seed(rng, size): pass\n")
    write(tmp_path, "Before")
    return tmp_path


def write(folder: Path, title: str) -> None:
    (folder / "models" / "01-one.md").write_text(f"---\ntitle: {title}\nsummary: S.\nworld: bookshop\n---\n\nText.\n")


def test_a_changed_file_shows_on_the_next_request(client, folder):
    assert "Before" in page(client, "/lessons/models/one/")
    write(folder, "Afterwards")
    assert "Afterwards" in page(client, "/lessons/models/one/")


def test_an_editor_s_own_files_are_no_part_of_the_course(client, folder):
    before = course.current()
    (folder / "models" / ".#01-one.md").symlink_to("somebody@somewhere.4711")
    (folder / "worlds" / "bookshop" / ".models.py.swp").write_bytes(b"\xff")
    assert course.current() is before
    write(folder, "Afterwards")
    assert course.current().findings == ()
    assert course.current().worlds == before.worlds


def test_a_link_that_leads_nowhere_takes_no_page_down(client, folder):
    (folder / "models" / "notes.txt").symlink_to("nowhere")
    assert "Before" in page(client, "/lessons/models/one/")


def test_a_file_that_is_gone_by_the_time_it_is_looked_at_takes_no_page_down(client, folder, monkeypatch):
    walk = Path.walk
    monkeypatch.setattr(Path, "walk", lambda root: ((place, inside, [*files, "gone.md"]) for place, inside, files in walk(root)))
    assert "Before" in page(client, "/lessons/models/one/")


def test_models_that_are_no_text_take_no_page_down(client, folder):
    (folder / "worlds" / "bookshop" / "models.py").write_bytes(b"\xff\xfe")
    assert 'id="world-title"' not in page(client, "/lessons/models/one/")
    assert "cannot be shown" in page(client, "/worlds/bookshop/")


def test_models_without_end_take_no_page_down(client, folder):
    (folder / "worlds" / "bookshop" / "models.py").write_text("x = " + "-" * 100_000 + "1\n")
    assert 'id="world-title"' not in page(client, "/lessons/models/one/")


def test_models_outside_the_content_folder_are_not_shown(client, folder, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.py"
    secret.write_text("class Secret:\n    number = models.CharField()\n")
    (folder / "worlds" / "bookshop" / "models.py").unlink()
    (folder / "worlds" / "bookshop" / "models.py").symlink_to(secret)
    for address in ("/lessons/models/one/", "/worlds/bookshop/"):
        assert "Secret" not in page(client, address)


def test_the_quiz_version_follows_its_options(lesson):
    lazy, lookups = lesson.quizzes
    assert services.quiz_version(lazy) != services.quiz_version(lookups)
