// The stage on which a network is drawn and moves. One worker lays it out, another draws it; the page moves the picture.
import { select } from "d3-selection";
import "d3-transition";
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import type { Task } from "../pages/network-layout";
import type { Painted, Wanted } from "../pages/network-painter";
import { still } from "./motion";
import type { Network } from "./network-data";
import { type Look, lookOf } from "./network-look";
import { radius } from "./network-painting";

/** Pixels around the whole network. */
const EDGE = 56;
/** Pixels beyond the stage that are drawn too, so that a picture can be dragged some way. */
const MARGIN = 140;
/** Milliseconds without a movement after which the picture is drawn anew. */
const REST = 120;
/** How far a picture may be magnified before it is drawn anew during the movement. */
const BLURRED = 1.6;
/** Pixels by which a finger or a mouse may miss a circle. */
const MISSED = 4;
const STEP = 60;

export interface Stage {
  /** Show these actors, with these ties or as many as they have among them; nothing shows all. */
  point(iris: ReadonlySet<string>, edges?: ReadonlySet<string>): void;
  /** Lay out again, with what is new. */
  lay(): void;
  zoom(way: "in" | "out" | "fit"): void;
  look(): Look;
}

export interface Workers {
  layout: string;
  painter: string;
}

export function stage(
  graph: Network,
  holder: HTMLElement,
  { layout, painter }: Workers,
  chosen: (iri: string | null) => void,
  settled: () => void,
): Stage {
  const calm = still();
  const canvas = document.createElement("canvas");
  canvas.role = "img";
  canvas.ariaLabel = holder.ariaLabel;
  holder.removeAttribute("role");
  holder.removeAttribute("aria-label");
  holder.replaceChildren(canvas);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  const laying = new Worker(layout, { type: "module" });
  const painting = new Worker(painter, { type: "module" });
  const tell = (wanted: Wanted) => painting.postMessage(wanted);
  let look = lookOf(holder);
  let order: string[] = [];
  let edges: string[] = [];
  /** Where the nodes are in pixels of the stage as long as nobody has moved it, and how large. */
  let places = new Float32Array();
  let sizes = new Float32Array();
  let [width, height, ratio] = [0, 0, 1];
  let moved: ZoomTransform = zoomIdentity;
  let painted: Painted | undefined;
  let over = -1;
  let turn = 0;
  let last = -2; // the number of the places at which the layout has come to rest
  let drawing = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  /** Put the layout into the stage: its middle into the middle, all of it within the edges. */
  function fit(): void {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    const nodes = order.map((iri) => graph.getNodeAttributes(iri));
    for (const { x, y } of nodes) {
      [left, right, low, high] = [Math.min(left, x), Math.max(right, x), Math.min(low, y), Math.max(high, y)];
    }
    const scale = Math.min((width - 2 * EDGE) / (right - left || 1), (height - 2 * EDGE) / (high - low || 1));
    places = new Float32Array(2 * nodes.length);
    for (const [place, { x, y }] of nodes.entries()) {
      places[2 * place] = width / 2 + (x - (left + right) / 2) * scale;
      places[2 * place + 1] = height / 2 - (y - (low + high) / 2) * scale;
    }
  }

  const askView = () => {
    if (!width) return;
    tell({ view: { k: moved.k, left: moved.x, top: moved.y, width, height, ratio, margin: MARGIN } });
  };

  function measure(): void {
    ratio = Math.min(2, devicePixelRatio || 1);
    [width, height] = [holder.clientWidth, holder.clientHeight];
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    fit();
    tell({ places, still: true });
    askView();
  }

  /** Show the picture as the reader has moved it since it was drawn. */
  function show(): void {
    drawing = 0;
    if (!context || !painted) return;
    const { picture, view } = painted;
    const much = moved.k / view.k;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.drawImage(
      picture,
      (-view.margin - view.left) * much + moved.x,
      (-view.margin - view.top) * much + moved.y,
      (picture.width / view.ratio) * much,
      (picture.height / view.ratio) * much,
    );
    if (over >= 0) drawOver(context);
  }

  const showSoon = () => {
    if (!drawing) drawing = requestAnimationFrame(show);
  };

  const placed = (node: number): [number, number, number] => [
    moved.applyX(places[2 * node] ?? 0),
    moved.applyY(places[2 * node + 1] ?? 0),
    radius(sizes[node] ?? 1, moved.k),
  ];

  /** The node under the mouse, with its name even where there is no room for it. */
  function drawOver(context: CanvasRenderingContext2D): void {
    const [x, y, size] = placed(over);
    const text = graph.getNodeAttribute(order[over], "label");
    context.font = `600 13px ${look.font}`;
    context.textBaseline = "middle";
    const wide = context.measureText(text).width + 14;
    const left = x + size + 4 + wide > width ? x - size - 4 - wide : x + size + 4;
    context.fillStyle = look.paper;
    context.strokeStyle = look.quiet;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(left, y - 13, wide, 26, 6);
    context.fill();
    context.stroke();
    context.lineWidth = 2;
    context.strokeStyle = look.ink;
    context.beginPath();
    context.arc(x, y, size + 2, 0, 2 * Math.PI);
    context.stroke();
    context.fillStyle = look.ink;
    context.fillText(text, left + 7, y + 0.5);
  }

  function nodeAt(event: MouseEvent): number {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    let [found, nearest] = [-1, Infinity];
    for (let node = 0; node < order.length; node += 1) {
      const [left, top, size] = placed(node);
      const far = Math.hypot(left - x, top - y) - size;
      if (far < MISSED && far < nearest) [found, nearest] = [node, far];
    }
    return found;
  }

  function outside(): boolean {
    if (!painted) return false;
    const { view } = painted;
    const much = moved.k / view.k;
    if (much > BLURRED) return true;
    const left = (-view.margin - view.left) * much + moved.x;
    const top = (-view.margin - view.top) * much + moved.y;
    const right = left + (view.width + 2 * view.margin) * much;
    const bottom = top + (view.height + 2 * view.margin) * much;
    return left > 0 || top > 0 || right < width || bottom < height;
  }

  const zooming = zoom<HTMLCanvasElement, unknown>()
    .scaleExtent([0.3, 24])
    // A wheel turns the page, until the reader has turned to the network.
    .filter((event: MouseEvent) => !event.button && (event.type !== "wheel" || focused(event)))
    .on("zoom", ({ transform }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
      moved = transform;
      showSoon();
      clearTimeout(resting);
      if (outside()) askView();
      else resting = setTimeout(askView, REST);
    });
  const focused = (event: MouseEvent) => event.ctrlKey || document.activeElement === canvas;
  const stageOf = select(canvas);
  stageOf.call(zooming);
  canvas.tabIndex = 0;
  const ways: Record<string, () => void> = {
    ArrowLeft: () => stageOf.call(zooming.translateBy, STEP / moved.k, 0),
    ArrowRight: () => stageOf.call(zooming.translateBy, -STEP / moved.k, 0),
    ArrowUp: () => stageOf.call(zooming.translateBy, 0, STEP / moved.k),
    ArrowDown: () => stageOf.call(zooming.translateBy, 0, -STEP / moved.k),
    "+": () => enlarge(1.5),
    "=": () => enlarge(1.5),
    "-": () => enlarge(1 / 1.5),
    "0": () => stageOf.call(zooming.transform, zoomIdentity),
    Escape: () => chosen(null),
  };
  const enlarge = (by: number) => {
    if (calm) stageOf.call(zooming.scaleBy, by);
    else stageOf.transition().duration(200).call(zooming.scaleBy, by);
  };
  canvas.addEventListener("keydown", (event) => {
    const way = event.ctrlKey || event.altKey || event.metaKey ? undefined : ways[event.key];
    if (!way) return;
    event.preventDefault();
    way();
  });
  canvas.addEventListener("click", (event) => {
    const node = nodeAt(event);
    chosen(node < 0 ? null : (order[node] ?? null));
  });
  canvas.addEventListener("mousemove", (event) => {
    const node = event.buttons ? -1 : nodeAt(event);
    if (node === over) return;
    over = node;
    holder.classList.toggle("over", over >= 0);
    showSoon();
  });
  canvas.addEventListener("mouseleave", () => {
    over = -1;
    showSoon();
  });
  painting.addEventListener("message", ({ data }: MessageEvent<Painted>) => {
    painted?.picture.close();
    painted = data;
    showSoon();
    requestAnimationFrame(() => tell({ shown: true }));
    if (data.rested === last) settled();
  });
  laying.addEventListener("message", ({ data }: MessageEvent<{ placed: Float32Array; last: boolean }>) => {
    if (!data.last && calm) return;
    for (const [place, iri] of order.entries()) {
      graph.mergeNodeAttributes(iri, { x: data.placed[2 * place] ?? 0, y: data.placed[2 * place + 1] ?? 0 });
    }
    fit();
    turn += 1;
    if (data.last) last = turn;
    tell({ places, turn, still: calm });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    look = lookOf(holder);
    tell({ look });
  });
  tell({ look });
  new ResizeObserver(measure).observe(holder);

  return {
    point(iris, lines) {
      if (!iris.size) return tell({ pointed: null });
      const nodes = Uint8Array.from(order, (iri) => Number(iris.has(iri)));
      const lit = Uint8Array.from(edges, (edge) =>
        lines ? Number(lines.has(edge)) : 2 * Number(graph.extremities(edge).every((iri) => iris.has(iri))),
      );
      tell({ pointed: { nodes, edges: lit } });
    },
    lay() {
      last = -2;
      order = graph.nodes();
      edges = graph.edges();
      const numbers = new Map(order.map((iri, place) => [iri, place]));
      const ends = Uint32Array.from(
        edges.flatMap((edge) => graph.extremities(edge).map((iri) => numbers.get(iri) ?? 0)),
      );
      const nodes = order.map((iri) => graph.getNodeAttributes(iri));
      sizes = Float32Array.from(nodes, (node) => node.size);
      tell({
        scene: {
          sizes,
          clusters: Uint16Array.from(nodes, (node) => node.cluster),
          labels: nodes.map((node) => node.label),
          codes: nodes.map((node) => node.actor.code),
          ends,
          widths: Float32Array.from(edges, (edge) => graph.getEdgeAttribute(edge, "size")),
        },
      });
      measure();
      const task: Task = {
        nodes: order.length,
        positions: Float32Array.from(nodes.flatMap((node) => [node.x, node.y])),
        ends,
        weights: Float32Array.from(edges, (edge) => graph.getEdgeAttribute(edge, "weight")),
        rounds: order.length > 800 ? 240 : 420,
      };
      laying.postMessage(task);
    },
    zoom(way) {
      if (way === "in") enlarge(1.5);
      else if (way === "out") enlarge(1 / 1.5);
      else stageOf.call(zooming.transform, zoomIdentity);
    },
    look: () => look,
  };
}
