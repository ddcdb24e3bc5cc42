// Which views a result offers by its shape: numbers beside names as bars, dates as a timeline, states and coordinates
// as a map, pairs of things as a graph.

import { isDate, isNumber, type Solutions, textOf, type Vocabulary } from "./terms";

export interface Shape {
  /** A column of numbers and one to name them. */
  bars?: { label: string; value: string };
  timeline?: { date: string; label: string };
  map?: { state?: string; latitude?: string; longitude?: string; value?: string; label?: string };
  graph?: { from: string; to: string; edge?: string };
}

const LOOKED_AT = 500;
const STATE = /\/id\/state\/([A-Z]{3})$/;

export const stateCode = (iri: string): string | undefined => STATE.exec(iri)?.[1];

export function shapeOf(solutions: Solutions, vocabulary: Vocabulary): Shape {
  const rows = solutions.rows.slice(0, LOOKED_AT);
  const all = (variable: string, test: (place: number) => boolean) => {
    const filled = rows.flatMap((row, place) => (row[variable] ? [place] : []));
    return filled.length > rows.length / 2 && filled.every(test);
  };
  const at = (place: number, variable: string) => rows[place]?.[variable];
  const numbers = solutions.variables.filter((v) => all(v, (place) => isNumber(at(place, v))));
  const dates = solutions.variables.filter((v) => all(v, (place) => isDate(at(place, v))));
  const things = solutions.variables.filter((v) => all(v, (place) => at(place, v)?.type === "uri"));
  const rest = solutions.variables.filter((v) => !numbers.includes(v) && !dates.includes(v));
  const states = things.filter((v) => all(v, (place) => stateCode(at(place, v)?.value ?? "") !== undefined));
  // A name beside a thing tells more than its address.
  const named = (variable: string | undefined) =>
    variable && (solutions.variables.find((v) => v === `${variable}Name`) ?? variable);
  const label = named(rest.find((v) => !things.includes(v)) ?? rest[0]);

  const shape: Shape = {};
  const years = numbers.find((v) => /year$/i.test(v));
  const amounts = numbers.filter((v) => v !== years && !/^(lat|long|lon|latitude|longitude)$/i.test(v));
  const value = amounts[0];
  const across = label ?? years ?? dates[0];
  if (value && across && rows.length > 1 && rows.length < LOOKED_AT) shape.bars = { label: across, value };
  if (dates[0] && label && rows.length > 1) shape.timeline = { date: dates[0], label };
  const latitude = numbers.find((v) => /^lat(itude)?$/i.test(v));
  const longitude = numbers.find((v) => /^lon(g|gitude)?$/i.test(v));
  if (latitude && longitude) shape.map = { latitude, longitude, ...(label ? { label } : {}) };
  else if (states[0]) shape.map = { state: states[0], ...(value ? { value } : {}) };
  const [from, second, third] = things;
  const triple = solutions.variables.join() === "subject,predicate,object";
  if (triple) shape.graph = { from: "subject", to: "object", edge: "predicate" };
  else if (from && third && solutions.variables.length === 3) shape.graph = { from, to: third, edge: second ?? "" };
  else if (from && second) shape.graph = { from, to: second };
  if (shape.graph && rows.every((row) => !textOf(row[shape.graph?.to ?? ""], vocabulary))) delete shape.graph;
  return shape;
}
