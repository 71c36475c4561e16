// Makes <figure data-chart="ID or URL of a specification"> live: tooltips, and points read out by arrow keys.
// The picture that came with the page stays wherever anything fails.
const engineUrl = () => document.querySelector('meta[name="chart-engine"]')?.content;

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
  const keys = listen(figure, spec.datasets?.points ?? []);
  const engine = engineUrl();
  if (!engine) return;
  const { vegaEmbed } = await import(engine);
  await draw(figure, spec, vegaEmbed, keys);
};

const read = async (place) => {
  const script = document.getElementById(place);
  if (script) return JSON.parse(script.textContent);
  const answer = await fetch(place, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${place} answered ${answer.status}`);
  return answer.json();
};

// Drawn beside the first picture and swapped in only when it stands, so nothing jumps or flashes.
const draw = async (figure, spec, vegaEmbed, keys) => {
  const picture = figure.querySelector(".chart-picture");
  let shown = 0;
  const render = async () => {
    const room = Math.round(picture.clientWidth);
    if (!room || Math.abs(room - shown) < 8) return;
    shown = room;
    const stage = document.createElement("div");
    stage.className = "chart-stage";
    stage.hidden = true;
    picture.append(stage);
    const { view } = await vegaEmbed(stage, fitted(spec, room), options);
    stage.hidden = false;
    picture.classList.add("is-live");
    picture.replaceChildren(stage);
    stage.querySelector("svg")?.setAttribute("aria-hidden", "true");
    keys.show = (i) => view.signal("focus", i).runAsync();
  };
  await render();
  let pause;
  new ResizeObserver(() => { clearTimeout(pause); pause = setTimeout(render, 150); }).observe(picture);
};

const options = {
  ast: true, actions: false, renderer: "svg", defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
  logLevel: 0,
};

// On a narrow screen the words at the right edge would leave no room for the chart: they go, and the axis stays.
const fitted = (spec, room) => {
  const narrow = room < 560;
  const fit = { ...spec, width: room, height: narrow ? 220 : spec.height, autosize: { type: "fit-x", contains: "padding" } };
  if (narrow) fit.datasets = { ...spec.datasets, labels: spec.datasets.labels.map((label) => ({ ...label, text: "" })) };
  return fit;
};

// Arrow keys walk along the points, Page keys along the exceptions; the sentence under the chart reads them.
const listen = (figure, points) => {
  const keys = { show: () => {} };
  const there = points.filter((point) => point.value !== null);
  const said = figure.querySelector(".chart-read");
  let place = -1;
  const go = (to) => {
    place = Math.max(0, Math.min(there.length - 1, to));
    const point = there[place];
    if (said) said.textContent = `${point.when}: ${point.what}, ${point.why}.`;
    keys.show(point.i);
  };
  const exception = (step) => {
    for (let i = place + step; i >= 0 && i < there.length; i += step) if (there[i].kind) return i;
    return place;
  };
  const moves = {
    ArrowRight: () => place + 1, ArrowLeft: () => (place < 0 ? there.length - 1 : place - 1),
    Home: () => 0, End: () => there.length - 1,
    PageDown: () => exception(1), PageUp: () => exception(-1),
  };
  figure.addEventListener("keydown", (event) => {
    const move = event.target === figure && there.length && moves[event.key];
    if (!move) return;
    event.preventDefault();
    go(move());
  });
  figure.addEventListener("blur", () => { place = -1; if (said) said.textContent = ""; keys.show(-1); });
  return keys;
};
