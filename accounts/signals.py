"""What others are told of an account. They keep learners' work, which this package knows nothing about."""

from django.dispatch import Signal

guest_merged = Signal()
"""A guest logs in to an account: all of ``guest``'s becomes ``account``'s. Sent in a transaction that ends with the guest's
end, and the end of whatever is its own still; a receiver that raises keeps the guest as it was."""

collecting_data = Signal()
"""``user`` wants a copy of everything of theirs. Each receiver returns it by name: ``{"drafts": [{"exercise": …}, …]}``."""

describing_work = Signal()
"""``user`` is told what is kept of theirs. Each receiver returns phrases, one for each sort of which there is some:
``["3 exercises passed"]``."""
