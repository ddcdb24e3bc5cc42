// The page of a dossier: its map. Everything else is there without a script.
import { drawEntityMap, type Shown } from "../shared/entity-map";

for (const figure of document.querySelectorAll<HTMLElement>("figure[data-map]")) {
  drawEntityMap(figure, JSON.parse(figure.dataset.map ?? "{}") as Shown);
}
