"""Requests and templates in every level that this machine has: in the strict one, a run opens no file at all."""

import pytest

from sandbox.protocol import File, Job
from tests.sandbox.attacks.zygotes import LEVELS, Bent

URLS = """from django.urls import include, path, re_path
from shop import views

books = ([path("<int:pk>/", views.detail, name="detail"), path("<slug:name>/", views.Named.as_view(), name="named")], "books")
urlpatterns = [
    path("books/", include(books)),
    re_path(r"^old/(?P<pk>[0-9]+)/$", views.old),
    path("list/", views.Books.as_view()),
    path("form/", views.form),
    path("upload/", views.upload),
    path("file/", views.file),
    path("cached/", views.cached),
    path("denied/", views.denied),
    path("stream/", views.stream),
    path("raise/", views.broken),
]
handler404 = "shop.views.not_found"
"""
VIEWS = """from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.generic import ListView, View
from library.models import Book

def detail(request, pk):
    return render(request, "shop/book.html", {"book": get_object_or_404(Book, pk=pk)})

class Named(View):
    def get(self, request, name):
        return JsonResponse({"name": name}, status=201)

class Books(ListView):
    model = Book
    paginate_by = 5
    ordering = "pk"
    template_name = "shop/list.html"

class Order(forms.Form):
    copies = forms.IntegerField(min_value=1)
    note = forms.CharField(required=False)

@csrf_exempt
def form(request):
    order = Order(request.POST or None)
    if order.is_valid():
        return redirect("books:detail", pk=order.cleaned_data["copies"])
    return render(request, "shop/form.html", {"form": order}, status=422 if request.POST else 200)

def old(request, pk):
    return redirect("books:detail", pk=pk, permanent=True)

@require_POST
def upload(request):
    return HttpResponse(request.FILES["cover"].read() + request.FILES["cover"].content_type.encode())

def file(request):
    return FileResponse(ContentFile(b"a,b"), filename="books.csv")

@cache_control(max_age=60)
@cache_page(60)
def cached(request):
    response = HttpResponse("x")
    response.set_cookie("seen", "1", httponly=True)
    return response

def denied(request): raise PermissionDenied("no")
def stream(request): return StreamingHttpResponse(iter([b"a", b"b"]))
def broken(request): return 1 / 0
def not_found(request, exception): return HttpResponse("not here", status=404)
"""
FILES = {
    "shop/urls.py": URLS,
    "shop/views.py": VIEWS,
    "shop/templates/base.html": "{% load static %}<main>{% block main %}{% endblock %}</main>{% static 'a.css' %}",
    "shop/templates/shop/book.html": "{% extends 'base.html' %}{% block main %}{{ book.title|upper }}"
    "{% url 'books:detail' book.pk %}{% endblock %}",
    "shop/templates/shop/list.html": "{% for book in page_obj %}{{ forloop.counter }}{% endfor %}{{ page_obj.next_page_number }}",
    "shop/templates/shop/form.html": "{{ form.as_p }}{{ form.non_field_errors }}{% csrf_token %}",
}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
]
PROBE = """from io import BytesIO
from django.core.files.uploadedfile import SimpleUploadedFile
client.get("/books/1/")
client.get("/books/salt/")
client.get("/books/999/")
client.get("/list")
client.get("/old/7/", follow=True)
client.get("/list/?page=2")
client.get("/form/")
client.post("/form/", {"copies": "0"})
client.post("/form/", {"copies": "3"})
client.post("/upload/", {"cover": SimpleUploadedFile("a.png", b"abc", "image/png")})
client.get("/upload/")
client.get("/file/")
client.get("/cached/")
client.get("/denied/")
client.get("/stream/")
client.raise_request_exception = False
client.get("/raise/")
client.get("/books/1/", headers={"Accept-Encoding": "gzip"}, secure=True)
client.put("/books/1/", {"a": 1}, content_type="application/json")"""
STATUSES = [200, 201, 404, 301, 200, 200, 200, 422, 302, 200, 405, 200, 200, 403, 200, 500, 200, 200]


@pytest.fixture(scope="module", params=LEVELS)
def confined(request):
    made = Bent(LEVELS[request.param])
    yield made
    made.stop()


def asked(confined, observer, probe, **options):
    files = tuple(File(path, text) for path, text in FILES.items())
    seen = confined.run(Job(observer=observer, world="library", files=files, options={"probes": [probe], **options}))
    assert seen.outcome == "ok", seen
    return [step for step in seen.results[0].steps if step.asked]


def test_what_views_and_middleware_are_made_of_works(confined):
    steps = asked(confined, "responses", PROBE, middleware=MIDDLEWARE)
    assert [step.error for step in steps] == [None] * len(STATUSES)
    assert [step.seen["response"]["status"] for step in steps] == STATUSES
    bodies = ["".join(step.seen["response"]["body"]) for step in steps]
    assert (bodies[0], bodies[2], bodies[5]) == ("<main>BOOK 0/books/1/</main>/static/a.css", "not here", "123453")
    assert (bodies[9], bodies[11], bodies[14]) == ("abcimage/png", "a,b", "ab")


def test_what_templates_are_made_of_works(confined):
    (step,) = asked(confined, "render", 'render("shop/book.html", book=Book.objects.get(pk=2))')
    assert step.seen["html"]["body"] == ["<main>BOOK 1/books/2/</main>/static/a.css"]


def test_what_a_template_passes_over_is_noted(confined):
    (step,) = asked(confined, "render", 'render("shop/book.html", bok=Book.objects.get(pk=2))')
    assert step.error.type == "NoReverseMatch"
    assert [(note["written"], note["near"]) for note in step.seen["silence"]] == [("book.title", ["bok"]), ("book.pk", ["bok"])]
    form = asked(confined, "responses", 'client.get("/form/")')[0]
    assert "silence" not in form.seen
