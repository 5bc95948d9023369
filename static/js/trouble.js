// htmx swaps nothing in when a request fails. Here each failure gets its own words where the verdict would have been; what
// was typed stays in the editor.

const WORDS = {
  400: ["The site did not understand this", "Reload the page and try again. Copy your code first, to be sure."],
  403: ["The site could not be sure that this came from you", "Try again. If it stays so, copy your code and reload the page."],
  404: ["This exercise is no longer here", "The course has changed. Copy your code and go to the course."],
  410: ["This preview is not open any more", "It has ended, or was left in another window. Copy your code if you want to keep it."],
  413: ["That is too much to send", "An answer may have 20,000 characters."],
  429: ["That was a lot in a short time", "Wait a minute and try again. Your code is still here."],
  broken: ["Something broke on our side", "Your code is still here; try again in a moment. This does not count."],
  slow: ["The site took too long to answer", "Your code is still here; try again. This does not count."],
  offline: ["The site cannot be reached", "Your code is still here. Check the connection and try again."],
};

const announce = document.getElementById("announce");

const say = (element, [headline, detail]) => {
  const place = element.closest(".bench, .try, .quiz")?.querySelector(".result");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "verdict neutral";
  box.append(Object.assign(document.createElement("h3"), { textContent: headline }));
  box.append(Object.assign(document.createElement("p"), { textContent: detail }));
  place.replaceChildren(box);
  announce.textContent = `${headline}. ${detail}`;
};

// An editor's own requests save its draft; drafts.js speaks for those.
const isDraft = (event) => event.detail.elt.matches("textarea");

document.addEventListener("htmx:beforeRequest", (event) => {
  // The same verdict twice is announced twice only if the region was empty in between.
  if (!isDraft(event)) announce.textContent = "";
});
document.addEventListener("htmx:responseError", (event) => {
  if (!isDraft(event)) say(event.detail.elt, WORDS[event.detail.xhr.status] ?? WORDS.broken);
});
document.addEventListener("htmx:timeout", (event) => {
  if (!isDraft(event)) say(event.detail.elt, WORDS.slow);
});
document.addEventListener("htmx:sendError", (event) => {
  if (!isDraft(event)) say(event.detail.elt, WORDS.offline);
});
