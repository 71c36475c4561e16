// Makes <figure data-chart="ID or URL of a specification"> live: points are read under the pointer and by arrow keys.
// The picture that came with the page stays wherever anything fails.
import { reading } from "./reading.js";

const AXIS = 58; // room for the amounts at the left edge
const NARROW = 560; // below this the words at the right edge would leave no room for the chart
const LETTER = 7.4; // pixels, about, of one letter of a note
const OPTIONS = { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: false, logLevel: 0 };

export const upgradeCharts = (root) => {
  for (const figure of root.querySelectorAll?.("figure[data-chart]:not([data-seen])") ?? []) {
    figure.dataset.seen = "";
    watch(figure);
  }
};

// Charts far down the page wait until they are nearly in sight.
const watch = (figure) => {
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    upgrade(figure).catch((error) => console.info("The chart stays a picture:", error.message));
  }, { rootMargin: "300px" });
  seen.observe(figure);
};

const upgrade = async (figure) => {
  const spec = await read(figure.dataset.chart);
  const reader = reading(figure, spec.datasets?.points ?? []);
  const engine = document.querySelector('meta[name="chart-engine"]')?.content;
  if (!engine) return;
  const { vegaEmbed } = await import(engine);
  const render = drawing(figure, spec, vegaEmbed, reader);
  await render();
  let pause;
  new ResizeObserver(() => { clearTimeout(pause); pause = setTimeout(render, 150); }).observe(figure);
};

const read = async (place) => {
  const script = document.getElementById(place);
  if (script) return JSON.parse(script.textContent);
  const answer = await fetch(place, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${place} answered ${answer.status}`);
  return answer.json();
};

// Drawn out of sight and swapped in only when it stands, so that nothing jumps or flashes.
const drawing = (figure, spec, vegaEmbed, reader) => {
  const picture = figure.querySelector(".chart-picture");
  let shown = 0;
  let last;
  return async () => {
    const room = Math.round(figure.clientWidth);
    if (!room || Math.abs(room - shown) < 8) return;
    shown = room;
    const stage = document.createElement("div");
    const { view, finalize } = await vegaEmbed(stage, fitted(spec, room), OPTIONS);
    stage.querySelector("svg")?.setAttribute("aria-hidden", "true");
    picture.classList.add("is-live");
    picture.replaceChildren(stage);
    last?.();
    last = finalize;
    reader.onto(view, stage.querySelector("svg"));
  };
};

const fitted = (spec, room) => {
  if (room >= NARROW) return { ...spec, width: room - AXIS - (spec.usermeta?.tail ?? 12) };
  const width = Math.max(120, room - AXIS - 12);
  const { labels, notes, points } = spec.datasets;
  const bare = labels.map((label) => ({ ...label, text: "" }));
  return { ...spec, width, height: 260, datasets: { ...spec.datasets, labels: bare, notes: leaning(notes, points, width) } };
};

// Notes lean to the side that has room for them, and are cut where neither has.
const leaning = (notes, points, width) => notes.map((note) => {
  const first = points[0].at, last = points.at(-1).at;
  const x = ((note.at - first) / (last - first || 1)) * width;
  const align = x > width / 2 ? "right" : "left";
  const letters = Math.floor((align === "right" ? x : width - x) / LETTER);
  return { ...note, align, text: note.text.length > letters ? `${note.text.slice(0, letters - 1)}…` : note.text };
});
