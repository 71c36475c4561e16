// Light or dark before the first paint. Loaded in the head without defer, so that no page flashes in the wrong scheme.
(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("scheme") || ""; } catch { return ""; } };
  const show = (scheme) => {
    if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme;
    for (const button of document.querySelectorAll("[data-set-scheme]"))
      button.setAttribute("aria-pressed", String(button.dataset.setScheme === scheme));
  };
  show(read());
  addEventListener("DOMContentLoaded", () => show(read()));
  addEventListener("storage", () => show(read()));
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-set-scheme]");
    if (!button) return;
    try { localStorage.setItem("scheme", button.dataset.setScheme); } catch { /* private windows may refuse */ }
    show(button.dataset.setScheme);
  });
})();
