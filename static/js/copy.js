// A button beside a text copies it. Without a clipboard (plain http, say) there is no button: the text can be marked and copied.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
      button.textContent = "Copied";
    });
  }
}
