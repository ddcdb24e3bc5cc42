// The worker that lays out a network with ForceAtlas2 (Jacomy et al., PLoS ONE 9(6), 2014), beside the page.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Task {
  nodes: number;
  /** Positions to begin with: x and y of each node in turn. */
  positions: Float32Array;
  /** The places of both ends of each edge in turn. */
  ends: Uint32Array;
  weights: Float32Array;
  rounds: number;
}

const STEP = 15;
const CROWDED = 200;
let current = 0;

self.addEventListener("message", (event: MessageEvent<Task>) => {
  current += 1;
  lay(event.data, current);
});

function lay({ nodes, positions, ends, weights, rounds }: Task, task: number): void {
  const graph = new Graph({ type: "undirected" });
  for (let node = 0; node < nodes; node += 1) {
    graph.addNode(node, { x: positions[2 * node], y: positions[2 * node + 1] });
  }
  for (const [edge, weight] of weights.entries()) {
    graph.addEdge(ends[2 * edge], ends[2 * edge + 1], { weight: Math.log2(1 + weight) });
  }
  const settings = {
    ...forceAtlas2.inferSettings(nodes),
    barnesHutOptimize: nodes > 300,
    gravity: nodes > CROWDED ? 1 : 0.05,
    scalingRatio: nodes > CROWDED ? 2 : 6,
    linLogMode: true,
    strongGravityMode: nodes <= CROWDED, // keeps the unconnected ones of a small network in sight
    slowDown: 1 + Math.log(nodes),
  };
  let done = 0;
  const step = () => {
    if (task !== current) return;
    forceAtlas2.assign(graph, { iterations: STEP, settings, getEdgeWeight: "weight" });
    done += STEP;
    const placed = new Float32Array(2 * nodes);
    graph.forEachNode((node, at) => {
      placed[2 * Number(node)] = at.x as number;
      placed[2 * Number(node) + 1] = at.y as number;
    });
    const last = done >= rounds;
    (self as unknown as Worker).postMessage({ placed, last }, [placed.buffer]);
    if (!last) setTimeout(step);
  };
  step();
}
