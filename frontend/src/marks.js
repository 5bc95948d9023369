// The line that a verdict speaks of, until it is edited.

import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, WidgetType, gutterLineClass } from "@codemirror/view";

export const setMark = StateEffect.define();

class Words extends WidgetType {
  constructor(words) {
    super();
    this.words = words;
  }

  eq(other) {
    return other.words === this.words;
  }

  toDOM() {
    return Object.assign(document.createElement("span"), { className: "unseen", textContent: ` ${this.words}` });
  }
}

const inGutter = new (class extends GutterMarker {
  elementClass = "erring";
})();
const line = Decoration.line({ class: "erring" });

const decorated = (mark) =>
  Decoration.set([line.range(mark.from), Decoration.widget({ widget: new Words(mark.words), side: 1 }).range(mark.to)]);

const moved = (mark, changes) =>
  mark && (changes.touchesRange(mark.from, mark.to) ? null : { ...mark, from: changes.mapPos(mark.from), to: changes.mapPos(mark.to) });

// { from, to, words }, or null.
export const marked = StateField.define({
  create: () => null,
  update: (mark, transaction) => {
    const set = transaction.effects.find((effect) => effect.is(setMark));
    return set ? set.value : transaction.docChanged ? moved(mark, transaction.changes) : mark;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (mark) => (mark ? decorated(mark) : Decoration.none)),
    gutterLineClass.from(field, (mark) => (mark ? RangeSet.of([inGutter.range(mark.from)]) : RangeSet.empty)),
  ],
});

// The line that the answer's words point at, when it still reads as it did then. `place` is where the form's answers go.
export const pointedAt = (place, file, doc) => {
  const where = [...(place ? place.querySelectorAll("[data-line]") : [])].find((one) => one.dataset.file === file);
  const number = Number(where?.dataset.line);
  if (!where || number > doc.lines || doc.line(number).text.trim() !== where.querySelector("code").textContent) return null;
  const { from, to } = doc.line(number);
  const raised = where.closest(".verdict").classList.contains("error");
  return { from, to, words: raised ? "The error is on this line." : "The feedback is about this line." };
};
