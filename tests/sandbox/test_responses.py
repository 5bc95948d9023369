"""The responses observer: what a project answers to requests, and which way they took."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.observers.responses import MOST_BODY, PIECE
from sandbox.protocol import File, Job, Observation, Step

URLS = """from django.urls import path
from shop import views

urlpatterns = [
    path("books/", views.index, name="index"),
    path("books/<int:pk>/", views.detail, name="detail"),
]
"""
VIEWS = """from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from library.models import Book

def index(request):
    return HttpResponse(f"<p>{Book.objects.count()}</p>", headers={"X-Shelf": "3"})

def detail(request, pk):
    if pk == 404:
        raise Http404
    if pk == 500:
        return 1 / 0
    return JsonResponse({"pk": pk})
"""
MIDDLEWARE = """from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

class Outer:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        if "outer" in request.GET:
            return HttpResponse("closed", status=503)
        return self.get_response(request)

class Inner(Outer):
    def __call__(self, request):
        return None if "none" in request.GET else self.get_response(request)
    def process_exception(self, request, exception):
        if "catch" in request.GET:
            return HttpResponse("caught", status=500)

def unused(get_response):
    raise MiddlewareNotUsed
"""


@pytest.fixture
def ask(sandbox: Sandbox) -> Callable[..., Observation]:
    """``ask(probe, …, views=…, **options)``: what happened to the probes of a small project."""

    def ask(*probes: str, views: str = VIEWS, urls: str = URLS, more: tuple[File, ...] = (), **options: Any) -> Observation:
        files = (File("shop/urls.py", urls), File("shop/views.py", views), File("shop/layers.py", MIDDLEWARE), *more)
        return sandbox.run(Job(observer="responses", world="library", files=files, options={"probes": list(probes), **options}))

    return ask


@pytest.fixture
def steps(ask: Callable[..., Observation]) -> Callable[..., list[Step]]:
    def steps(*probes: str, **also: Any) -> list[Step]:
        seen = ask(*probes, **also)
        assert seen.outcome == "ok", seen
        return [step for step in seen.results[0].steps if step.asked]

    return steps


@pytest.fixture
def answer(steps: Callable[..., list[Step]]) -> Callable[..., dict[str, Any]]:
    """The response to one request to ``/books/`` of a view written out."""

    def answer(view: str) -> dict[str, Any]:
        (step,) = steps('client.get("/books/")', views=f"{VIEWS}\n{view}")
        assert step.error is None, step.error
        response: dict[str, Any] = step.seen["response"]
        return response

    return answer


def way(step: Step) -> list[tuple[str, str]]:
    return [(event["at"], event["name"]) for event in step.seen["journey"]]


def test_a_response_is_seen_with_its_headers_body_and_queries(steps):
    (step,) = steps('client.get("/books/")')
    response = step.seen["response"]
    assert (response["request"], response["status"], response["body"], step.queries) == ("GET /books/", 200, ["<p>12</p>"], 1)
    assert ["X-Shelf", "3"] in response["headers"]


def test_what_is_no_response_is_a_value(steps):
    step = steps('client.get("/books/7/").json()')[0]
    assert step.seen["value"] == ["dict", [["pk", 7]]]


def test_names_of_routes_can_be_asked(steps):
    asked = steps('from django.urls import reverse\nreverse("detail", args=[3])\nreverse("none")')
    assert asked[0].seen["value"] == "/books/3/"
    assert asked[1].error.type == "NoReverseMatch"


def test_the_way_goes_in_and_out_again(steps):
    (step,) = steps('client.get("/books/")', middleware=["shop.layers.Outer", "shop.layers.Inner"])
    assert way(step) == [
        ("request", "GET /books/"),
        ("in", "shop.layers.Outer"),
        ("in", "shop.layers.Inner"),
        ("route", "books/"),
        ("view", "shop.views.index"),
        ("answer", ""),
        ("out", "shop.layers.Inner"),
        ("out", "shop.layers.Outer"),
    ]


def test_a_middleware_that_answers_turns_back(steps):
    (step,) = steps('client.get("/books/?outer")', middleware=["shop.layers.Outer", "shop.layers.Inner"])
    assert way(step)[1:] == [("in", "shop.layers.Outer"), ("turned back", "shop.layers.Outer")]


def test_a_middleware_that_is_not_used_is_not_on_the_way(steps):
    (step,) = steps('client.get("/books/")', middleware=["shop.layers.Outer", "shop.layers.unused"])
    assert [name for at, name in way(step) if at == "in"] == ["shop.layers.Outer"]


def test_a_middleware_without_a_response_is_named(steps):
    (step,) = steps('client.get("/books/?none")', middleware=["shop.layers.Outer", "shop.layers.Inner"])
    assert step.error.message.startswith("The middleware shop.layers.Inner didn't return an HttpResponse")
    assert ("raised", "ValueError") in way(step)


def test_a_middleware_can_catch_what_the_view_raises(steps):
    (step,) = steps('client.get("/books/500/?catch")', middleware=["shop.layers.Inner"])
    assert way(step)[-4:] == [
        ("raised", "ZeroDivisionError"),
        ("caught", "shop.layers.Inner"),
        ("answer", ""),
        ("out", "shop.layers.Inner"),
    ]


def test_a_function_that_catches_is_named_as_it_is_listed(steps):
    layer = """from django.http import HttpResponse
