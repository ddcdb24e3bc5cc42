// The map of a thing's page: the states it is tied to, and the places where it was, with what was there.

import { addressOf } from "./suggestions";
import { worldMap } from "./world";

interface Named {
  name: string;
  page: string;
}

export interface Shown {
  own: string | null;
  states: (Named & { code: string })[];
  spots: { at: [number, number]; name: string; count: number; things: Named[] }[];
}

const WIDTH = 560;
const HEIGHT = 400;

export function drawEntityMap(figure: HTMLElement, shown: Shown): void {
  const states = [...shown.states.map((state) => state.code), ...(shown.own ? [shown.own] : [])];
  const map = worldMap(
    WIDTH,
    HEIGHT,
    shown.spots.map((spot) => spot.at),
    shown.spots.length && !shown.own ? [] : shown.own ? [shown.own] : states,
  );
  map.svg.setAttribute("aria-label", figure.querySelector("figcaption")?.textContent ?? "");
  for (const state of shown.states) map.mark(state.code, "related", state.name);
  if (shown.own) map.mark(shown.own, "own");
  const legend = figure.querySelector<HTMLElement>(".legend");
  for (const spot of [...shown.spots].sort((a, b) => b.count - a.count)) {
    const drawn = map.spot(spot.at, 5 + 2 * Math.sqrt(spot.count), `${spot.name} (${spot.count})`);
    const tell = () => legend?.replaceChildren(...told(spot));
    for (const event of ["pointerenter", "click", "focus"]) drawn.addEventListener(event, tell);
  }
  const most = shown.spots[0];
  if (most && legend) legend.replaceChildren(...told(most));
  figure.hidden = false;
  figure.querySelector(".canvas")?.replaceChildren(map.svg);
}

function told(spot: Shown["spots"][number]): (Node | string)[] {
  const place = document.createElement("b");
  place.textContent = spot.name;
  const links = spot.things.flatMap((thing) => {
    const link = document.createElement("a");
    link.href = addressOf(thing.page);
    link.textContent = thing.name;
    return [link, ", "];
  });
  return [place, ": ", ...links.slice(0, -1), ...(spot.count > spot.things.length ? [" …"] : [])];
}
