// An editor in place of a textarea, which stays in its form, hidden: what is typed here is written there, and what is put there
// by anybody else comes here, as one step that can be undone. So everything that knows the textarea goes on as without an editor.

import "./sheets.js";

import { autocompletion, closeBrackets } from "@codemirror/autocomplete";
import { history, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";

import { sources } from "./completion.js";
import { WAY_OUT, keys } from "./keys.js";
import { languages } from "./languages.js";
import { marked, pointedAt, setMark } from "./marks.js";
import { quiet } from "./quiet.js";
import { typedOver } from "./typing.js";

const fromTextarea = Annotation.define();

// The smallest change that makes one text the other, so that the caret stays where it was.
const difference = (old, now) => {
  let from = 0;
  while (from < old.length && old[from] === now[from]) from += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - from && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { from, to: old.length - end, insert: now.slice(from, now.length - end) };
};

// Words for everybody, once for each form, in its bar.
const wayOut = (textarea) => {
  const place = textarea.form.querySelector(".bar") ?? textarea.form;
  const words = place.querySelector(".way-out") ?? document.createElement("span");
  if (!words.isConnected) place.insertBefore(words, place.querySelector(":scope > .r"));
  words.id ||= `way-out-${textarea.id}`;
  return Object.assign(words, { className: "way-out", textContent: WAY_OUT }).id;
};

const attributes = (textarea) => {
  const [label] = textarea.labels;
  const described = [textarea.getAttribute("aria-describedby"), wayOut(textarea)];
  if (label) label.id ||= `label-${textarea.id}`;
  return {
    // It takes the focus without this, but not all who look for what scrolls by keyboard know that.
    tabindex: "0",
    ...(label && { "aria-labelledby": label.id }),
    "aria-describedby": described.filter(Boolean).join(" "),
  };
};

const answers = (form) => form.hasAttribute("hx-target") && document.querySelector(form.getAttribute("hx-target"));

class Editor {
  constructor(textarea, world) {
    this.named = new Compartment();
    this.view = new EditorView({ state: this.#state(textarea, world) });
    this.verdicts = new MutationObserver(() => this.#mark());
    this.bind(textarea);
  }

  // Takes the place of a textarea, also of one that came from the site in place of the last; with the focus, if that has it or wants it.
  bind(textarea) {
    const { selectionStart: anchor, selectionEnd: head, scrollTop, scrollLeft } = textarea;
    const typing = document.activeElement === textarea || (this.textarea && textarea.autofocus);
    this.textarea = textarea;
    this.view.dom.style.setProperty("--rows", textarea.rows);
    textarea.addEventListener("input", () => this.read());
    textarea.labels[0]?.addEventListener("click", () => this.view.focus());
    textarea.after(this.view.dom);
    textarea.hidden = true;
    this.read();
    this.view.dispatch({
      effects: this.named.reconfigure(EditorView.contentAttributes.of(attributes(textarea))),
      ...(typing && { selection: { anchor, head } }),
    });
    if (typing) this.view.focus();
    Object.assign(this.view.scrollDOM, { scrollTop, scrollLeft });
    this.#watch();
  }

  // The textarea's text, where it is another one: somebody has put it there.
  read() {
    const { value } = this.textarea;
    const old = this.view.state.doc.toString();
    if (old === value) return;
    this.view.dispatch({ changes: difference(old, value), annotations: [fromTextarea.of(true), isolateHistory.of("full")] });
  }

  #write(update) {
    const { state, docChanged, transactions } = update;
    if (docChanged && !transactions.every((one) => one.annotation(fromTextarea))) {
      this.textarea.value = state.doc.toString();
      this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (state.field(marked) !== update.startState.field(marked)) this.#tell(Boolean(state.field(marked)));
  }

  #mark() {
    const mark = pointedAt(answers(this.textarea.form), this.textarea.name.replace(/^file:/, ""), this.view.state.doc);
    this.view.dispatch({ effects: setMark.of(mark) });
  }

  #watch() {
    const place = answers(this.textarea.form);
    this.verdicts.disconnect();
    if (place) this.verdicts.observe(place, { childList: true });
    this.#mark();
  }

  #tell(erring) {
    this.textarea.dispatchEvent(new CustomEvent("erring", { bubbles: true, detail: erring }));
  }

  #state(textarea, world) {
    return EditorState.create({
      doc: textarea.value,
      extensions: [
        lineNumbers(),
        history(),
        bracketMatching(),
        closeBrackets(),
        indentOnInput(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        languages[textarea.dataset.editor],
        autocompletion({ override: sources(textarea.dataset.editor, world), selectOnOpen: false, icons: false, interactionDelay: 0 }),
        keys,
        quiet,
        typedOver,
        marked,
        this.named.of([]),
        EditorView.updateListener.of((update) => this.#write(update)),
      ],
    });
  }
}

// `world` is the address of what can be completed, or nothing.
export const mount = (textarea, world) => new Editor(textarea, world);
