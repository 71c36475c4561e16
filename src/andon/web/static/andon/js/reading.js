// Reading a chart point by point. Pointer and keyboard do the same: ring the point, say it in words.
export const reading = (figure, points) => {
  const there = points.filter((point) => point.value !== null);
  const said = figure.querySelector(".chart-read");
  const tip = figure.appendChild(Object.assign(document.createElement("div"), { className: "chart-tip", hidden: true, ariaHidden: "true" }));
  let place = -1;
  let view, svg;

  const show = (to) => {
    place = Math.max(0, Math.min(there.length - 1, to));
    view?.signal("focus", there[place].i).runAsync();
    if (view) lay(tip, there[place], view, svg, figure);
  };
  const leave = () => {
    tip.hidden = true;
    view?.signal("focus", -1).runAsync();
  };
  const forget = () => {
    place = -1;
    said.textContent = "";
    leave();
  };
  const exception = (step) => {
    for (let i = place + step; i >= 0 && i < there.length; i += step) if (there[i].kind) return i;
    return place;
  };
  const moves = {
    ArrowRight: () => place + 1,
    ArrowLeft: () => (place < 0 ? there.length - 1 : place - 1),
    Home: () => 0,
    End: () => there.length - 1,
    PageDown: () => exception(1),
    PageUp: () => exception(-1),
    Escape: () => -1,
  };

  figure.addEventListener("keydown", (event) => {
    const move = event.target === figure && there.length && moves[event.key];
    if (!move) return;
    event.preventDefault();
    const to = move();
    if (event.key === "Escape" || to < 0 && place < 0) return forget();
    show(to);
    said.textContent = words(there[place]);
  });
  // What was read stays: were it taken away, the page would move under the pointer that is just being pressed.
  figure.addEventListener("blur", leave);
  figure.addEventListener("pointermove", (event) => {
    if (view && there.length && svg.contains(event.target)) show(nearest(there, moment(event, view, svg)));
  });
  figure.addEventListener("pointerleave", () => { if (document.activeElement !== figure) forget(); else tip.hidden = true; });

  return { onto: (newView, newSvg) => { view = newView; svg = newSvg; } };
};

const words = ({ when, what, why }) => `${when}: ${what}, ${why.replace(/\.$/, "")}.`;

// The chart may be shown smaller than it was drawn.
const zoom = (svg) => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width || 1;

const moment = (event, view, svg) => {
  const x = (event.clientX - svg.getBoundingClientRect().left) / zoom(svg) - view.origin()[0];
  return +view.scale("x").invert(x);
};

const nearest = (there, at) => {
  let low = 0, high = there.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (there[middle].at < at) low = middle + 1; else high = middle;
  }
  return low > 0 && at - there[low - 1].at < there[low].at - at ? low - 1 : low;
};

const lay = (tip, point, view, svg, figure) => {
  const line = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
  const when = Object.assign(document.createElement("b"), { textContent: point.when });
  tip.replaceChildren(when, line("what", point.what), line("why", point.why));
  tip.hidden = false;
  const [left, top] = view.origin();
  const scale = zoom(svg), frame = figure.getBoundingClientRect(), box = svg.getBoundingClientRect();
  const x = box.left - frame.left + (left + view.scale("x")(point.at)) * scale;
  const y = box.top - frame.top + (top + view.scale("y")(point.value)) * scale;
  const over = x + tip.offsetWidth + 24 > frame.width;
  tip.style.translate = `${over ? Math.max(0, x - tip.offsetWidth - 14) : x + 14}px ${Math.max(0, y - tip.offsetHeight - 10)}px`;
};
