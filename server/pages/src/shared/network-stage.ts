// The stage on which a network is drawn and moves: sigma, fed with positions by a worker.
import Sigma from "sigma";
import type { Task } from "../pages/network-layout";
import { still } from "./motion";
import type { EdgeLook, Network, NodeLook } from "./network-data";
import { asSvg, colourOf, type Look, lookOf } from "./network-look";
import { CircleProgram, LineProgram } from "./network-programs";

/** With more lines than this, they are left out while the reader moves the picture. */
const MANY = 3_000;
/** Pixels of a circle's radius from which on a code of three letters can be read in it. */
const CODE_FITS = 9;

/** With more nodes than this, names may cover circles. */
const CROWD = 300;

interface Box {
  left: number;
  right: number;
  middle: number;
  half: number;
}

const covers = (one: Box, other: Box): boolean =>
  one.left < other.right && one.right > other.left && Math.abs(one.middle - other.middle) < one.half + other.half;

export interface Stage {
  /** Show this actor with those tied to it, or these on a path; nothing shows all. */
  point(iris: ReadonlySet<string>, edges?: ReadonlySet<string>): void;
  /** Lay out again, with what is new. */
  lay(): void;
  zoom(way: "in" | "out" | "fit"): void;
  look(): Look;
}

export function stage(
  graph: Network,
  holder: HTMLElement,
  layout: string,
  chosen: (iri: string | null) => void,
  settled: () => void,
): Stage {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const calm = still();
  let look = lookOf(holder);
  let shown: ReadonlySet<string> = new Set();
  let lines: ReadonlySet<string> | undefined;
  let drawn: Sigma<NodeLook, EdgeLook> | undefined;
  let written: Box[] = [];

  /** Where the circles are, as boxes that no name may cover. */
  function circles(): Box[] {
    return graph.mapNodes((iri) => {
      const at = drawn?.getNodeDisplayData(iri);
      if (!drawn || !at) return { left: 0, right: 0, middle: 0, half: 0 };
      const { x, y } = drawn.framedGraphToViewport(at);
      const size = drawn.scaleSize(at.size) - 2;
      return { left: x - size, right: x + size, middle: y, half: size };
    });
  }

  /** The codes of states in their circles, where these are large enough for three letters. */
  function writeCodes(): void {
    const context = drawn?.getCanvases().labels?.getContext("2d");
    if (!drawn || !context) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    graph.forEachNode((iri, node) => {
      const at = drawn?.getNodeDisplayData(iri);
      if (!drawn || !at || !node.actor.code || at.hidden || at.color === look.line) return;
      const size = drawn.scaleSize(at.size);
      if (size < CODE_FITS) return;
      const { x, y } = drawn.framedGraphToViewport(at);
      context.font = `600 ${Math.round(size * 0.8)}px ${look.font}`;
      context.fillStyle = look.paper;
      context.fillText(node.actor.code, x, y);
    });
    context.textAlign = "start";
    context.textBaseline = "alphabetic";
  }

  try {
    drawn = new Sigma<NodeLook, EdgeLook>(graph, holder, {
      nodeProgramClasses: { circle: CircleProgram },
      edgeProgramClasses: { line: LineProgram },
      labelFont: look.font,
      labelSize: 13,
      labelColor: { color: look.ink },
      labelDensity: 1,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 4,
      minCameraRatio: 0.05,
      maxCameraRatio: 4,
      stagePadding: 60,
      zIndex: true,
      hideEdgesOnMove: graph.size > MANY,
      hideLabelsOnMove: graph.size > MANY,
      nodeReducer: (iri, node) => {
        const aside = shown.size > 0 && !shown.has(iri);
        return {
          ...node,
          color: aside ? look.line : colourOf(look, node.cluster),
          label: aside ? "" : node.label,
          forceLabel: shown.size > 0 && shown.size < 40 && !aside,
          zIndex: aside ? 0 : 1,
        };
      },
      edgeReducer: (edge, tie) => {
        const [one, other] = graph.extremities(edge);
        const within = lines ? lines.has(edge) : shown.has(one) && shown.has(other);
        return {
          ...tie,
          color: shown.size && within ? look.accent : look.line,
          hidden: shown.size > 0 && !within && graph.size > 400,
          size: lines?.has(edge) ? tie.size + 2 : tie.size,
          zIndex: within ? 1 : 0,
        };
      },
      defaultDrawNodeLabel: (context, node, settings) => {
        if (!node.label) return;
        context.font = `${settings.labelSize}px ${settings.labelFont}`;
        const width = context.measureText(node.label).width;
        const beside = node.x + node.size + 3;
        const fits = beside + width < (drawn?.getDimensions().width ?? Number.POSITIVE_INFINITY);
        const left = fits ? beside : node.x - node.size - 3 - width;
        const box = { left, right: left + width, middle: node.y, half: settings.labelSize / 2 };
        // A name that would cover another is left out: it comes when the reader looks closer.
        if (written.some((other) => covers(box, other))) return;
        written.push(box);
        context.fillStyle = look.ink;
        context.fillText(node.label, left, node.y + settings.labelSize / 3);
      },
      defaultDrawNodeHover: (context, node, settings) => {
        context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
        const text = node.label ?? "";
        const width = context.measureText(text).width;
        context.fillStyle = look.paper;
        context.strokeStyle = look.quiet;
        context.beginPath();
        context.roundRect(node.x + node.size + 2, node.y - 12, width + 12, 24, 5);
        context.fill();
        context.stroke();
        context.beginPath();
        context.arc(node.x, node.y, node.size + 2, 0, 2 * Math.PI);
        context.stroke();
        context.fillStyle = look.ink;
        context.fillText(text, node.x + node.size + 8, node.y + 5);
      },
    });
    drawn.on("beforeRender", () => {
      written = graph.order > CROWD ? [] : circles();
    });
    drawn.on("afterRender", () => writeCodes());
    drawn.on("clickNode", ({ node }) => chosen(node));
    drawn.on("clickStage", () => chosen(null));
    drawn.on("enterNode", () => holder.classList.add("over"));
    drawn.on("leaveNode", () => holder.classList.remove("over"));
  } catch {
    drawn = undefined; // no WebGL here: the picture is drawn as SVG when it has come to rest
  }
  const rest = () => {
    if (!drawn) {
      const picture = new Image();
      picture.alt = holder.getAttribute("aria-label") ?? "";
      picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(graph, look))}`;
      holder.replaceChildren(picture);
    }
    settled();
  };
  dark.addEventListener("change", () => {
    look = lookOf(holder);
    drawn?.setSetting("labelColor", { color: look.ink });
    drawn?.refresh();
  });
  const worker = new Worker(layout, { type: "module" });
  let order: string[] = [];
  worker.addEventListener("message", ({ data }: MessageEvent<{ placed: Float32Array; last: boolean }>) => {
    if (data.last || !calm) {
      const places = new Map(order.map((iri, place) => [iri, place]));
      graph.updateEachNodeAttributes(
        (iri, node) => {
          const place = places.get(iri);
          if (place === undefined) return node;
          return { ...node, x: data.placed[2 * place] ?? 0, y: data.placed[2 * place + 1] ?? 0 };
        },
        { attributes: ["x", "y"] },
      );
    }
    if (data.last) rest();
  });
  return {
    point(iris, edges) {
      shown = iris;
      lines = edges;
      drawn?.refresh({ skipIndexation: true });
    },
    lay() {
      order = graph.nodes();
      const places = new Map(order.map((iri, place) => [iri, place]));
      const task: Task = {
        nodes: order.length,
        positions: Float32Array.from(
          order.flatMap((iri) => [graph.getNodeAttribute(iri, "x"), graph.getNodeAttribute(iri, "y")]),
        ),
        ends: Uint32Array.from(
          graph.edges().flatMap((edge) => graph.extremities(edge).map((iri) => places.get(iri) ?? 0)),
        ),
        weights: Float32Array.from(graph.mapEdges((_, tie) => tie.weight)),
        rounds: order.length > 800 ? 240 : 420,
      };
      worker.postMessage(task);
    },
    zoom(way) {
      const camera = drawn?.getCamera();
      const duration = calm ? 0 : 200;
      if (way === "in") void camera?.animatedZoom({ duration });
      else if (way === "out") void camera?.animatedUnzoom({ duration });
      else void camera?.animatedReset({ duration });
    },
    look: () => look,
  };
}
