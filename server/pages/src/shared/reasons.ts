// “Why?”: the page that explains a fact, opened in a dialog over the present one. Without this script it is a link.

export function showReasons(words: { close: string; loading: string; failed: string }): void {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  form.method = "dialog";
  const button = document.createElement("button");
  button.className = "plain";
  button.textContent = words.close;
  form.append(button);
  const content = document.createElement("div");
  content.className = "content";
  dialog.append(form, content);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);

  document.addEventListener("click", async (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a.why");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    content.textContent = words.loading;
    dialog.setAttribute("aria-label", link.ariaLabel ?? "");
    dialog.showModal();
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sections = page.querySelectorAll("main section, main .error");
      content.replaceChildren(...[...sections].filter((section) => !section.parentElement?.closest("section")));
      if (!sections.length) content.textContent = words.failed;
    } catch {
      content.textContent = words.failed;
    }
  });
}
