// The switch between light and dark, without a new page. The server reads the same cookie for the next one.

const YEAR = 365 * 24 * 60 * 60;
const secure = location.protocol === "https:" ? "; Secure" : "";

for (const form of document.querySelectorAll("form.theme")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter.value;
    document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    document.documentElement.dataset.theme = theme;
    document.querySelector('meta[name="color-scheme"]').content = theme;
    // The button that was pressed is gone now; the focus goes to the other, which has come in its place.
    form.querySelector(`button:not([value="${theme}"])`).focus();
  });
}