def catching(get_response):
    def middleware(request):
        return get_response(request)
    def process_exception(request, exception):
        return HttpResponse("caught")
    middleware.process_exception = process_exception
    return middleware"""
    (step,) = steps('client.get("/books/500/")', more=(File("shop/more.py", layer),), middleware=["shop.more.catching"])
    assert ("caught", "shop.more.catching") in way(step)


def test_an_exception_is_told_with_its_line_and_its_way(steps):
    (step,) = steps('client.get("/books/500/")')
    assert (step.error.type, step.error.path) == ("ZeroDivisionError", "shop/views.py")
    assert way(step)[-1] == ("raised", "ZeroDivisionError")


def test_the_page_for_an_error_can_be_asked_for(steps):
    step = steps('client.raise_request_exception = False\nclient.get("/books/500/")')[-1]
    assert step.seen["response"]["status"] == 500


def test_a_path_without_a_route_tells_which_were_tried(steps):
    (step,) = steps('client.get("/boks/")')
    assert step.seen["response"]["status"] == 404
    assert step.seen["journey"][1]["tried"] == ["books/", "books/<int:pk>/"]


def test_a_view_without_a_response_is_told(steps):
    (step,) = steps('client.get("/books/")', views=f"{VIEWS}\ndef index(request): pass")
    assert "didn't return an HttpResponse" in step.error.message


def test_django_s_log_is_not_the_learner_s_output(ask):
    assert ask('client.get("/boks/")').printed == ""


def test_every_probe_has_a_client_of_its_own(steps):
    asked = steps('client.cookies["a"] = "1"', "sorted(client.cookies)")
    assert asked[-1].seen["value"] == ["list", []]


def test_settings_of_the_exercise_hold(steps):
    middleware = ["django.middleware.common.CommonMiddleware"]
    (step,) = steps('client.get("/books")', middleware=middleware)
    assert (step.seen["response"]["status"], ["Location", "/books/"] in step.seen["response"]["headers"]) == (301, True)
    (step,) = steps('client.get("/books")', middleware=middleware, settings={"APPEND_SLASH": False})
    assert step.seen["response"]["status"] == 404


def test_a_settings_file_orders_the_middleware(steps):
    own = File("settings.py", 'MIDDLEWARE = ["shop.layers.Inner", "shop.layers.Outer"]')
    (step,) = steps('client.get("/books/")', more=(own,))
    assert way(step)[1] == ("in", "shop.layers.Inner")


def test_the_urlconf_is_the_outermost_unless_another_is_named(steps):
    more = (File("shop/inner/urls.py", "from django.urls import path\nurlpatterns = []\n"),)
    assert steps('client.get("/books/")', more=more)[0].seen["response"]["status"] == 200
    assert steps('client.get("/books/")', more=more, urlconf="shop.inner.urls")[0].seen["response"]["status"] == 404


def test_one_file_can_be_a_whole_project(sandbox):
    code = """from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse(str(Book.objects.count())))]"""
    job = Job(observer="responses", world="library", files=(File("answer.py", code),), options={"probes": ['client.get("/")']})
    assert sandbox.run(job).results[0].steps[0].seen["response"]["body"] == ["12"]


def test_templates_are_named(steps):
    page = File("shop/templates/shop/page.html", "<p>{{ n }}</p>")
    view = "def index(request): return render(request, 'shop/page.html', {'n': 3})"
    (step,) = steps('client.get("/books/")', views=f"{VIEWS}\n{view}", more=(page,))
    assert (step.seen["response"]["templates"], step.seen["response"]["body"]) == (["shop/page.html"], ["<p>3</p>"])


# Hostile answers


def test_an_endless_stream_is_read_as_far_as_it_is_kept(answer):
    response = answer(
        "import itertools\ndef index(request): return StreamingHttpResponse(b'x' * 1000 for _ in itertools.count())"
    )
    assert not response["whole"]
    assert len("".join(response["body"])) == MOST_BODY
    assert max(map(len, response["body"])) == PIECE


def test_a_huge_body_is_cut_and_told_apart_by_its_hash(answer):
    one, other = (answer(f"def index(request): return HttpResponse('x' * 999_999 + '{end}')") for end in "ab")
    assert one["bytes"] == other["bytes"] == 1_000_000
    assert one["body"] == other["body"]
    assert one["hash"] != other["hash"]


def test_huge_headers_are_cut(answer):
    response = answer(
        """def index(request):
    made = HttpResponse("", headers={"X-Long": "x" * 500_000})
    for n in range(5_000):
        made[f"X-{n}"] = "1"
    return made"""
    )
    assert len(response["headers"]) < 100
    assert max(len(value) for _, value in response["headers"]) < 2_000


def test_a_header_cannot_hold_another_one(steps):
    view = "def index(request): return HttpResponse('', headers={'X-A': 'a\\r\\nX-B: b'})"
    (step,) = steps('client.get("/books/")', views=f"{VIEWS}\n{view}")
    assert step.error.type == "BadHeaderError"


def test_a_response_that_lies_about_its_class_is_seen_as_what_it_is(steps):
    lie = """class Lie:
    __class__ = HttpResponse
    status_code = 200
