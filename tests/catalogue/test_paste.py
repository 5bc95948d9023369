"""What is written for a lesson is read again as what it was, whatever a learner wrote."""

from ast import literal_eval

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lessons.catalogue import paste, prose
from lessons.catalogue.fences import Fence, pieces
from lessons.catalogue.read import TROUBLE
from lessons.catalogue.rules import Findings
from lessons.catalogue.scan import Text, scan
from sandbox.protocol import FILE, File
from tests.commands.conftest import LESSON

quick = settings(max_examples=200, deadline=None)
nasty = st.text(alphabet="`~ab \n\t#>-<[]()!x|*_\\&.{}'\"=+1:\x1b\u202e\u2028\x00é", max_size=60)
texts = nasty | st.text(max_size=60)


@quick
@example("```")
@example("`" * 60 + "\n" + "~" * 10)
@given(texts)
def test_a_fence_holds_the_text_and_ends_where_it_should(text):
    report = Findings("")
    written = paste.fence(File(FILE, text), "accept")
    (fence,) = pieces([*written.split("\n")], 1, report)
    assert isinstance(fence, Fence)
    assert report.found == []
    assert fence.info == "python accept"
    body = "\n".join(fence.body)
    assert body == paste.visible(text).rstrip("\n") or (body == "# nothing" and not text.strip())


@quick
@given(texts)
def test_whatever_the_verdict_says_is_a_title_and_prose_that_nothing_is_found_in(headline):
    block = paste.wrong((File(FILE, "1"),), expect="rows", headline=headline)
    report = Findings("")
    scanned = scan(f"---\n---\n### Exercise: x\n\n{block}", report)
    assert report.found == []
    (wrong,) = scanned.parts[0].parts
    assert wrong.title
    (said,) = [piece for piece in wrong.content if isinstance(piece, Text) and piece.text.strip()]
    prose.look(said, report)
    prose.look_at_lists(said, report)
    assert report.found == []


@quick
@given(texts)
def test_nothing_that_is_not_seen_is_left(text):
    shown = paste.visible(text)
    assert shown.replace("\n", "").replace("\t", "").isprintable()
    assert not TROUBLE.search(shown)
    assert paste.visible(shown) == shown


@pytest.mark.parametrize("text", ['print("naïve 🎷", 3)\n\tx', "", "`"])
def test_what_is_seen_stays(text):
    assert paste.visible(text) == text


def test_what_is_not_seen_means_the_same_in_a_string():
    assert literal_eval(paste.visible('"\x1b\u202e\u200d\xa0"')) == "\x1b\u202e\u200d\xa0"


@pytest.mark.parametrize(
    ("path", "opening"),
    [
        (FILE, "```python accept"),
        ("shop/urls.py", "```python accept path=shop/urls.py"),
        ("templates/a.html", "```html accept path=templates/a.html"),
        ("conf.yaml", "```yaml accept path=conf.yaml"),
        ("templates/mail.txt", "```html accept path=templates/mail.txt"),
    ],
)
def test_a_fence_names_its_language_and_where_it_belongs(path, opening):
    assert paste.accept([File(path, "x")]) == f"{opening}\nx\n```\n\n"


@pytest.mark.parametrize("path", [FILE, "templates/a.html", "conf.yaml"])
def test_an_empty_file_is_written_as_one_that_says_nothing(path):
    assert "nothing" in paste.accept([File(path, " \n")])


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("2 books missing", "2 books missing."),
        ("`Book` has no field `in_prnt`", "`Book` has no field `in_prnt`."),
        ("Is that *all*?", "Is that all?"),
        ("a < b & c", "a &lt; b &amp; c."),
        ("`a < b`", "`a < b`."),
        ("", "Another answer."),
    ],
)
def test_the_headline_becomes_a_sentence(headline, said):
    assert paste.sentence(headline) == said


def test_a_long_headline_makes_a_short_title():
    assert len(paste.title("word " * 100)) <= paste.LONGEST_TITLE


def line_of(text: str, start: str) -> int:
    return text.split("\n").index(start) + 1


def test_blocks_go_below_what_they_are_like():
    found = paste.places(LESSON, line_of(LESSON, "### Exercise: The born"))
    assert found == paste.Places(accept=line_of(LESSON, "#### Hint"), wrong=line_of(LESSON, "#### Why it works"))


def test_without_wrong_answers_a_block_goes_above_why_it_works():
    text = LESSON.replace("#### Wrong: the other ones", "#### Hint").replace("#### Wrong: backwards", "#### Hint")
    assert paste.places(text, line_of(text, "### Exercise: The born")).wrong == line_of(text, "#### Why it works")


def test_an_exercise_ends_where_the_next_heading_begins():
    text = "---\n---\n### Exercise: a\n\nOne.\n\n## More\n\n### Exercise: b\n\nTwo."
    assert paste.places(text, 3) == paste.Places(accept=7, wrong=7)
    assert paste.places(text, 9) == paste.Places(accept=12, wrong=12)


@pytest.mark.parametrize("text", ["", "no front matter", "---\n---\n\n### Quiz: a\n", LESSON])
def test_where_no_exercise_begins_nothing_can_be_pasted(text):
    assert paste.places(text, 4) is None


def test_an_answer_of_several_files_is_one_with_a_fence_for_each():
    files = (File("shop/urls.py", "urlpatterns = []"), File("templates/shop/a.html", "<p>\n```\n"))
    block = paste.wrong(files, expect="responses", headline="GET /: 404")
    (wrong,) = scan(f"---\n---\n### Exercise: x\n\n{block}", Findings("")).parts[0].parts
    found = [(fence.language, fence.options, fence.text) for fence in wrong.fences]
    assert found == [
        ("python", {"expect": "responses", "path": "shop/urls.py"}, "urlpatterns = []"),
        ("html", {"expect": "responses", "path": "templates/shop/a.html"}, "<p>\n```"),
    ]
