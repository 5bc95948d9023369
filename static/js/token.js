// Signing a guest in changes the CSRF token while the page stays. So the token comes from the cookie, at every request; the
// one that was rendered into the form is stale by then, and Django would look at it first.

const cookie = (name) =>
  document.cookie
    .split("; ")
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

document.addEventListener("htmx:configRequest", (event) => {
  const token = cookie("csrftoken");
  if (!token) return;
  delete event.detail.parameters.csrfmiddlewaretoken;
  event.detail.headers["X-CSRFToken"] = token;
});