"""
    (step,) = steps("from shop.views import Lie\nLie()", views=f"{VIEWS}\n{lie}")
    assert step.seen["value"][:2] == ["other", "Lie"]


@pytest.mark.parametrize(
    "view",
    [
        "class R(HttpResponse):\n    status_code = property(lambda self: 'x' * 10**6, lambda self, value: None)",
        "class R(HttpResponse):\n    headers = {'X': type('S', (str,), {'__str__': lambda self: 1})('a')}",
        "class R(HttpResponse):\n    content = property(lambda self: 5)",
        "class R(HttpResponse):\n    __getattribute__ = lambda self, name: 1 / 0",
        "class R(HttpResponse):\n    cookies = property(lambda self: [1, 2])",
    ],
)
def test_a_response_that_lies_ends_as_a_step_or_an_error(ask, view):
    seen = ask('client.get("/books/")', 'client.get("/books/7/")', views=f"{VIEWS}\n{view}\ndef index(request): return R()")
    assert seen.outcome == "ok", seen
    assert [step.asked for step in seen.results[0].steps if step.asked] == ["client.get('/books/')", "client.get('/books/7/')"]


@pytest.mark.parametrize(
    ("deed", "ends"),
    [
        ("journey.events = [{'at': 'x' * 10**7}]", {"output", "crashed"}),
        ("journey.events = 5", {"ok"}),
        ("journey.events.append(journey.events)", {"output"}),
        ("Spy.__call__ = lambda *_: 5", {"ok"}),
        ("Handler.get_response = lambda *_: HttpResponse('mine')", {"ok"}),
        ("sys.modules['sandbox.observers.responses'].describe = lambda *_: {'response': 5}", {"ok"}),
    ],
)
def test_a_learner_who_bends_the_observer_gets_no_further_than_a_claim(ask, deed, ends):
    bend = "import sys\nfrom sandbox.journey import Handler, Spy, journey\nfrom django.http import HttpResponse"
    views = f"{VIEWS}\n{bend}\ndef index(request):\n    {deed}\n    return HttpResponse('x')"
    seen = ask('client.get("/books/")', 'client.get("/books/7/")', views=views, middleware=["shop.layers.Outer"])
    assert seen.outcome in ends
