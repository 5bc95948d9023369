// In an editor: Ctrl or ⌘ with Enter checks, Shift with Enter runs.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("textarea")) return;
  const form = event.target.form;
  const button =
    event.ctrlKey || event.metaKey
      ? form.querySelector('[type="submit"]')
      : event.shiftKey
        ? form.querySelector('[data-does="run"]')
        : null;
  if (!button) return;
  event.preventDefault();
  button.click();
});
