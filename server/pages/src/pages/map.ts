// The page of the map: what is where, year by year, with a lasso for regions.
import { inAddress, keepInAddress } from "../shared/address";
import { addressOf } from "../shared/suggestions";
import { svgElement, worldMap } from "../shared/world";

interface Doing {
  iri: string;
  name: string;
  page: string;
  kind: string;
  begun: string;
  from: string;
  to: string;
  actors: { iri: string; name: string }[];
}

interface Spot {
  iri: string;
  name: string;
  page: string;
  at: [number, number];
  doings: Doing[];
}

type Words = Record<string, string>;
type Point = [number, number];

/** A small window gets a small drawing, so that its spots are no smaller. */
const [WIDTH, HEIGHT] = matchMedia("(max-width: 36rem)").matches ? [480, 360] : [960, 520];
const PAUSE = 900;
const LISTED = 60;
/** Corners of a region that an address holds; a drawn one has hundreds. */
const CORNERS = 30;

/** Whether a point lies in a polygon: the rule of the odd number of crossings. */
function inside([x, y]: Point, polygon: Point[]): boolean {
  let within = false;
  for (const [place, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(place || polygon.length) - 1] as Point;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}

async function show(section: HTMLElement): Promise<void> {
  const words = JSON.parse(section.dataset.words ?? "{}") as Words;
  const kinds = JSON.parse(section.dataset.kinds ?? "{}") as Words;
  const asked = new URL(section.dataset.address ?? "/map", location.href);
  asked.searchParams.set("lang", document.documentElement.lang);
  const answer = await fetch(asked, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const { places, states } = (await answer.json()) as { places: Spot[]; states: Record<string, string> };
  const map = worldMap(
    WIDTH,
    HEIGHT,
    places.map((place) => place.at),
  );
  map.svg.setAttribute("aria-label", document.querySelector("h1")?.textContent ?? "");
  const told = section.querySelector<HTMLElement>(".told");
  const year = section.querySelector<HTMLInputElement>('[data-do="year"]');
  const until = section.querySelector<HTMLInputElement>('[data-do="until"]');
  const output = section.querySelector("output");
  const part = (name: string) => section.querySelector<HTMLButtonElement>(`[data-do="${name}"]`);
  const [play, lasso, clear] = [part("play"), part("lasso"), part("clear")];
  const drawnLasso = svgElement("path", { class: "lasso" });
  let chosen: Set<Spot> | null = null;
  /** What is chosen, as the address says it: a place by its IRI, a region by longitudes and latitudes. */
  let choice = { place: "", region: "" };
  let timer = 0;

  const drawn = places.map((place) => {
    const circle = map.spot(place.at, 5, place.name);
    const choose = () => {
      choosePlace(place);
      update();
    };
    circle.addEventListener("click", choose);
    circle.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    });
    return { place, circle };
  });
  map.svg.append(drawnLasso);

  function choosePlace(place: Spot | undefined): void {
    chosen = place ? new Set([place]) : null;
    choice = { place: place?.iri ?? "", region: "" };
    drawnLasso.setAttribute("d", "");
  }

  function chooseRegion(polygon: Point[]): void {
    const step = Math.max(1, Math.ceil(polygon.length / CORNERS));
    const corners = polygon.filter((_, place) => place % step === 0);
    chosen = new Set(places.filter((place) => inside(map.project(place.at) ?? [-1, -1], corners)));
    const degrees = corners.map((corner) =>
      map.project
        .invert?.(corner)
        ?.map((n) => n.toFixed(2))
        .join(","),
    );
    choice = { place: "", region: degrees.join(";") };
    drawnLasso.setAttribute("d", `M${corners.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}Z`);
  }

  /** Show what the address says. */
  function takeUp(): void {
    const at = inAddress("year");
    if (year && at) year.value = at;
    if (until) until.checked = inAddress("until") === "1";
    const [iri, region] = [inAddress("place"), inAddress("region")];
    if (iri) choosePlace(places.find((place) => place.iri === iri));
    else if (region) {
      const corners = region.split(";").map((corner) => map.project(corner.split(",").map(Number) as Point));
      chooseRegion(corners.filter((corner) => corner?.every(Number.isFinite)) as Point[]);
    }
  }

  function isShown(doing: Doing): boolean {
    const at = Number(year?.value ?? 0);
    if (!year || at < Number(year.min) + 1) return true;
    if (!doing.from) return false;
    const begun = Number(doing.from.slice(0, 4));
    return until?.checked ? begun <= at : begun <= at && Number((doing.to || doing.from).slice(0, 4)) >= at;
  }

  function line(doing: Doing): HTMLElement {
    const item = document.createElement("li");
    item.className = doing.kind;
    const date = Object.assign(document.createElement("span"), { className: "date", textContent: doing.begun });
    const what = Object.assign(document.createElement("span"), { className: "what" });
    const link = Object.assign(document.createElement("a"), { href: addressOf(doing.page), textContent: doing.name });
    const kind = kinds[`one_${doing.kind}`] ?? doing.kind;
    const small = Object.assign(document.createElement("span"), { className: "quiet", textContent: kind });
    what.append(link, " ", ...(doing.name.startsWith(kind) ? [] : [small]));
    item.append(date, what);
    return item;
  }

  /** Colour the states that have part in what is shown, by how often they do. */
  function shadeStates(doings: Doing[]): void {
    const counts = new Map<string, { count: number; name: string }>();
    for (const actor of doings.flatMap((doing) => doing.actors)) {
      const code = states[actor.iri];
      if (code) counts.set(code, { count: 1 + (counts.get(code)?.count ?? 0), name: actor.name });
    }
    const most = Math.max(...[...counts.values()].map(({ count }) => count));
    map.shade(
      new Map(
        [...counts].map(([code, { count, name }]) => [
          code,
          { share: Math.sqrt(count / most), says: `${name}: ${count}` },
        ]),
      ),
    );
  }

  function update(): void {
    const at = Number(year?.value ?? 0);
    const all = !year || at < Number(year.min) + 1;
    if (output) output.textContent = all ? (words.all_years ?? "") : until?.checked ? `… ${at}` : String(at);
    const listed: [Spot, Doing[]][] = [];
    for (const { place, circle } of drawn) {
      const there = place.doings.filter(isShown);
      circle.tabIndex = there.length ? 0 : -1;
      circle.setAttribute("r", String(there.length ? 4 + 2.4 * Math.sqrt(there.length) : 2));
      circle.setAttribute("aria-label", `${place.name} (${there.length})`);
      const counts = new Map<string, number>();
      for (const doing of there) counts.set(doing.kind, (counts.get(doing.kind) ?? 0) + 1);
      const main = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
      const marks = ["spot", main, there.length ? "" : "off", chosen?.has(place) ? "chosen" : ""];
      circle.setAttribute("class", marks.filter(Boolean).join(" "));
      if (there.length && (!chosen || chosen.has(place))) listed.push([place, there]);
    }
    shadeStates(listed.flatMap(([, there]) => there));
    if (clear) clear.hidden = chosen === null;
    keepInAddress({ year: all ? "" : String(at), until: until?.checked ? "1" : "", ...choice });
    listed.sort((a, b) => b[1].length - a[1].length);
    let left = LISTED;
    const blocks = listed.flatMap(([place, there]) => {
      if (left <= 0) return [];
      const title = document.createElement("h3");
      title.append(
        Object.assign(document.createElement("a"), { href: addressOf(place.page), textContent: place.name }),
      );
      title.append(
        Object.assign(document.createElement("span"), { className: "total", textContent: String(there.length) }),
      );
      const list = Object.assign(document.createElement("ul"), { className: "lines" });
      list.append(...there.slice(0, left).map(line));
      left -= there.length;
      const block = document.createElement("section");
      block.append(title, list);
      return [block];
    });
    if (!blocks.length)
      blocks.push(Object.assign(document.createElement("section"), { textContent: words.nothing ?? "" }));
    told?.replaceChildren(...blocks);
  }

  function stop(): void {
    clearInterval(timer);
    timer = 0;
    play?.setAttribute("aria-pressed", "false");
    if (play) play.textContent = words.play ?? "";
  }

  play?.addEventListener("click", () => {
    if (timer) return stop();
    if (!year) return;
    if (Number(year.value) >= Number(year.max)) year.value = year.min;
    play.setAttribute("aria-pressed", "true");
    play.textContent = words.pause ?? "";
    const next = () => {
      if (Number(year.value) >= Number(year.max)) return stop();
      year.value = String(Number(year.value) + 1);
      update();
    };
    next();
    timer = setInterval(next, PAUSE);
  });
  year?.addEventListener("input", () => {
    stop();
    update();
  });
  until?.addEventListener("change", update);
  clear?.addEventListener("click", () => {
    choosePlace(undefined);
    update();
  });

  let trail: Point[] = [];
  const pointAt = (event: PointerEvent): Point => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.svg.getScreenCTM()?.inverse());
    return [at.x, at.y];
  };
  lasso?.addEventListener("click", () => {
    const on = lasso.getAttribute("aria-pressed") !== "true";
    lasso.setAttribute("aria-pressed", String(on));
    map.svg.classList.toggle("lassoing", on);
  });
  map.svg.addEventListener("pointerdown", (event) => {
    if (lasso?.getAttribute("aria-pressed") !== "true") return;
    event.preventDefault();
    map.svg.setPointerCapture(event.pointerId);
    trail = [pointAt(event)];
  });
  map.svg.addEventListener("pointermove", (event) => {
    if (!trail.length) return;
    trail.push(pointAt(event));
    drawnLasso.setAttribute("d", `M${trail.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}`);
  });
  map.svg.addEventListener("pointerup", () => {
    if (!trail.length) return;
    const polygon = trail;
    trail = [];
    if (polygon.length > 3) chooseRegion(polygon);
    update();
  });

  takeUp();
  update();
  section.querySelector(".canvas")?.replaceChildren(map.svg);
  section.hidden = false;
}

for (const section of document.querySelectorAll<HTMLElement>("section.world")) {
  show(section).catch(() => {
    document.querySelector("details.places")?.setAttribute("open", "");
  });
}
