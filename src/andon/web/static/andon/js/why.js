// The tree of whys, by mouse or finger: what is dragged goes before or after the one it is dropped on, or under it when
// dropped further to the right. Everything can also be done with the buttons of each why, without script.
const INDENT = 48;
let dragged = null;

const item = (target) => target.closest?.("[data-node]");
const side = (event, over) => {
  const box = over.querySelector(":scope > .why-node").getBoundingClientRect();
  if (event.clientX > box.left + INDENT * 2 && event.clientY > box.top + box.height / 2) return "under";
  return event.clientY < box.top + box.height / 2 ? "before" : "after";
};
const clear = () => {
  for (const over of document.querySelectorAll("[data-drop]")) delete over.dataset.drop;
};

document.addEventListener("dragstart", (event) => {
  dragged = item(event.target);
  if (!dragged || event.target.closest("textarea, input")) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.node);
});

document.addEventListener("dragover", (event) => {
  const over = item(event.target);
  if (!dragged || !over || dragged.contains(over)) return;
  event.preventDefault();
  clear();
  over.dataset.drop = side(event, over);
});

document.addEventListener("drop", (event) => {
  const over = item(event.target);
  if (!dragged || !over || dragged.contains(over)) return;
  event.preventDefault();
  const where = side(event, over);
  const beside = [...over.parentElement.children].filter((one) => one !== dragged);
  const position = beside.indexOf(over) + (where === "after" ? 1 : 0);
  const values = where === "under"
    ? { under: over.dataset.node, position: over.querySelectorAll(":scope > ol > li").length }
    : { under: over.dataset.parent, position };
  htmx.ajax("POST", dragged.dataset.place, { target: "#why", swap: "outerHTML", values });
  dragged = null;
  clear();
});

document.addEventListener("dragend", () => {
  dragged = null;
  clear();
});

// A button at an end does nothing; said to everybody by aria-disabled, so that the focus stays where it is.
document.addEventListener("click", (event) => {
  if (event.target.closest?.('.why-moves [aria-disabled="true"]')) event.preventDefault();
}, true);
