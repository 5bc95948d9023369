// A list of completions goes when it has nothing to offer but what is written already, and when the editor has lost the focus
// while it was being made.

import { closeCompletion, completionStatus, currentCompletions } from "@codemirror/autocomplete";
import { EditorView } from "@codemirror/view";

const written = (state) => {
  const [only, ...others] = currentCompletions(state);
  const { head } = state.selection.main;
  return only && !others.length && state.sliceDoc(Math.max(head - only.label.length, 0), head) === only.label;
};

export const quiet = EditorView.updateListener.of(({ view, state }) => {
  if (completionStatus(state) === "active" && (!view.hasFocus || written(state))) closeCompletion(view);
});
