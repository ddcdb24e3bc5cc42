// How a network looks: colours of the page's own style, and the drawing of it in SVG.
import type { Network } from "./network-data";

const CLUSTERS = 8;

export interface Look {
  clusters: string[];
  line: string;
  ink: string;
  quiet: string;
  paper: string;
  accent: string;
  font: string;
}

export function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  return {
    clusters: Array.from({ length: CLUSTERS }, (_, number) => value(`--cluster-${number + 1}`)),
    line: value("--edge-line"),
    ink: value("--ink"),
    quiet: value("--quiet"),
    paper: value("--sheet"),
    accent: value("--planned"),
    font: style.fontFamily,
  };
}

export const colourOf = (look: Look, cluster: number): string => look.clusters[Math.min(cluster, CLUSTERS - 1)] ?? "";

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The network as it lies, as an SVG document. */
export function asSvg(graph: Network, look: Look, width = 1600, height = 1000): string {
  const nodes = graph.mapNodes((_, at) => at);
  const xs = nodes.map((at) => at.x);
  const ys = nodes.map((at) => at.y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const edge = 90;
  const scale = Math.min((width - 2 * edge) / (right - left || 1), (height - 2 * edge) / (high - low || 1));
  const x = (at: number) => (width / 2 + (at - (left + right) / 2) * scale).toFixed(1);
  const y = (at: number) => (height / 2 - (at - (low + high) / 2) * scale).toFixed(1);
  const lines = graph.mapEdges(
    (_edge, tie, _one, _other, from, to) =>
      `<line x1="${x(from.x)}" y1="${y(from.y)}" x2="${x(to.x)}" y2="${y(to.y)}" stroke-width="${tie.size.toFixed(1)}"/>`,
  );
  const circles = nodes.map(
    (at) =>
      `<circle cx="${x(at.x)}" cy="${y(at.y)}" r="${at.size.toFixed(1)}" fill="${escaped(colourOf(look, at.cluster))}"/>`,
  );
  const codes = nodes
    .filter((at) => at.actor.code && at.size >= 9)
    .map(
      (at) =>
        `<text x="${x(at.x)}" y="${(Number(y(at.y)) + at.size * 0.28).toFixed(1)}" font-size="${(at.size * 0.8).toFixed(1)}">${escaped(at.actor.code)}</text>`,
    );
  const labels = nodes.map(
    (at) => `<text x="${x(at.x)}" y="${(Number(y(at.y)) + at.size + 13).toFixed(1)}">${escaped(at.label)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" fill="${escaped(look.paper)}"/>`,
    `<g stroke="${escaped(look.line)}">${lines.join("")}</g>`,
    `<g stroke="${escaped(look.paper)}" stroke-width="1.5">${circles.join("")}</g>`,
    `<g font-family="sans-serif" font-weight="600" text-anchor="middle" fill="${escaped(look.paper)}">${codes.join("")}</g>`,
    `<g font-family="sans-serif" font-size="13" text-anchor="middle" fill="${escaped(look.ink)}">${labels.join("")}</g>`,
    "</svg>",
  ].join("\n");
}

/** An SVG document as a PNG of twice its size. */
export async function asPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png");
  });
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
