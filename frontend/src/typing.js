// Where coloured text is typed over, Chromium would put the new letters into a styled <span>, which the site's policy refuses, with
// a line in the console. So that change is made here.

import { EditorView } from "@codemirror/view";

export const typedOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || !event.data || event.isComposing || main.empty) return false;
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler); // a bracket goes around what is selected
    if (!handlers.some((handle) => handle(view, main.from, main.to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});
