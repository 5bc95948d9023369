// Tab indents, so there has to be another way out: Esc, and then Tab moves on as everywhere else, until another key is pressed.

import { acceptCompletion, closeBracketsKeymap, completionStatus, moveCompletionSelection, selectedCompletionIndex } from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, indentWithTab } from "@codemirror/commands";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

export const WAY_OUT = "Esc, then Tab leaves the editor";

const HELD = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]);

// Enter takes what the arrows have chosen, and is a new line otherwise; Tab takes the first when nothing is chosen.
const takeFirst = (view) => {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
};

const wayOut = EditorView.domEventObservers({
  keydown: (event, view) => {
    if (HELD.has(event.key)) return;
    view.setTabFocusMode(event.key === "Escape" && completionStatus(view.state) !== "active");
  },
  blur: (event, view) => view.setTabFocusMode(false),
});

export const keys = [
  wayOut,
  Prec.highest(keymap.of([{ key: "Tab", run: takeFirst }])),
  keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
];
