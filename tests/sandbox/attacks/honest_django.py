"""What honest learners write of Django's."""

from typing import Any

DJANGO: dict[str, tuple[str, list[Any] | None]] = {
    "the asynchronous ORM": (
        """import asyncio
async def names():
    await Author.objects.acreate(name="Ann")
    return [author.name async for author in Author.objects.filter(name="Ann")]
asyncio.run(names())""",
        ["Ann"],
    ),
    "dates in other zones in the database": (
        """from zoneinfo import ZoneInfo
from django.db.models.functions import TruncDay, ExtractHour
zone = ZoneInfo("Europe/Warsaw")
[Book.objects.annotate(day=TruncDay("added", tzinfo=zone)).filter(day__isnull=False).count(),
 *Book.objects.order_by("pk").annotate(hour=ExtractHour("added", tzinfo=zone)).values_list("hour", flat=True)[:1]]""",
        [12, 2],
    ),
    "an activated zone": (
        """timezone.activate('Europe/Warsaw')
with timezone.override('Asia/Tokyo'): inner = timezone.get_current_timezone_name()
[inner, timezone.get_current_timezone_name(), Book.objects.filter(added__date__year=2020).exists()]""",
        ["Asia/Tokyo", "Europe/Warsaw", True],
    ),
    "templates": (
        """from django.template import Context, Template
text = '''
{% load i18n l10n tz %}{% for author in authors %}
{% if not forloop.last %}{{ author.name|upper|truncatechars:6 }},{% endif %}{% empty %}-
{% endfor %}
{% with n=3 %}{{ n|add:2 }}{% endwith %}{{ "<b>"|linebreaks }}
{% now "Y" as year %}{{ price|floatformat:1 }}{{ day|date:"j F Y" }}
{% filter lower %}ABC{% endfilter %}{% cycle "a" "b" %}{{ html }}
{% regroup authors by born as grouped %}{{ grouped|length }}{{ "a b"|slugify }}'''
[
    Template(text).render(
        Context(
            {
                "authors": Author.objects.order_by("pk"),
                "price": Decimal("2.50"),
                "day": datetime.date(2024, 2, 29),
                "html": "<i>",
            }
        )
    )
]""",
        None,
    ),
    "template inheritance": (
        """from django.template import Context, Engine
engine = Engine(
    loaders=[
        (
            "django.template.loaders.locmem.Loader",
            {
                "base": "<{% block a %}{% endblock %}>",
                "page": "{% extends 'base' %}{% block a %}x{% include 'part' %}{% endblock %}",
                "part": "y",
            },
        )
    ]
)
[engine.get_template("page").render(Context())]""",
        ["<xy>"],
    ),
    "forms": (
        """from django import forms
class AuthorForm(forms.ModelForm):
    class Meta:
        model = Author
        fields = ["name", "born"]
class Search(forms.Form):
    words = forms.CharField(max_length=5)
    since = forms.DateField(required=False)
    sort = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
form, search = AuthorForm({"name": "Ann", "born": "1900"}), Search({"words": "too long", "sort": "a"})
[
    form.is_valid(),
    form.save().pk,
    search.is_valid(),
    sorted(search.errors),
    "type=\\"radio\\"" in str(search["sort"]),
    "<input" in str(form),
    "<div" in search.as_div(),
]""",
        [True, 7, False, ["list", ["words"]], True, True, True],
    ),
    "formsets and model checks": (
        """from django import forms
from django.core.exceptions import ValidationError
Books = forms.modelformset_factory(Book, fields=["title"], extra=1)
try:
    Author(name="x" * 99).full_clean()
except ValidationError as problem:
    errors = sorted(problem.message_dict)
[len(Books(queryset=Book.objects.filter(pk__lt=3)).forms), errors]""",
        [3, ["list", ["born", "name"]]],
    ),
    "requests and responses": (
        """from django.http import HttpResponse, JsonResponse, QueryDict
from django.test import RequestFactory
request = RequestFactory().get("/books/", {"q": "é", "page": 2})
posted = RequestFactory().post("/books/", {"title": "x"})
[
    request.GET["q"],
    posted.POST["title"],
    JsonResponse({"a": 1}).content.decode(),
    HttpResponse("x", status=404).status_code,
    QueryDict("a=1&a=2").getlist("a"),
    request.path,
]""",
        ["é", "x", '{"a": 1}', 404, ["list", ["1", "2"]], "/books/"],
    ),
    "views and generic views": (
        """from django.test import RequestFactory
from django.views import View
from django.views.generic import ListView
class Names(View):
    def get(self, request):
        from django.http import JsonResponse
        return JsonResponse({"names": list(Author.objects.values_list("name", flat=True)[:1])})
class Authors(ListView):
    model = Author
    paginate_by = 4
view = Authors()
view.setup(RequestFactory().get("/"))
[Names.as_view()(RequestFactory().get("/")).content.decode(), view.get_queryset().count()]""",
        ['{"names": ["Author 0"]}', 6],
    ),
    "the test client": (
        """import sys
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
def hello(request, name):
    return HttpResponse(f"hello {name}")
urlpatterns = [path("hello/<str:name>/", hello, name="hello")]
with override_settings(
    ROOT_URLCONF=sys.modules[__name__] if __name__ in sys.modules else "answer", ALLOWED_HOSTS=["testserver"]
):
    response = Client().get(reverse("hello", args=["you"]))
    missing = Client().get("/nothing/")
[response.content.decode(), response.status_code, missing.status_code]""",
        ["hello you", 200, 404],
    ),
    "a test case": (
        """import unittest
from django.db import connection
from django.test import SimpleTestCase
from django.test.utils import CaptureQueriesContext
class AuthorTests(SimpleTestCase):
    databases = ["default"]
    def test_count(self):
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(Author.objects.count(), 6)
        self.assertEqual(len(queries), 1)
    def test_failing(self):
        self.assertIn("x", "abc")
result = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(AuthorTests).run(result)
[result.testsRun, len(result.failures), len(result.errors)]""",
        [2, 1, 0],
    ),
    "transactions": (
        """from django.db import IntegrityError, transaction
with transaction.atomic():
    Author.objects.create(name="kept")
    try:
        with transaction.atomic():
            Author.objects.create(name="lost")
            Author.objects.create(pk=1, name="twice")
    except IntegrityError:
        pass
    point = transaction.savepoint()
    Author.objects.create(name="lost as well")
    transaction.savepoint_rollback(point)
done = []
with transaction.atomic():
    transaction.on_commit(lambda: done.append("committed"))
[*Author.objects.filter(pk__gt=6).values_list("name", flat=True), *done]""",
        ["kept", "committed"],
    ),
    "a big sort": (
        """numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
rows = sql(numbers + " SELECT i, hex(randomblob(50)) r FROM n ORDER BY r, i DESC")
[len(rows), rows[0][1] <= rows[-1][1]]""",
        [100_000, True],
    ),
    "a big group and a big distinct": (
        """numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
[
    len(sql(numbers + " SELECT i / 3, count(*) FROM n GROUP BY 1 ORDER BY 2")),
    len(sql(numbers + " SELECT DISTINCT i % 1000 FROM n")),
]""",
        [33_334, 1000],
    ),
    "five thousand rows at once": (
        """Author.objects.bulk_create([Author(name=f"Bulk {n}") for n in range(5000)], batch_size=500)
made = list(Author.objects.filter(name__startswith="Bulk"))
for author in made:
    author.born = 1
Author.objects.bulk_update(made[:500], ["born"])
[
    len(made),
    Author.objects.filter(born=1).count(),
    len(Author.objects.in_bulk([author.pk for author in made[:3]])),
    Author.objects.filter(born=1).delete()[0],
]""",
        [5000, 500, 3, 500],
    ),
    "windows": (
        """from django.db.models.functions import DenseRank, FirstValue, Lag, Lead, Ntile, PercentRank, Rank, RowNumber
windows = {
    name: Window(function, partition_by=F("author"), order_by=F("price").desc())
    for name, function in {
        "rank": Rank(),
        "dense": DenseRank(),
        "row": RowNumber(),
        "lag": Lag("price"),
        "lead": Lead("price"),
        "ntile": Ntile(2),
        "first": FirstValue("price"),
        "percent": PercentRank(),
        "total": Sum("price"),
    }.items()
}
[len(Book.objects.annotate(**windows)), Book.objects.annotate(**windows).filter(row=1).count()]""",
        [12, 6],
    ),
    "JSON": (
        """from django.db.models.functions import JSONArray, JSONObject
from django.db.models.fields.json import KT
found = Author.objects.annotate(data=JSONObject(name="name", born="born")).order_by("pk")
[found[1].data, found.filter(data__name="Author 1").count(),
 Author.objects.annotate(both=JSONArray("name", "born")).get(pk=2).both]""",
        [["dict", [["name", "Author 1"], ["born", 1901]]], 1, ["list", ["Author 1", 1901]]],
    ),
    "a JSON field of one's own": (
        """from django.db import connection
class Note(models.Model):
    data = models.JSONField(default=dict)
    class Meta:
        app_label = "library"
with connection.schema_editor() as editor:
    editor.create_model(Note)
Note.objects.create(data={"a": {"b": [1, 2]}})
[
    Note.objects.filter(data__a__b__0=1).count(),
    Note.objects.filter(data__has_key="a").count(),
    Note.objects.get().data["a"]["b"],
]""",
        [1, 1, ["list", [1, 2]]],
    ),
    "asynchronous views of synchronous code": (
        """import asyncio
from asgiref.sync import async_to_sync, sync_to_async
async def count():
    return await sync_to_async(Author.objects.count)()
[async_to_sync(count)(), asyncio.run(count())]""",
        [6, 6],
    ),
    "the messages of errors": (
        """try:
    Author.objects.get(pk=99)
except Author.DoesNotExist as problem:
    answer = [str(problem)]
answer""",
        None,
    ),
    "signals of Django": (
        """from django.db.models.signals import post_save
from django.dispatch import receiver
saved = []
@receiver(post_save, sender=Author)
def note(sender, instance, created, **_): saved.append((instance.name, created))
Author.objects.create(name="Ann")
saved""",
        [["tuple", ["Ann", True]]],
    ),
    "pages": (
        """from django.core.paginator import Paginator
pages = Paginator(Author.objects.order_by('pk'), 4)
[pages.num_pages, len(pages.page(2)), pages.get_page(9).number]""",
        [2, 2, 2],
    ),
    "the cache": (
        """from django.core.cache import cache
cache.set('a', 1)
[cache.get('a'), cache.get_or_set('b', 2), cache.incr('a')]""",
        [1, 2, 2],
    ),
    "passwords": (
        """from django.contrib.auth.hashers import check_password, make_password
[check_password('x', make_password('x'))]""",
        [True],
    ),
    "signing": (
        """from django.core import signing
[signing.loads(signing.dumps({'a': 1}))]""",
        [["dict", [["a", 1]]]],
    ),
    "serialising": (
        """from django.core import serializers
[len(serializers.serialize('json', Author.objects.all()[:2])) > 50]""",
        [True],
    ),
    "validators": (
        """from django.core.validators import validate_email, URLValidator
validate_email('a@example.org')
URLValidator()('https://example.org/')
[1]""",
        [1],
    ),
    "middleware": (
        """from django.test import RequestFactory
from django.http import HttpResponse
from django.utils.decorators import decorator_from_middleware
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
[SecurityMiddleware(lambda request: HttpResponse("x"))(RequestFactory().get("/")).headers["X-Content-Type-Options"]]""",
        ["nosniff"],
    ),
    "explaining a query": ("['SEARCH' in Author.objects.filter(pk=1).explain()]", [True]),
    "raw rows": (
        """from django.db import connection
with connection.cursor() as cursor:
    cursor.execute('SELECT count(*) FROM library_book')
    answer = [cursor.fetchone()[0]]
answer""",
        [12],
    ),
    "words in other languages": (
        """from django.utils.translation import gettext as _, ngettext
from django.utils import formats, timesince
[
    _('yes'),
    ngettext('%d book', '%d books', 2) % 2,
    formats.number_format(1234.5, 1),
    timesince.timesince(timezone.now() - datetime.timedelta(days=2))[:1],
]""",
        ["yes", "2 books", "1234.5", "2"],
    ),
}
"""Name: the code, and the rows it gives (None: whatever it gives)."""

FUNCTIONS = """import inspect
from django.db import NotSupportedError
from django.db.models.functions import *
shapes = [
    (),
    ("title",),
    ("price",),
    ("added",),
    ("title", "title"),
    ("price", 2),
    ("title", 2),
    ("title", 1, 2),
    ("title", Value("B")),
    ("title", Value("B"), Value("C")),
    ("title", 9, Value("x")),
    ("added", "year"),
    ("title", models.TextField()),
]
def works(function):
    for shape in shapes:
        for over in (lambda one: one, lambda one: Window(one, order_by="pk")):
            try:
                list(Book.objects.annotate(x=over(function(*shape))).values_list("x"))
                return True
            except NotSupportedError:
                return False
            except Exception:
                continue
    return False
[name for name, one in vars(functions).items() if inspect.isclass(one) and not works(one)]"""
"""Every function that Django offers for a database, in a shape that it takes; the names of those that do not work."""
