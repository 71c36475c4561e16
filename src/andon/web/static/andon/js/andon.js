// Little things every page may use. Each works on the whole document, so parts that htmx brings in need nothing more.
import { upgradeCharts } from "./chart.js";

const say = (text) => {
  const item = document.createElement("li");
  item.className = "message warning";
  item.textContent = text;
  document.getElementById("messages")?.replaceChildren(item);
};

document.addEventListener("htmx:responseError", () => say("That did not work. Nothing was changed; please try again."));
document.addEventListener("htmx:sendError", () => say("The server could not be reached. Nothing was changed; please try again."));
document.addEventListener("htmx:load", (event) => upgradeCharts(event.target));

// <input type="checkbox" data-all="signal"> ticks every checkbox of that name; [data-ticked="signal"] says how many are.
const ticked = (name) => [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
const count = (name) => {
  const some = ticked(name).filter((box) => box.checked).length;
  for (const place of document.querySelectorAll(`[data-ticked="${CSS.escape(name)}"]`)) {
    place.hidden = some === 0;
    for (const word of place.querySelectorAll("[data-count]")) word.textContent = String(some);
  }
};
document.addEventListener("change", ({ target }) => {
  if (target.dataset?.all) for (const box of ticked(target.dataset.all)) box.checked = target.checked;
  if (target.type === "checkbox") count(target.dataset.all || target.name);
  if (target.dataset?.submit !== undefined) target.form?.requestSubmit();
});
for (const place of document.querySelectorAll("[data-ticked]")) count(place.dataset.ticked);

upgradeCharts(document);
