// The views of a result besides the table: bars, timeline, map, graph.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import { placeNames } from "./network-labels";
import { type Shape, stateCode } from "./shapes";
import { type Row, type Solutions, type Term, textOf, type Vocabulary } from "./terms";
import { svgElement, worldMap } from "./world";

const WIDTH = 960;
const NARROW = 600;
const NARROW_WIDTH = 400;
const NODES = 300;
/** Of a name beside a circle, the width of a letter. */
const NODE_LETTER = 6.3;
const BARS = 60;
const EVENTS = 500;
/** Of a name beside a bar: the width of a letter, and how many there may be. */
const LETTER = 7.4;
const LETTERS = 40;

export type Note = (text: string) => void;

const titled = <Drawn extends SVGElement>(drawn: Drawn, text: string): Drawn => {
  const title = svgElement("title");
  title.textContent = text;
  drawn.append(title);
  return drawn;
};

const labelled = (x: number, y: number, text: string, anchor = "start"): SVGTextElement => {
  const drawn = svgElement("text", { x, y, "text-anchor": anchor });
  drawn.textContent = text;
  return drawn;
};

const cut = (text: string, letters: number) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

function nameIn(row: Row, variable: string, vocabulary: Vocabulary): string {
  return textOf(row[`${variable}Name`] ?? row[variable], vocabulary);
}

/** What a row without a name is about: the first thing in it. */
function thingIn(row: Row, vocabulary: Vocabulary): string {
  return textOf(
    Object.values(row).find((term) => term?.type === "uri"),
    vocabulary,
  );
}

export function bars({ rows }: Solutions, shape: NonNullable<Shape["bars"]>, vocabulary: Vocabulary): SVGSVGElement {
  const drawn = rows.slice(0, BARS);
  const highest = Math.max(...drawn.map((row) => Math.abs(Number(row[shape.value]?.value ?? 0))), 1);
  const height = drawn.length * 26 + 8;
  const longest = Math.max(...drawn.map((row) => nameIn(row, shape.label, vocabulary).length));
  const left = 20 + LETTER * Math.min(longest, LETTERS);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", class: "bars" });
  drawn.forEach((row, place) => {
    const value = Number(row[shape.value]?.value ?? 0);
    const name = nameIn(row, shape.label, vocabulary);
    const length = (Math.abs(value) / highest) * (WIDTH - left - 100);
    const y = place * 26 + 4;
    svg.append(
      labelled(left - 10, y + 15, cut(name, LETTERS), "end"),
      titled(svgElement("rect", { x: left, y, width: Math.max(length, 1), height: 20, rx: 2 }), `${name}: ${value}`),
      labelled(left + 8 + length, y + 15, value.toLocaleString(document.documentElement.lang)),
    );
  });
  return svg;
}

export function timeline(
  { rows }: Solutions,
  shape: NonNullable<Shape["timeline"]>,
  vocabulary: Vocabulary,
): HTMLElement {
  const list = document.createElement("ol");
  list.className = "timeline";
  const sorted = rows.filter((row) => row[shape.date]).slice(0, EVENTS);
  sorted.sort((a, b) => ((b[shape.date]?.value ?? "") < (a[shape.date]?.value ?? "") ? -1 : 1));
  let year = "";
  let events = document.createElement("ul");
  for (const row of sorted) {
    const date = row[shape.date]?.value ?? "";
    if (date.slice(0, 4) !== year) {
      year = date.slice(0, 4);
      const item = document.createElement("li");
      const heading = document.createElement("h3");
      heading.textContent = year;
      events = document.createElement("ul");
      item.append(heading, events);
      list.append(item);
    }
    const event = document.createElement("li");
    const when = document.createElement("span");
    when.className = "date";
    when.textContent = date.slice(0, 10);
    const what = document.createElement("span");
    what.className = "what";
    what.textContent = nameIn(row, shape.label, vocabulary) || thingIn(row, vocabulary);
    event.append(when, what);
    events.append(event);
  }
  return list;
}

