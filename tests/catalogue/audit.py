"""What no HTML of ours may hold, and Markdown that tries to put it there."""

import re
from html.parser import HTMLParser

from lessons.catalogue.markdown import ATTRIBUTES, CLASSES, TAGS

OURS = {"a": {"rel"}, "aside": {"role"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "pre": {"tabindex"}, "table": {"tabindex"}}
"""What the renderer adds itself."""


class Audit(HTMLParser):
    """Everything in a piece of HTML that could do more than be read."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.trouble.append(tag)
        for name, value in attrs:
            self.look(tag, name, value or "")

    def look(self, tag, name, value):
        known = (
            ATTRIBUTES.get(tag, set())
            | {"class"}
            | ({"rel"} if tag == "a" else set())
            | ({"role"} if tag == "aside" else set())
            | ({"tabindex"} if tag in ("pre", "table") else set())
        )
        known |= {"id"} if tag in ("h2", "h3", "h4") and value.startswith("on-") else set()
        if name not in known:
            self.trouble.append(f"{tag} {name}={value}")
        if name == "class" and not set(value.split()) <= CLASSES.get(tag, set()):
            self.trouble.append(f"{tag} class={value}")
        if name in ("href", "src") and re.match(r"[^/#?]*:", value) and not re.match(r"(?:https?|mailto):", value, re.IGNORECASE):
            self.trouble.append(f"{tag} {name}={value}")

    def handle_comment(self, data):
        self.trouble.append("comment")

    def handle_decl(self, decl):
        self.trouble.append("declaration")


def trouble(html: str) -> list[str]:
    audit = Audit()
    audit.feed(html)
    audit.close()
    return audit.trouble


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    '[x](https://a.example "onclick=\\"alert(1)")',
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    '<a href="x" onclick="alert(1)">x</a>',
    "<p style='position:fixed'>x</p>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//x.example>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src='https://x.example'></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=/logout method=post><input name=csrfmiddlewaretoken><button>x</button></form>",
    "<base href=https://x.example/>",
    "<meta http-equiv=refresh content='0;url=https://x.example'>",
    "<!-- <script>alert(1)</script> -->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html>",
    "<a id=form-titles name=submit>x</a>",
    "<h2 id=result-titles>x</h2>",
    "<div class='verdict passed'>Passed</div>",
    "<p class='note-title evil'>x</p>",
    "<aside role=alert aria-live=assertive>x</aside>",
    "<div hx-get=/logout hx-trigger=load data-x=1>x</div>",
    "<a href=/x target=_blank>x</a>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```html onload=alert(1)\nx\n```",
    "``` {.python style='x' onclick='alert(1)'}\nx\n```",
    '```python title="<img src=x onerror=alert(1)>"\nx\n```',
    "> [!TIP]\n> <script>alert(1)</script>",
    "> [!NOTE]<script>\n> x",
    "| a | b |\n| :- | -: |\n| <script>x</script> | <b onclick=x>y</b> |",
    "[<script>alert(1)</script>](https://a.example)",
    '![" onerror="alert(1)](x.png)',
    "[x]: javascript:alert(1)\n\n[x]",
    "*[x](java\nscript:alert(1))*",
    "<a\nhref='javascript:alert(1)'\n>x</a>",
    "<<img src=x onerror=alert(1)>>",
    "</p></div></main><script>alert(1)</script>",
    "\x02wzxhzdk:0\x03",
    "<textarea></textarea><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "{: onclick=alert(1) #main .verdict }",
    "x {: style='color:red' }",
]
