// How sigma draws a network in WebGL: without instances, which a computer without a graphics card draws one by one.
import { EdgeRectangleProgram, NodePointProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import type { EdgeLook, NodeLook } from "./network-data";

export const CircleProgram = NodePointProgram<NodeLook, EdgeLook>;

/** Sigma's rectangles for lines, each of their corners with all that it needs instead of one set of corners for all. */
export class LineProgram extends EdgeRectangleProgram<NodeLook, EdgeLook> {
  private readonly corners: number[][] = super.getDefinition().CONSTANT_DATA;

  override getDefinition() {
    const { CONSTANT_ATTRIBUTES, CONSTANT_DATA: _, ...rest } = super.getDefinition();
    // That it has no constants is what sigma knows a program without instances by, and what its types do not.
    return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...CONSTANT_ATTRIBUTES] } as unknown as ReturnType<
      EdgeRectangleProgram["getDefinition"]
    >;
  }

  override processVisibleItem(
    edge: number,
    begin: number,
    from: NodeDisplayData,
    to: NodeDisplayData,
    look: EdgeDisplayData,
  ): void {
    super.processVisibleItem(edge, begin, from, to, look);
    const step = this.ATTRIBUTES_ITEMS_COUNT;
    for (const [place, constants] of this.corners.entries()) {
      const at = begin + place * step;
      const own = step - constants.length;
      if (place) this.array.copyWithin(at, begin, begin + own);
      this.array.set(constants, at + own);
    }
  }
}
