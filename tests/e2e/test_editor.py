"""In a real browser: the editor that takes the place of a textarea, and the textarea where it does not."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from lessons.catalogue.load import load
from lessons.catalogue.types import Exercise, Lesson
from tests.e2e import live
from tests.e2e.axe import violations
from tests.e2e.conftest import PHONE

BUNDLE = re.compile(r"/static/js/editor\.[0-9a-f]+\.js$")
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WAY_OUT = "Esc, then Tab leaves the editor"


@pytest.fixture
def exercise(lesson: Lesson) -> Exercise:
    return lesson.exercises[0]


@pytest.fixture(scope="module")
def routing() -> Lesson:
    """A lesson with an exercise of two files, `shop/urls.py` and `shop/views.py`."""
    found = load(live.ROOT / "content").lesson("routing/paths-and-converters")
    assert found
    return found


def requested(page: Page, pattern: re.Pattern[str]) -> list[str]:
    """The addresses that match, as they are asked for from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if pattern.search(request.url) else None)
    return found


def drawn(page: Page) -> None:
    """Waits until the browser has told every observer what is in sight."""
    page.evaluate(TWO_FRAMES)


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Completions").get_by_role("option")


def shown(editor: Locator) -> str:
    return "\n".join(editor.locator(".cm-line").all_inner_texts())


def test_the_editor_is_fetched_when_a_bench_comes_near(visitor, exercise):
    guest = visitor(viewport={"width": 1000, "height": 150})
    fetched = requested(guest.page, BUNDLE)
    guest.opens_the_lesson()
    drawn(guest.page)
    assert fetched == []
    expect(guest.editor(exercise)).to_be_visible()
    assert len(fetched) == 1


def test_the_editor_is_fetched_for_who_comes_by_keyboard(visitor, exercise):
    guest = visitor(viewport={"width": 1000, "height": 150})
    guest.opens_the_lesson()
    guest.answer(exercise).evaluate("textarea => textarea.focus({ preventScroll: true })")
    expect(guest.editor(exercise)).to_be_focused()


def test_what_is_typed_before_the_editor_arrives_stays_with_its_caret(guest, exercise):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    guest.page.route(BUNDLE, hold)
    with guest.page.expect_request(BUNDLE):
        guest.opens_the_lesson()
    answer = guest.answer(exercise)
    answer.fill("Book.objects.()")
    answer.press("End")
    answer.press("ArrowLeft")
    answer.press("ArrowLeft")
    drawn(guest.page)
    before = guest.bench(exercise).bounding_box()
    held[0].continue_()
    expect(guest.editor(exercise)).to_be_focused()
    guest.page.keyboard.insert_text("all")
    expect(answer).to_have_value("Book.objects.all()")
    after = guest.bench(exercise).bounding_box()
    assert abs(after["height"] - before["height"]) < 1
    assert after["y"] == before["y"]


def test_without_the_editor_the_textarea_goes_on_until_it_comes(guest, exercise):
    guest.page.route(BUNDLE, lambda route: route.abort())
    guest.opens_the_lesson()
    guest.answer(exercise).fill(exercise.wrongs[0].answer.code)
    guest.answer(exercise).press("Control+Enter")
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bfailed\b"))
    expect(guest.page.locator(f"#saved-{exercise.id}")).to_contain_text("Saved")
    guest.page.unroute(BUNDLE)
    guest.answer(exercise).blur()
    guest.answer(exercise).focus()
    expect(guest.editor(exercise)).to_be_focused()
    assert shown(guest.editor(exercise)) == exercise.wrongs[0].answer.code.strip()
    guest.troubles.clear()  # the browser's own lines about what it could not load


def test_what_is_written_in_full_is_not_offered(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, "")
    keyboard = guest.page.keyboard
    keyboard.type("whil")
    expect(offered(guest.page).first).to_have_text(re.compile("while"))
    keyboard.type("e")
    expect(offered(guest.page)).to_have_count(0)


