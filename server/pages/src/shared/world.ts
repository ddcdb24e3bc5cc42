// A world map in SVG: land, coloured states, places. The shapes are fetched once, from our own origin.

import { type GeoProjection, geoEqualEarth, geoPath } from "d3-geo";
import type { FeatureCollection } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json";
import numeric from "./iso-numeric.json";

const SVG = "http://www.w3.org/2000/svg";
/** Degrees around each place that are seen as well. */
const MARGIN = 22;
const codes = new Map(Object.entries(numeric).map(([alpha, number]) => [number, alpha]));

export interface WorldMap {
  svg: SVGSVGElement;
  project: GeoProjection;
  /** Colour a state, by its ISO 3166-1 alpha-3 code; false if the map has no shape for it. */
  mark(code: string, kind: string, name?: string): boolean;
  /** Colour states by how much of something each has, from 0 to 1, and no others; what is told of each on hover. */
  shade(shares: ReadonlyMap<string, { share: number; says: string }>): void;
  spot(at: [number, number], radius: number, label: string): SVGCircleElement;
}

export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number> = {},
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const shapes = feature(
  atlas as unknown as Topology,
  (atlas as unknown as Topology).objects.countries as GeometryCollection,
) as FeatureCollection;

/**
 * The map, with a window on what is to be seen.
 *
 * @param width, height: of the view box.
 * @param focus: places that must be seen, as longitude and latitude; the whole world without any.
 * @param states: states that must be seen, by code.
 */
export function worldMap(width: number, height: number, focus: [number, number][], states: string[] = []): WorldMap {
  const wanted = new Set(states);
  const seen = shapes.features.filter((shape) => wanted.has(codes.get(String(shape.id)) ?? ""));
  const around = focus.flatMap(([longitude, latitude]) => [
    [longitude - MARGIN, Math.max(-80, latitude - MARGIN / 2)],
    [longitude + MARGIN, Math.min(80, latitude + MARGIN / 2)],
  ]);
  const points = { type: "MultiPoint" as const, coordinates: around };
  const middle = focus.length ? focus.reduce((sum, [longitude]) => sum + longitude, 0) / focus.length : 20;
  const project = geoEqualEarth().rotate([-middle, 0]);
  const whole: [[number, number], [number, number]] = [
    [8, 8],
    [width - 8, height - 8],
  ];
  const inner: [[number, number], [number, number]] = [
    [width * 0.12, height * 0.12],
    [width * 0.88, height * 0.88],
  ];
  if (focus.length + seen.length > 0) {
    const all: FeatureCollection = {
      type: "FeatureCollection",
      features: [...seen, { type: "Feature", geometry: points, properties: {} }],
    };
    project.fitExtent(inner, all);
  } else {
    project.fitExtent(whole, { type: "Sphere" });
  }
  const path = geoPath(project).digits(1);
  const svg = svgElement("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" });
  svg.append(svgElement("rect", { class: "sea", width, height, rx: 6 }));
  const land = new Map<string, SVGPathElement>();
  for (const shape of shapes.features) {
    const drawn = svgElement("path", { class: "land", d: path(shape) ?? "" });
    const code = codes.get(String(shape.id));
    if (code) land.set(code, drawn);
    svg.append(drawn);
  }
  return {
    svg,
    project,
    mark(code, kind, name) {
      const drawn = land.get(code);
      if (!drawn) return false;
      drawn.classList.add(kind);
      if (name && !drawn.firstChild) {
        const title = svgElement("title");
        title.textContent = name;
        drawn.append(title);
      }
      return true;
    },
    shade(shares) {
      for (const [code, drawn] of land) {
        const found = shares.get(code);
        drawn.setAttribute("class", found ? `land share-${Math.max(1, Math.ceil(found.share * 5))}` : "land");
        drawn.replaceChildren();
        if (found) drawn.append(Object.assign(svgElement("title"), { textContent: found.says }));
      }
    },
    spot(at, radius, label) {
      const [x, y] = project(at) ?? [-99, -99];
      const drawn = svgElement("circle", { class: "spot", cx: x, cy: y, r: radius, tabindex: 0, role: "button" });
      drawn.setAttribute("aria-label", label);
      svg.append(drawn);
      return drawn;
    },
  };
}