export function map(
  { rows }: Solutions,
  shape: NonNullable<Shape["map"]>,
  vocabulary: Vocabulary,
  note: Note,
): SVGSVGElement {
  const { state, latitude, longitude } = shape;
  if (latitude && longitude) {
    const places = rows.filter((row) => row[latitude] && row[longitude]);
    const at = places.map((row): [number, number] => [Number(row[longitude]?.value), Number(row[latitude]?.value)]);
    const drawn = worldMap(WIDTH, 520, at);
    places.forEach((row, number) => {
      const name = shape.label ? nameIn(row, shape.label, vocabulary) : "";
      const spot = drawn.spot(at[number] ?? [0, 0], 6, name);
      for (const event of ["pointerenter", "focus"]) spot.addEventListener(event, () => note(name));
    });
    return drawn.svg;
  }
  const drawn = worldMap(WIDTH, 520, []);
  const values = new Map<string, { value: number; name: string }>();
  for (const row of rows) {
    const code = stateCode(row[state ?? ""]?.value ?? "");
    if (!code) continue;
    const added = shape.value ? Number(row[shape.value]?.value ?? 0) : 1;
    const value = (values.get(code)?.value ?? 0) + added;
    values.set(code, { value, name: nameIn(row, state ?? "", vocabulary) });
  }
  const steps = [...values.values()].map(({ value }) => value).sort((a, b) => a - b);
  for (const [code, { value, name }] of values) {
    const share = steps.length > 1 ? steps.filter((step) => step <= value).length / steps.length : 1;
    drawn.mark(code, `share-${Math.max(1, Math.ceil(share * 5))}`, `${name}: ${value}`);
  }
  return drawn.svg;
}

interface Node extends SimulationNodeDatum {
  id: string;
  term: Term;
  name: string;
  ties: number;
}

export function graph(
  { rows }: Solutions,
  shape: NonNullable<Shape["graph"]>,
  vocabulary: Vocabulary,
  cutNote: (shown: number) => void,
): SVGSVGElement {
  const nodes = new Map<string, Node>();
  const node = (row: Row, variable: string): Node | undefined => {
    const term = row[variable];
    if (!term) return undefined;
    const id = `${term.type} ${term.value}`;
    const made = nodes.get(id) ?? { id, term, name: nameIn(row, variable, vocabulary), ties: 0 };
    if (!nodes.has(id)) {
      if (nodes.size >= NODES) {
        cutNote(NODES);
        return undefined;
      }
      nodes.set(id, made);
    }
    return made;
  };
  const links: { source: Node; target: Node; name: string }[] = [];
  for (const row of rows) {
    const source = node(row, shape.from);
    const target = node(row, shape.to);
    if (!source || !target || source === target) continue;
    source.ties++;
    target.ties++;
    links.push({ source, target, name: shape.edge ? textOf(row[shape.edge], vocabulary) : "" });
  }
  const width = window.innerWidth < NARROW ? NARROW_WIDTH : WIDTH; // letters stay as large as on a wide screen
  const height = Math.min(760, 360 + nodes.size * 4);
  const all = [...nodes.values()];
  forceSimulation(all)
    .force("link", forceLink(links).distance(70))
    .force("charge", forceManyBody().strength(-160))
    .force("x", forceX(0).strength(0.07))
    .force("y", forceY(0).strength(0.07 * (width / height)))
    .force("apart", forceCollide(16))
    .stop()
    .tick(200);
  const xs = all.map((one) => one.x ?? 0);
  const ys = all.map((one) => one.y ?? 0);
  const fit = (value: number, values: number[], from: number, to: number) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high - low < 1 ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from);
  };
  const x = (one: Node) => fit(one.x ?? 0, xs, width / 10, width - width / 10);
  const y = (one: Node) => fit(one.y ?? 0, ys, 24, height - 30);
  const svg = svgElement("svg", {
    viewBox: `0 0 ${width} ${height}`,
    role: "group",
    class: "graph",
  });
  for (const { source, target, name } of links) {
    const line = svgElement("line", { x1: x(source), y1: y(source), x2: x(target), y2: y(target) });
    svg.append(name ? titled(line, name) : line);
  }
  const radius = (one: Node) => 5 + Math.min(9, Math.sqrt(one.ties) * 1.6);
  const circles = all.map((one) => ({ one, x: x(one), y: y(one), size: radius(one), name: cut(one.name, 24) }));
  const written = placeNames(
    circles
      .toSorted((a, b) => b.one.ties - a.one.ties)
      .map(({ one, name, ...circle }) => ({
        ...circle,
        text: one.id,
        width: name.length * NODE_LETTER,
        within: [0, 0, width, height] as const,
      })),
    circles,
    all.length,
  );
  const places = new Map(written.map((name) => [name.text, name]));
  for (const { one, size, name, ...at } of circles) {
    const drawn =
      one.term.type === "uri" ? svgElement("a", { href: vocabulary.page(one.term.value) }) : svgElement("g");
    const kind = one.term.type === "uri" ? "actor" : "place";
    drawn.append(svgElement("circle", { cx: at.x, cy: at.y, r: size, class: kind }));
    const place = places.get(one.id);
    const label = labelled(place?.left ?? at.x + size + 4, (place?.middle ?? at.y) + 4, name);
    if (!place) label.classList.add("minor"); // it would cover others: shown when the circle is pointed at
    drawn.append(label);
    svg.append(titled(drawn, one.name));
  }
  return svg;
}
