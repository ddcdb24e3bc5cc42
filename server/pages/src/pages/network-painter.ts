// The worker that draws a network, beside the page: the page itself only moves the picture that it is given.
import type { Look } from "../shared/network-look";
import { type Pointed, paint, type Scene, type View } from "../shared/network-painting";

/** What the page tells; what is left out stays as it was. */
export interface Wanted {
  scene?: Scene;
  /** Where the nodes shall be: x and y of each in turn, in pixels of the stage. */
  places?: Float32Array;
  /** A number of these places, told back with the picture in which the nodes are there. */
  turn?: number;
  /** At once, not on a way that can be seen. */
  still?: boolean;
  view?: View & { ratio: number };
  look?: Look;
  pointed?: Pointed | null;
  /** The picture before has been shown. */
  shown?: boolean;
}

export interface Painted {
  picture: ImageBitmap;
  view: View & { ratio: number };
  /** The number of the places at which all nodes have come to rest; -1 while they are on their way. */
  rested: number;
}

/** How much of its way a node goes from picture to picture. */
const SHARE = 0.3;
/** Pixels from the end of its way at which it is there. */
const THERE = 0.5;
/** With more lines than this, they are left out while nodes are on their way. */
const MANY = 3_000;

const now: Required<Pick<Wanted, "scene" | "places" | "turn" | "view" | "look">> & { pointed: Pointed | null } = {
  scene: {
    sizes: new Float32Array(),
    clusters: new Uint16Array(),
    labels: [],
    codes: [],
    ends: new Uint32Array(),
    widths: new Float32Array(),
  },
  places: new Float32Array(),
  turn: 0,
  view: { k: 1, left: 0, top: 0, width: 0, height: 0, ratio: 1, margin: 0 },
  look: { clusters: [], line: "", ink: "", quiet: "", paper: "", accent: "", font: "" },
  pointed: null,
};
let at = new Float32Array();
let moving = false;
let stale = false;
let awaited = false;
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext("2d");

self.addEventListener("message", ({ data }: MessageEvent<Wanted>) => {
  const { shown, still, ...told } = data;
  if (shown) awaited = false;
  if (Object.keys(told).length) {
    Object.assign(now, told);
    stale = true;
  }
  if (told.places) {
    if (still || at.length !== told.places.length) at = told.places.slice();
    else moving = true;
  }
  if (stale || moving) setTimeout(draw);
});

function draw(): void {
  if (awaited || !(stale || moving) || !context || now.view.width === 0) return;
  if (moving) {
    moving = false;
    for (let place = 0; place < at.length; place += 1) {
      const way = (now.places[place] ?? 0) - (at[place] ?? 0);
      if (Math.abs(way) > THERE) moving = true;
      at[place] = (at[place] ?? 0) + way * (Math.abs(way) > THERE ? SHARE : 1);
    }
  }
  stale = false;
  const { ratio, margin, width, height } = now.view;
  canvas.width = Math.ceil((width + 2 * margin) * ratio);
  canvas.height = Math.ceil((height + 2 * margin) * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const bare = moving && now.scene.widths.length > MANY;
  paint(context, now.scene, at, now.view, now.look, now.pointed, bare);
  const picture = canvas.transferToImageBitmap();
  awaited = true;
  const painted: Painted = { picture, view: now.view, rested: moving ? -1 : now.turn };
  (self as unknown as Worker).postMessage(painted, [picture]);
}
