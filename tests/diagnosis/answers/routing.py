"""Wrong answers to routing/paths-and-converters."""

from sandbox.protocol import File
from tests.diagnosis.answers.answer import Answer, lookup, one, several, word


def urls(text: str) -> tuple[File, ...]:
    return one(text, "shop/urls.py")


def of_year(views: str) -> tuple[File, ...]:
    """A right route, and these views."""
    return several(shop__urls=RIGHT_ROUTE, shop__views=views)


RIGHT_ROUTE = """
    from django.urls import path

    from shop import views

    urlpatterns = [
        path("years/<int:year>/", views.of_year),
    ]
"""

ANSWERS = (
    Answer(
        "a view that there is not",
        "routing/paths-and-converters#shops-page",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/", views.books),
                path("shops/", views.shop),
            ]
        """),
        "The view is called shops, and the route names shop.",
        (("no attribute", "has no", "did you mean", "no view", "no name", "called shops"), ("shop",)),
    ),
    Answer(
        "another path",
        "routing/paths-and-converters#shops-page",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/", views.books),
                path("shop/", views.shops),
            ]
        """),
        "The route is shop/, so /shops/ is a 404.",
        (("404", "not found", "no route"),),
    ),
    Answer(
        "a comma forgotten",
        "routing/paths-and-converters#shops-page",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/", views.books)
                path("shops/", views.shops),
            ]
        """),
        "The comma between the two routes is missing.",
        (("comma",),),
    ),
    Answer(
        "the same view twice",
        "routing/paths-and-converters#shops-page",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/", views.books),
                path("shops/", views.books),
            ]
        """),
        "The route of the shops leads to the view of the books.",
        (("view",), ("books", "another", "other", "wrong")),
    ),
    Answer(
        "a space behind the colon",
        "routing/paths-and-converters#book-by-number",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/<int: pk>/", views.detail),
            ]
        """),
        "There is a space inside the angle brackets.",
        (("space",),),
    ),
    Answer(
        "name and converter swapped",
        "routing/paths-and-converters#book-by-number",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/<pk:int>/", views.detail),
            ]
        """),
        "The converter stands before the colon and the name behind it, and here they have changed places.",
        (("converter", "pk:int", "before the colon", "behind the colon"),),
    ),
    Answer(
        "no angle brackets",
        "routing/paths-and-converters#book-by-number",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/int:pk/", views.detail),
            ]
        """),
        "Without angle brackets the route is plain text, so no book's path fits.",
        (("404", "angle", "<int", "&lt;int", "no route"),),
    ),
    Answer(
        "a converter that takes one digit",
        "routing/paths-and-converters#book-by-number",
        urls(r"""
            from django.urls import re_path

            from shop import views

            urlpatterns = [
                re_path(r"^books/(?P<pk>\d)/$", views.detail),
            ]
        """),
        "The pattern takes one digit only, so the books from 10 on are a 404.",
        (("one digit", "single digit", "404", "from 10", "two digits", r"\d"),),
    ),
    Answer(
        "the views swapped",
        "routing/paths-and-converters#unreachable",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/new/", views.by_genre),
                path("books/<slug:genre>/", views.newest),
            ]
        """),
        "The views have changed places: by_genre is called without a genre, and newest with one.",
        (("genre",), ("argument", "parameter", "newest", "swapped", "places", "other view")),
    ),
    Answer(
        "no slash at the end",
        "routing/paths-and-converters#unreachable",
        urls("""
            from django.urls import path

            from shop import views

            urlpatterns = [
                path("books/new", views.newest),
                path("books/<slug:genre>/", views.by_genre),
            ]
        """),
        "The slash at the end is missing, so /books/new/ still comes to by_genre.",
        (("slash", "by_genre", "last letter", "genre"),),
    ),
    Answer(
        "a view without return",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                books = Book.objects.filter(published__year=year).order_by("title")
                JsonResponse({"year": year, "titles": [book.title for book in books]})
        """),
        "The view ends without a return, so there is no response.",
        (("return", "gives none", "gave none", "didn't give", "no response"),),
    ),
    Answer(
        "a dict for a response",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                books = Book.objects.filter(published__year=year).order_by("title")
                return {"year": year, "titles": [book.title for book in books]}
        """),
        "The view gives a dict, and a view has to give a response.",
        (("dict", "jsonresponse", "httpresponse"),),
    ),
    Answer(
        "a QuerySet in JSON",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                books = Book.objects.filter(published__year=year).order_by("title")
                return JsonResponse({"year": year, "titles": books})
        """),
        "JSON knows no QuerySet: a list of texts is wanted.",
        (("serializ", "serialis", "queryset", "a list", "json cannot"),),
    ),
    Answer(
        "titles in brackets of their own",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                titles = Book.objects.filter(published__year=year).order_by("title").values_list("title")
                return JsonResponse({"year": year, "titles": list(titles)})
        """),
        "Each title is a list of one, because flat=True is missing.",
        (("flat", "list of lists", "tuple", "nested", "list of one", "each title", "a list where", "brackets"),),
    ),
    Answer(
        "and every year since",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                books = Book.objects.filter(published__year__gte=year).order_by("title")
                return JsonResponse({"year": year, "titles": [book.title for book in books]})
        """),
        "gte lets in every year after this one.",
        ((*lookup("gte"), "later year", "every year", "years after", "since", "and after"),),
    ),
    Answer(
        "another key",
        "routing/paths-and-converters#books-of-a-year",
        of_year("""
            from bookshop.models import Book
            from django.http import JsonResponse


            def of_year(request, year):
                books = Book.objects.filter(published__year=year).order_by("title")
                return JsonResponse({"year": year, "books": [book.title for book in books]})
        """),
        "The key is books, and titles was asked for.",
        ((*word("titles", "books"), "titles is missing", "no titles", " key"),),
    ),
    Answer(
        "another name than the view's",
        "routing/paths-and-converters#books-of-a-year",
        several(
            shop__urls="""
                from django.urls import path

                from shop import views

                urlpatterns = [
                    path("years/<int:yr>/", views.of_year),
                ]
            """,
            shop__views="""
                from bookshop.models import Book
                from django.http import JsonResponse


                def of_year(request, year):
                    books = Book.objects.filter(published__year=year).order_by("title")
                    return JsonResponse({"year": year, "titles": [book.title for book in books]})
            """,
        ),
        "The route calls the value yr, and the view's parameter is year.",
        ((*word("yr"), "year"), ("argument", "parameter", "name")),
    ),
)
