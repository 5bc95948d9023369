// In an editor: Ctrl or ⌘ with Enter checks, Shift with Enter runs. Before CodeMirror, which would make a new line of either.

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter" || !event.target.matches("textarea, .cm-content")) return;
    const form = event.target.closest("form");
    const button =
      event.ctrlKey || event.metaKey
        ? form?.querySelector('[type="submit"]')
        : event.shiftKey
          ? form?.querySelector('[data-does="run"]')
          : null;
    if (!button) return;
    event.preventDefault();
    button.click();
  },
  { capture: true },
);
