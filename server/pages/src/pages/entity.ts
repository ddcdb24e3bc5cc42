// The page of a thing: sentences beside their facts, reasons in a dialog, and the map, which is drawn when it is seen.
import type { Shown } from "../shared/entity-map";
import { showNotes } from "../shared/notes";
import { showReasons } from "../shared/reasons";

const words = document.querySelector<HTMLElement>("[data-close]")?.dataset;
showNotes();
showReasons({ close: words?.close ?? "", loading: words?.loading ?? "", failed: words?.failed ?? "" });

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-map]")) {
  figure.hidden = false;
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    const { drawEntityMap } = await import("../shared/entity-map");
    drawEntityMap(figure, JSON.parse(figure.dataset.map ?? "{}") as Shown);
  });
  seen.observe(figure);
}
