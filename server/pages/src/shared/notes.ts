// A note that opens beside a sign: on hover and focus with a mouse or keys, on tap with a finger. The sign is a link to
// the place in the document; the note holds the sentence and, for fingers, that link.

let note: HTMLElement | undefined;
let owner: HTMLAnchorElement | undefined;
let closing: ReturnType<typeof setTimeout> | undefined;

function close(): void {
  note?.remove();
  owner?.setAttribute("aria-expanded", "false");
  note = undefined;
  owner = undefined;
}

function closeSoon(): void {
  clearTimeout(closing);
  closing = setTimeout(close, 200);
}

function open(sign: HTMLAnchorElement): void {
  clearTimeout(closing);
  if (owner === sign) return;
  close();
  owner = sign;
  note = document.createElement("div");
  note.className = "note";
  note.role = "tooltip";
  const quote = document.createElement("p");
  quote.textContent = sign.dataset.quote ?? "";
  const link = document.createElement("a");
  link.href = sign.href;
  link.textContent = sign.dataset.from ?? sign.href;
  note.append(quote, link);
  note.addEventListener("pointerenter", () => clearTimeout(closing));
  note.addEventListener("pointerleave", closeSoon);
  document.body.append(note);
  sign.setAttribute("aria-expanded", "true");
  place(sign, note);
}

/** Below the sign, or above it where there is no room; never over the edge of the window. */
function place(sign: Element, box: HTMLElement): void {
  const at = sign.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8));
  const below = at.bottom + 6 + size.height < window.innerHeight || at.top < size.height + 6;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? at.bottom + 6 : at.top - size.height - 6) + scrollY}px`;
}

const signAt = (event: Event) => (event.target as Element).closest<HTMLAnchorElement>("a[data-quote]");

export function showNotes(): void {
  document.addEventListener("pointerover", (event) => {
    const sign = signAt(event);
    if (sign && event.pointerType !== "touch") open(sign);
  });
  document.addEventListener("pointerout", (event) => {
    if (signAt(event) && event.pointerType !== "touch") closeSoon();
  });
  document.addEventListener("focusin", (event) => {
    const sign = signAt(event);
    if (sign?.matches(":focus-visible")) open(sign);
    else if (note && !note.contains(event.target as Node)) close();
  });
  document.addEventListener("click", (event) => {
    const sign = signAt(event);
    if (!sign) {
      if (note && !note.contains(event.target as Node)) close();
    } else if (matchMedia("(hover: none)").matches) {
      event.preventDefault();
      open(sign);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
}
