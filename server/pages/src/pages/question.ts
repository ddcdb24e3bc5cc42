// The page of a question: things are picked by their names, and its calls can be copied.
import { combobox, searchThings } from "../shared/suggestions";

for (const holder of document.querySelectorAll<HTMLElement>(".thing")) {
  const sent = holder.querySelector("input");
  if (!sent) continue;
  const typed = document.createElement("input");
  typed.value = holder.dataset.shown ?? sent.value;
  typed.required = sent.required;
  typed.autocomplete = "off";
  sent.type = "hidden";
  holder.prepend(typed);
  typed.addEventListener("input", () => {
    sent.value = typed.value;
  });
  combobox(
    holder,
    typed,
    (text, signal) => searchThings(text, 8, signal, holder.dataset.search, holder.dataset.classes),
    (found) => {
      typed.value = found.name;
      sent.value = found.iri;
    },
  );
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
  if (!navigator.clipboard) continue;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement?.querySelector("pre")?.textContent ?? "");
    button.textContent = button.dataset.done ?? words;
    setTimeout(() => {
      button.textContent = words;
    }, 2000);
  });
}
