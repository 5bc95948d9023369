// What is coloured, and how it is called: the classes are those that Pygments gives the code in a lesson's prose.

import { pythonLanguage } from "@codemirror/lang-python";
import { LRLanguage, syntaxHighlighting } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { Decoration, MatchDecorator, ViewPlugin } from "@codemirror/view";
import { parser } from "@lezer/html";
import { tagHighlighter, tags } from "@lezer/highlight";

const colours = tagHighlighter([
  { tag: [tags.keyword, tags.bool, tags.null], class: "k" },
  { tag: [tags.string, tags.attributeValue], class: "s" },
  { tag: tags.number, class: "m" },
  { tag: [tags.comment, tags.documentMeta], class: "c" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.tagName, class: "nt" },
  { tag: tags.attributeName, class: "na" },
  { tag: tags.meta, class: "nf" },
]);

const html = LRLanguage.define({
  name: "django",
  parser,
  languageData: { commentTokens: { block: { open: "{#", close: "#}" } } },
});

// The parts of a tag or a variable, each with its class. A word after | is a filter, the first one after {% the tag's name.
const PART = /\{[%{#]-?|-?[%}#]\}|"[^"]*"|'[^']*'|\b\d+(?:\.\d+)?\b|\|\s*\w+|\b(?:and|or|not|in|is|as|with|only|by)\b/g;
const CLASSES = [
  [/^[{%}#]/, "k"],
  [/^["']/, "s"],
  [/^\d/, "m"],
  [/^\|/, "nf"],
  [/^/, "k"],
];
const mark = Object.fromEntries(["c", "k", "m", "nf", "nv", "s"].map((name) => [name, Decoration.mark({ class: name })]));

const inTemplate = new MatchDecorator({
  regexp: /\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/g,
  decorate: (add, from, to, [text]) => {
    if (text.startsWith("{#")) return add(from, to, mark.c);
    const named = /^\{%\s*\w+/.exec(text)?.[0].length ?? 0;
    if (named) add(from, from + named, mark.k);
    let done = named;
    for (const part of text.slice(named).matchAll(PART)) {
      const start = named + part.index;
      if (start > done) add(from + done, from + start, mark.nv);
      done = start + part[0].length;
      add(from + start, from + done, mark[CLASSES.find(([pattern]) => pattern.test(part[0]))[1]]);
    }
  },
});

// Within the colours of the HTML around it: of two marks, the one that takes precedence is the inner one.
const django = Prec.highest(
  ViewPlugin.define(
    (view) => ({
      decorations: inTemplate.createDeco(view),
      update(update) {
        this.decorations = inTemplate.updateDeco(update, this.decorations);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  ),
);

const coloured = syntaxHighlighting(colours);

export const languages = {
  python: [pythonLanguage, coloured],
  django: [html, coloured, django],
};