def test_a_lookup_is_completed_step_by_step_along_a_relation_without_asking_the_site(guest, exercise):
    asked = requested(guest.page, re.compile(r"/completions\.json"))
    guest.opens_the_lesson()
    guest.writes(exercise, "")
    keyboard = guest.page.keyboard
    keyboard.type("Author.objects.filter(boo")
    expect(offered(guest.page).first).to_have_text(re.compile("^books.*→ Book"))
    keyboard.press("Tab")
    keyboard.type("__publ")
    expect(offered(guest.page).first).to_have_text(re.compile("published.*Date"))
    keyboard.press("Tab")
    keyboard.type("__yea")
    expect(offered(guest.page).first).to_have_text(re.compile("year"))
    keyboard.press("Tab")
    keyboard.type("__g")
    expect(offered(guest.page)).to_have_count(2)
    keyboard.press("Tab")
    keyboard.type("=2020")
    expect(guest.answer(exercise)).to_have_value("Author.objects.filter(books__published__year__gt=2020)")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param('Book.objects.order_by("-pri', "price", id="order"),
        pytest.param('Book.objects.filter(price__gt=F("list_', "list_price", id="F"),
        pytest.param('Book.objects.select_related("publ', "publisher", id="select related"),
        pytest.param('Author.objects.prefetch_related("books__revi', "reviews", id="prefetch related"),
        pytest.param('Author.objects.annotate(sold=Count("books")).order_by("-so', "sold", id="annotation"),
        pytest.param("Book.objects.filter(~Q(title__icon", "icontains", id="Q"),
        pytest.param("Book.objects.all().fil", "filter", id="method"),
        pytest.param("b = Book.objects.first()\nb.author.na", "name", id="variable"),
        pytest.param("[0 for b in Book.objects.all() if b.in_p", "in_print", id="comprehension"),
        pytest.param("Book.objects.filter(author__in=Author.objects.filter(bor", "born", id="query in a query"),
        pytest.param('Book.objects.filter(Exists(Review.objects.filter(book=OuterRef("pri', "price", id="OuterRef"),
        pytest.param("Book.objects.first().author.books.fi", "filter", id="related manager"),
        pytest.param("for b in Book.objects.all():\nb.in_p", "in_print", id="loop"),
        pytest.param("from django.db.models.functions import Coal", "Coalesce", id="import"),
        pytest.param("Auth", "Author", id="model"),
        pytest.param("whatever = 1\nwhat", "whatever", id="own name"),
    ],
)
def test_what_is_begun_can_be_finished(guest, exercise, typed, first):
    guest.opens_the_lesson()
    guest.writes(exercise, "")
    guest.page.keyboard.type(typed)
    expect(offered(guest.page).first).to_have_text(re.compile(f"^{first}"))


def test_enter_is_a_new_line_until_something_was_chosen(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, "")
    keyboard = guest.page.keyboard
    keyboard.type("Auth")
    expect(offered(guest.page)).to_have_count(1)
    keyboard.press("Enter")
    expect(guest.answer(exercise)).to_have_value("Auth\n")
    keyboard.type("Auth")
    expect(offered(guest.page)).to_have_count(1)
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(guest.answer(exercise)).to_have_value("Auth\nAuthor")


def test_tab_indents_and_after_escape_it_leaves_as_the_page_says(guest, exercise):
    guest.opens_the_lesson()
    editor, keyboard = guest.editor(exercise), guest.page.keyboard
    words = guest.bench(exercise).get_by_text(WAY_OUT)
    expect(words).not_to_be_visible()
    guest.writes(exercise, "x")
    expect(words).to_be_visible()
    expect(editor).to_have_accessible_description(re.compile(WAY_OUT))
    keyboard.press("Home")
    keyboard.press("Tab")
    expect(guest.answer(exercise)).to_have_value("    x")
    keyboard.press("Escape")
    keyboard.press("ArrowRight")
    keyboard.press("Tab")
    expect(editor).to_be_focused()
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(guest.bench(exercise).get_by_role("button", name="Check")).to_be_focused()
    keyboard.press("Shift+Tab")
    expect(editor).to_be_focused()
    keyboard.press("Escape")
    keyboard.press("Shift+Tab")
    expect(editor).not_to_be_focused()


def test_escape_closes_the_list_before_it_opens_the_way_out(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, "")
    guest.page.keyboard.type("Auth")
    expect(offered(guest.page)).to_have_count(1)
    guest.page.keyboard.press("Escape")
    expect(offered(guest.page)).to_have_count(0)
    guest.page.keyboard.press("Tab")
    expect(guest.editor(exercise)).to_be_focused()
    expect(guest.answer(exercise)).not_to_have_value("Author")


def test_shift_and_enter_runs(guest, exercise):
    guest.opens_the_lesson()
    guest.editor(exercise).press("Shift+Enter")
    expect(guest.bench(exercise).locator("summary").first).to_have_text(re.compile(r"Rows \d+"))
    expect(guest.answer(exercise)).to_have_value(exercise.starter.code)


