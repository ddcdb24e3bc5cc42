// An empty field for a date looks empty: what browsers write into it is in their language and not in the page's.

export function quietDates(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('input[type="date"]')) {
    const tell = () => field.classList.toggle("empty", !field.value);
    field.addEventListener("input", tell);
    tell();
  }
}
