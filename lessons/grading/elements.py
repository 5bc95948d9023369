"""What HTML says of its elements and attributes, as far as comparing two documents needs it."""

import re


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
"""Elements that have no end."""
VERBATIM = names("pre textarea script style")
"""Elements in which white space is kept."""
NO_TAGS_IN = {tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE) for tag in ("script", "style", "textarea", "title")}
"""What ends an element in which a `<` begins nothing."""
DRAWN = names("circle ellipse g line path polygon polyline rect stop use")
"""SVG's, which a slash before the `>` closes."""
INLINE = names("""
    a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark q s samp select small span strong sub sup svg
    time u var
""")
"""Elements that stand in a line of text: no space is seen beside them that is not written."""
MAY_STAY_OPEN = names("body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr")
CLOSE_P = names("""
    address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main
    menu nav ol p pre search section table ul
""")
"""Elements that end an open paragraph."""
CLOSED_BY = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
}
"""By a tag that begins: what it closes where that is open just outside of it."""
BOOLEAN = names("""
    allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden inert ismap itemscope
    loop multiple muted nomodule novalidate open playsinline readonly required reversed selected
""")
"""Attributes that are there or not; their value says nothing."""