@pytest.mark.parametrize("button", ["Check", "Run"])
def test_the_line_of_an_error_is_marked_until_it_is_edited(guest, exercise, button):
    guest.opens_the_lesson()
    guest.writes(exercise, "# first\nBook.objects.filter(in_prnt=False)\n# last")
    guest.bench(exercise).get_by_role("button", name=button).click()
    marked = guest.editor(exercise).locator(".cm-line.erring")
    expect(marked).to_have_text("Book.objects.filter(in_prnt=False) The error is on this line.")
    expect(guest.bench(exercise).locator(".cm-gutterElement.erring")).to_have_text("2")
    guest.editor(exercise).press("Control+Home")
    guest.page.keyboard.type("# at the very")
    expect(marked).to_have_count(1)
    guest.page.keyboard.press("ArrowDown")
    guest.page.keyboard.press("End")
    guest.page.keyboard.type(" ")
    expect(marked).to_have_count(0)


def test_the_next_answer_takes_the_mark_away(guest, exercise):
    guest.opens_the_lesson()
    guest.checks(exercise, "nothing_of_the_sort")
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(1)
    guest.checks(exercise, exercise.solution.code)
    expect(guest.verdict(exercise)).to_have_class(re.compile(r"\bpassed\b"))
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(0)


def test_a_mark_is_there_after_a_reload_unless_the_line_reads_otherwise_by_then(guest, exercise):
    guest.opens_the_lesson()
    guest.checks(exercise, "nothing_of_the_sort")
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(1)
    guest.page.reload()
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(1)
    guest.writes(exercise, "Book.objects.all()")
    expect(guest.page.locator(f"#saved-{exercise.id}")).to_contain_text("Saved")
    guest.page.reload()
    expect(guest.verdict(exercise)).to_contain_text("nothing_of_the_sort")
    expect(guest.editor(exercise)).to_be_visible()
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(0)


def test_reset_can_be_undone(guest, exercise):
    guest.opens_the_lesson()
    guest.checks(exercise, "my_own_text")
    expect(guest.verdict(exercise)).to_be_visible()
    guest.page.once("dialog", lambda dialog: dialog.accept())
    guest.bench(exercise).get_by_role("button", name="Reset").click()
    expect(guest.answer(exercise)).to_have_value(exercise.starter.code)
    assert shown(guest.editor(exercise)) == exercise.starter.code
    guest.editor(exercise).press("Control+z")
    expect(guest.answer(exercise)).to_have_value("my_own_text")
    guest.editor(exercise).press("Control+z")  # and on into what was typed before the Check
    expect(guest.answer(exercise)).to_have_value(exercise.starter.code)
    guest.editor(exercise).press("Control+y")
    expect(guest.answer(exercise)).to_have_value("my_own_text")
    expect(guest.page.locator(f"#saved-{exercise.id}")).to_contain_text("Saved")
    guest.page.reload()
    expect(guest.answer(exercise)).to_have_value("my_own_text")


def test_text_that_the_browser_puts_into_the_form_comes_into_the_editor(guest, exercise):
    guest.opens_the_lesson()
    expect(guest.editor(exercise)).to_be_visible()
    guest.answer(exercise).evaluate("textarea => { textarea.value = 'typed last week'; }")
    guest.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert shown(guest.editor(exercise)) == "typed last week"


def test_coloured_text_can_be_typed_over(guest, exercise):
    """Chromium would style the new text, and complain that it may not: every visitor's console is looked at."""
    guest.opens_the_lesson()
    guest.writes(exercise, 'Book.objects.filter(title="Dune")')
    guest.editor(exercise).press("Control+A")
    guest.page.keyboard.type("B")
    expect(guest.answer(exercise)).to_have_value("B")
    guest.page.keyboard.press("Control+A")
    guest.page.keyboard.type("(")
    expect(guest.answer(exercise)).to_have_value("(B)")


