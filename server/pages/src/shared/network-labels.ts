// Where names of nodes are written: beside their circles, without covering each other.

export interface Name {
  text: string;
  x: number;
  y: number;
  /** Radius of the circle that it names. */
  size: number;
  width: number;
  /** Where it must not be cut. */
  within?: Box | undefined;
}

export interface Circle {
  x: number;
  y: number;
  size: number;
}

export interface Written {
  text: string;
  left: number;
  /** The middle of the letters. */
  middle: number;
}

export type Box = readonly [left: number, top: number, right: number, bottom: number];

const holds = (outer: Box, inner: Box): boolean =>
  inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];

const CELL = 64;
const HALF_LINE = 8;
const AWAY = 4;

/** Boxes, found by the squares that they lie in. */
class Taken {
  private readonly cells = new Map<number, Box[]>();

  private *of([left, top, right, bottom]: Box): Generator<number> {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) yield column * 4096 + row;
    }
  }

  add(box: Box): void {
    for (const cell of this.of(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  has(box: Box): boolean {
    const [left, top, right, bottom] = box;
    for (const cell of this.of(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (left < other[2] && right > other[0] && top < other[3] && bottom > other[1]) return true;
      }
    }
    return false;
  }
}

/**
 * Place names, the first ones first: to the right, the left, below or above of its circle, wherever it covers nothing.
 * A name that would cover something everywhere is left out.
 */
export function placeNames(names: Iterable<Name>, circles: Iterable<Circle>, most: number): Written[] {
  const taken = new Taken();
  for (const { x, y, size } of circles) taken.add([x - size, y - size, x + size, y + size]);
  const written: Written[] = [];
  for (const { text, x, y, size, width, within } of names) {
    if (written.length >= most) break;
    const beside = size + AWAY;
    const below = size + HALF_LINE + 2;
    const places: [number, number][] = [
      [x + beside, y],
      [x - beside - width, y],
      [x - width / 2, y + below],
      [x - width / 2, y - below],
    ];
    for (const [left, middle] of places) {
      const box: Box = [left - 1, middle - HALF_LINE, left + width + 1, middle + HALF_LINE];
      if (within && !holds(within, box)) continue;
      if (taken.has(box)) continue;
      taken.add(box);
      written.push({ text, left, middle });
      break;
    }
  }
  return written;
}
