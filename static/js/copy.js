// A button beside a text copies it. Where the browser has no clipboard for us (on plain http, say) there is no button, and where it
// refuses, the text is marked instead.

const offer = (button) => {
  const text = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      button.textContent = "Copied";
    } catch {
      text.select();
    }
  });
};

const offerIn = (part) => part.querySelectorAll("[data-copies][hidden]").forEach(offer);

if (navigator.clipboard) {
  offerIn(document);
  document.addEventListener("htmx:afterSwap", (event) => offerIn(event.detail.target));
}
