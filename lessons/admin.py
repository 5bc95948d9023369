"""Staff's lists of what learners did. Another model is one more class of three lines."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin import ReadOnly
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Snippet, Submission

SEARCHED = ("exercise", "learner__username")


class WithCode(ReadOnly):
    @admin.display(description="code")
    def code(self, stored: Submission | Draft) -> SafeString:
        """The learner's files, as they are: escaped, and never coloured."""
        return format_html_join("", "<p>{}</p><pre>{}</pre>", ((file.path, file.text) for file in stored.sources))


@admin.register(Submission)
class SubmissionAdmin(WithCode):
    list_display = ("learner", "exercise", "status", "created")
    list_select_related = ("learner",)
    list_filter = ("status", "created")
    search_fields = SEARCHED
    ordering = ("-pk",)
    unlisted = ("files", "verdict", "panels")
    fields = ("learner", "exercise", "status", "headline", "code", "created", "finished", "version", "behaviour", "shape")

    @admin.display(description="what was said")
    def headline(self, submission: Submission) -> str:
        return submission.outcome.headline if submission.outcome else ""


@admin.register(Progress)
class ProgressAdmin(ReadOnly):
    list_display = ("learner", "exercise", "attempts", "hints", "passed_at", "shown_at")
    list_select_related = ("learner",)
    search_fields = SEARCHED
    ordering = ("-pk",)


@admin.register(Draft)
class DraftAdmin(WithCode):
    list_display = ("learner", "exercise", "version", "saved")
    list_select_related = ("learner",)
    search_fields = SEARCHED
    ordering = ("-pk",)
    unlisted = ("files",)
    fields = ("learner", "exercise", "version", "saved", "code")


@admin.register(QuizAnswer)
class QuizAnswerAdmin(ReadOnly):
    list_display = ("learner", "quiz", "right", "attempts", "answered")
    list_select_related = ("learner",)
    list_filter = ("right",)
    search_fields = ("quiz", "learner__username")
    ordering = ("-pk",)


@admin.register(ReviewCard)
class ReviewCardAdmin(ReadOnly):
    list_display = ("learner", "exercise", "due", "last_review", "reviews")
    list_select_related = ("learner",)
    search_fields = SEARCHED
    ordering = ("due",)


@admin.register(Snippet)
class SnippetAdmin(ReadOnly):
    list_display = ("slug", "maker", "world", "created")
    list_select_related = ("maker",)
    search_fields = ("slug", "world", "maker__username")
    ordering = ("-pk",)
    unlisted = ("code",)
    fields = ("slug", "maker", "world", "created", "text")

    @admin.display(description="code")
    def text(self, snippet: Snippet) -> SafeString:
        return format_html("<pre>{}</pre>", snippet.code)
