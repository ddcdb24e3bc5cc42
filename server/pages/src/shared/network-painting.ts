// How a network is drawn on a canvas: lines, circles, codes in them, names beside them.
import { type Circle, type Name, placeNames } from "./network-labels";
import { colourOf, type Look } from "./network-look";

/** What is drawn; nodes and edges by their place in these lists. */
export interface Scene {
  sizes: Float32Array;
  clusters: Uint16Array;
  labels: string[];
  codes: string[];
  /** The places of both ends of each edge in turn. */
  ends: Uint32Array;
  widths: Float32Array;
}

/** What is looked at: a place (x, y) of the layout is at (k·x + left, k·y + top) of the stage. */
export interface View {
  k: number;
  left: number;
  top: number;
  /** Of the stage, in pixels; so many of them are drawn around it as the margin has. */
  width: number;
  height: number;
  margin: number;
}

/** What the reader points at: 1 for each node and edge that is meant, 2 for an edge that is drawn as ever beside these. */
export interface Pointed {
  nodes: Uint8Array;
  edges: Uint8Array;
}

/** Pixels of a circle's radius from which on a code of three letters can be read in it. */
const CODE_FITS = 9;
/** Those of a circle that names go around, and that has a rim. */
const LARGE = 4;
const WIDTHS = [1, 1.7, 2.6, 4];
/** With more edges, those that are not pointed at are not drawn at all. */
const MANY = 400;
const NAMES = 160;
/** Letters of a name; all of it is told where the reader points. */
const LETTERS = 30;

const shortened = (name: string): string => (name.length > LETTERS ? `${name.slice(0, LETTERS - 1).trimEnd()}…` : name);

const grown = (k: number): number => Math.sqrt(k);

/** The radius of a circle where its layout is magnified k times. */
export const radius = (size: number, k: number): number => size * grown(k);

/** Draw a network: the stage with its margin around it. */
export function paint(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  scene: Scene,
  places: Float32Array,
  view: View,
  look: Look,
  pointed: Pointed | null,
  bare: boolean,
): void {
  const { width, height, margin } = view;
  context.clearRect(0, 0, width + 2 * margin, height + 2 * margin);
  context.translate(margin, margin);
  const count = scene.sizes.length;
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  for (let node = 0; node < count; node += 1) {
    xs[node] = view.k * (places[2 * node] ?? 0) + view.left;
    ys[node] = view.k * (places[2 * node + 1] ?? 0) + view.top;
  }
  const x = (node: number) => xs[node] ?? 0;
  const y = (node: number) => ys[node] ?? 0;
  const inside = (node: number, by: number) =>
    x(node) > -by && y(node) > -by && x(node) < width + by && y(node) < height + by;
  const frame = [2, 2, width - 2, height - 2] as const;

  if (!bare) drawLines();
  const seen: number[] = [];
  for (let node = 0; node < count; node += 1) {
    if (inside(node, margin + 40)) seen.push(node);
  }
  const size = (node: number) => radius(scene.sizes[node] ?? 1, view.k);
  const meant = (node: number) => !pointed || pointed.nodes[node] === 1;
  seen.sort((one, other) => Number(meant(one)) - Number(meant(other)) || size(one) - size(other));
  drawCircles();
  drawCodes();
  drawNames();

  function drawLines(): void {
    // Lines of one colour and width are one path: that is ten times as fast as a path for each.
    const paths = new Map<number, number[]>();
    for (let edge = 0; edge < scene.widths.length; edge += 1) {
      const lit = pointed?.edges[edge] === 1;
      const asEver = !pointed || pointed.edges[edge] === 2;
      if (!lit && !asEver && scene.widths.length > MANY) continue;
      const one = scene.ends[2 * edge] ?? 0;
      const other = scene.ends[2 * edge + 1] ?? 0;
      if (Math.max(x(one), x(other)) < -margin || Math.min(x(one), x(other)) > width + margin) continue;
      if (Math.max(y(one), y(other)) < -margin || Math.min(y(one), y(other)) > height + margin) continue;
      const wide = (scene.widths[edge] ?? 1) * Math.min(2, grown(view.k)) + (lit ? 1 : 0);
      const step = WIDTHS.findIndex((limit) => wide <= limit);
      const cluster = scene.clusters[one] === scene.clusters[other] ? 1 + Math.min(7, scene.clusters[one] ?? 0) : 0;
      const key = (step < 0 ? WIDTHS.length - 1 : step) * 16 + (lit ? 15 : asEver ? cluster : 0);
      const path = paths.get(key);
      if (path) path.push(one, other);
      else paths.set(key, [one, other]);
    }
    for (const [key, ends] of [...paths].sort(([one], [other]) => (one % 16) - (other % 16))) {
      const cluster = key % 16;
      context.globalAlpha = cluster === 15 ? 0.9 : cluster ? 0.38 : pointed ? 0.4 : 0.8;
      context.strokeStyle = cluster === 15 ? look.accent : cluster ? colourOf(look, cluster - 1) : look.line;
      context.lineWidth = WIDTHS[Math.floor(key / 16)] ?? 1;
      context.beginPath();
      for (let end = 0; end < ends.length; end += 2) {
        const [one, other] = [ends[end] ?? 0, ends[end + 1] ?? 0];
        context.moveTo(x(one), y(one));
        context.lineTo(x(other), y(other));
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function drawCircles(): void {
    context.lineWidth = 1.5;
    context.strokeStyle = look.paper;
    for (const node of seen) {
      context.fillStyle = meant(node) ? colourOf(look, scene.clusters[node] ?? 0) : look.line;
      context.beginPath();
      context.arc(x(node), y(node), size(node), 0, 2 * Math.PI);
      context.fill();
      if (size(node) >= LARGE) context.stroke();
    }
  }

  function drawCodes(): void {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = look.paper;
    for (const node of seen) {
      const code = scene.codes[node];
      if (!code || size(node) < CODE_FITS || !meant(node)) continue;
      context.font = `600 ${Math.round(size(node) * 0.72)}px ${look.font}`;
      context.fillText(code, x(node), y(node) + 0.5);
    }
  }

  function drawNames(): void {
    context.textAlign = "left";
    context.font = `13px ${look.font}`;
    const few = seen.length < 400;
    const named = seen.filter((node) => meant(node) && (few || pointed || size(node) >= LARGE)).reverse();
    function* names(): Generator<Name> {
      for (const node of named) {
        const text = shortened(scene.labels[node] ?? "");
        const within = inside(node, 0) ? frame : undefined; // no name of a circle in the stage is cut at its edge
        yield { text, x: x(node), y: y(node), size: size(node), width: context.measureText(text).width, within };
      }
    }
    const circles: Circle[] = seen
      .filter((node) => few || size(node) >= LARGE)
      .map((node) => ({ x: x(node), y: y(node), size: size(node) - 1 }));
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = look.paper;
    context.fillStyle = look.ink;
    for (const { text, left, middle } of placeNames(names(), circles, NAMES)) {
      context.globalAlpha = 0.85;
      context.strokeText(text, left, middle);
      context.globalAlpha = 1;
      context.fillText(text, left, middle);
    }
  }
}
