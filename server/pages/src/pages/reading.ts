// The page where a document is dropped, chosen or pasted: read first, and saved only when the reader says so.
import { scrolling } from "../shared/motion";
import { followFacts } from "../shared/said";
import { addressOf } from "../shared/suggestions";
import { inLanguage, keepToken, keptToken, problemOf } from "../shared/token";

const MEGABYTE = 1 << 20;

function offer(form: HTMLFormElement): void {
  const page = form.parentElement as HTMLElement;
  const part = <Found extends HTMLElement>(selector: string) => page.querySelector<Found>(selector) as Found;
  const words = form.dataset;
  const drop = part<HTMLElement>(".drop");
  const file = part<HTMLInputElement>('input[type="file"]');
  const pasted = part<HTMLTextAreaElement>("textarea");
  const token = part<HTMLInputElement>('input[name="token"]');
  const chosen = part<HTMLElement>(".chosen");
  const [state, error, outcome] = [".state", ".error", ".outcome"].map((name) => part<HTMLElement>(name));
  if (!state || !error || !outcome) return;
  form.hidden = false;
  token.value = keptToken();

  function complain(text: string): void {
    if (error) Object.assign(error, { textContent: text, hidden: !text });
  }

  function clear(): void {
    outcome?.querySelector("article")?.remove();
    if (outcome) outcome.hidden = true;
    complain("");
  }

  function showFile(): void {
    const [given] = file.files ?? [];
    chosen.hidden = !given;
    part<HTMLElement>(".paste").hidden = Boolean(given);
    part("output").textContent = given ? `${given.name}, ${Math.ceil(given.size / 1024)} kB` : "";
    clear();
    if (given && given.size > Number(words.most) * MEGABYTE) complain(words.tooLarge ?? "");
  }

  /** What the form holds, as it is sent; without the token, which goes as a header. */
  function gathered(): FormData | undefined {
    const data = new FormData(form);
    data.delete("token");
    if (file.files?.length) data.delete("text");
    else data.delete("file");
    return file.files?.length || pasted.value.trim() ? data : undefined;
  }

  async function send(address: string, accept: string, saying: string): Promise<Response | undefined> {
    const data = gathered();
    if (!data) {
      complain(words.nothing ?? "");
      return;
    }
    complain("");
    keepToken(token.value);
    if (state) state.textContent = saying;
    form.ariaBusy = "true";
    const buttons = [...page.querySelectorAll<HTMLButtonElement>("button")];
    for (const button of buttons) button.disabled = true;
    const answer = await fetch(inLanguage(address), {
      method: "POST",
      headers: { Authorization: `Bearer ${token.value}`, Accept: accept },
      body: data,
    }).catch(() => undefined);
    for (const button of buttons) button.disabled = false;
    form.ariaBusy = "false";
    if (state) state.textContent = "";
    if (answer?.ok) return answer;
    complain(await problemOf(answer, words.failed ?? ""));
    return;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    // The address asks for a page; that nobody names HTML makes a problem come as data, whose words are shown here.
    const answer = await send(words.read ?? "", "application/problem+json", words.working ?? "");
    if (!answer) return;
    const read = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article");
    if (!read) return complain(words.failed ?? "");
    outcome.append(document.adoptNode(read));
    outcome.hidden = false;
    followFacts(read as HTMLElement);
    outcome.scrollIntoView({ behavior: scrolling() });
  });

  part('[data-do="save"]').addEventListener("click", async () => {
    const answer = await send(words.load ?? "", "application/json", words.saving ?? "");
    const place = answer?.headers.get("Location");
    if (place) location.assign(addressOf(place));
  });
  part('[data-do="discard"]').addEventListener("click", () => {
    clear();
    form.scrollIntoView({ behavior: scrolling() });
  });
  part('[data-do="forget"]').addEventListener("click", () => {
    file.value = "";
    showFile();
  });
  file.addEventListener("change", showFile);
  for (const over of ["dragenter", "dragover"]) {
    drop.addEventListener(over, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const away of ["dragleave", "drop"]) drop.addEventListener(away, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const given = event.dataTransfer?.files;
    if (given?.length) {
      file.files = given;
      showFile();
    } else pasted.value = event.dataTransfer?.getData("text") ?? "";
  });
}

const form = document.querySelector<HTMLFormElement>("form.new-document");
if (form) offer(form);