def test_the_files_of_an_answer_are_tabs(guest, routing):
    guest.page.goto(f"/lessons/{routing.slug}/")
    bench = guest.page.locator("#bench-books-of-a-year")
    bench.scroll_into_view_if_needed()
    tabs = bench.get_by_role("tablist", name="Files").get_by_role("tab")
    expect(tabs).to_have_text(["shop/urls.py", "shop/views.py"])
    urls, views = tabs.all()
    expect(bench.get_by_role("textbox", name="shop/urls.py")).to_be_visible()
    expect(bench.get_by_role("textbox", name="shop/views.py")).not_to_be_visible()
    urls.focus()
    guest.page.keyboard.press("ArrowRight")
    expect(views).to_be_focused()
    expect(views).to_have_attribute("aria-selected", "true")
    expect(urls).to_have_attribute("tabindex", "-1")
    guest.page.keyboard.press("Tab")
    expect(bench.get_by_role("textbox", name="shop/views.py")).to_be_focused()
    live.write(bench.get_by_role("textbox", name="shop/views.py"), "def broken(:")
    guest.page.keyboard.press("Control+Enter")
    expect(views).to_have_text("shop/views.py, has a marked line")
    expect(urls).to_have_text("shop/urls.py")
    assert violations(guest.page, "#bench-books-of-a-year") == []
    views.focus()
    guest.page.keyboard.press("Home")
    expect(bench.get_by_role("textbox", name="shop/urls.py")).to_be_visible()
    guest.page.once("dialog", lambda dialog: dialog.accept())
    bench.get_by_role("button", name="Reset").click()
    expect(bench.locator("textarea").last).not_to_have_value("def broken(:")
    expect(tabs).to_have_text(["shop/urls.py", "shop/views.py"])
    expect(urls).to_have_attribute("aria-selected", "true")


def test_without_javascript_the_files_stand_under_each_other(visitor, routing):
    guest = visitor(java_script_enabled=False)
    guest.page.goto(f"/lessons/{routing.slug}/")
    bench = guest.page.locator("#bench-books-of-a-year")
    expect(bench.get_by_role("textbox", name="shop/urls.py")).to_be_visible()
    expect(bench.get_by_role("textbox", name="shop/views.py")).to_be_visible()


def test_a_template_is_coloured_and_its_tags_and_filters_completed(guest):
    guest.page.goto("/lessons/templates/variables-and-filters/")
    bench = guest.page.locator("#bench-title-and-price")
    bench.scroll_into_view_if_needed()
    editor = bench.locator(".cm-content")
    live.write(editor, '<p class="{% if x %}a{% endif %}">{{ book.title|default:"-" }}</p>{# why #} .')
    for part, kind in {"{% if": "k", "p": "nt", "class": "na", '"-"': "s", "|default": "nf", "{# why #}": "c"}.items():
        expect(editor.locator(f".{kind}").filter(has_text=re.compile(f"^{re.escape(part)}$")).first).to_be_visible()
    guest.page.keyboard.type("{{ book.title|upp")
    expect(offered(guest.page)).to_have_text(["upper"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_a_bench(visitor, exercise, scheme):
    guest = visitor(color_scheme=scheme)
    guest.opens_the_lesson()
    expect(guest.editor(exercise)).to_have_accessible_name(f"Your code for: {exercise.title}")
    code = "# words\nfor n in range(10):\n    print('x')\nBook.objects.filter(in_prnt=False, price__gt=2, title='x')"
    guest.checks(exercise, code)
    expect(guest.editor(exercise).locator(".cm-line.erring")).to_have_count(1)
    guest.editor(exercise).press("Control+End")
    guest.page.keyboard.type("\nAuthor.objects.filter(bo")
    expect(offered(guest.page)).not_to_have_count(0)
    guest.page.keyboard.press("ArrowDown")
    assert violations(guest.page, f"#bench-{exercise.id}") == []


@pytest.mark.parametrize("width", [390, 320])
def test_long_lines_scroll_inside_the_editor_on_a_phone(visitor, exercise, width):
    guest = visitor(**PHONE | {"viewport": {"width": width, "height": 700}})
    guest.opens_the_lesson()
    guest.writes(exercise, "Book.objects.filter(" + "title='x', " * 40 + ")")
    assert guest.width_beyond_the_window() <= 0
    size = guest.editor(exercise).evaluate("editor => parseFloat(getComputedStyle(editor).fontSize)")
    assert size >= 16  # below that a phone zooms in


def test_a_long_answer_is_printed_whole(guest, exercise):
    guest.opens_the_lesson()
    guest.writes(exercise, "\n".join(f"line_{number}" for number in range(80)))
    scroller = guest.bench(exercise).locator(".cm-scroller")
    hidden = "scroller => scroller.scrollHeight - scroller.clientHeight"
    assert scroller.evaluate(hidden) > 100
    guest.page.emulate_media(media="print")
    live.wait_until(lambda: guest.editor(exercise).locator(".cm-line").count() == 80, seconds=10)
    assert scroller.evaluate(hidden) <= 0
