// The reader's token and name: kept for this tab only, and sent only to where they are needed.

const TOKEN = "milcoop-token";
const AUTHOR = "milcoop-author";

export const keptToken = (): string => sessionStorage.getItem(TOKEN) ?? "";
export const keptAuthor = (): string => sessionStorage.getItem(AUTHOR) ?? "";
export const keepToken = (token: string): void => sessionStorage.setItem(TOKEN, token);
export const keepAuthor = (author: string): void => sessionStorage.setItem(AUTHOR, author);

/** An address of ours with the language of the page, which problems are told in. */
export function inLanguage(address: string): URL {
  const asked = new URL(address, location.href);
  asked.searchParams.set("lang", document.documentElement.lang);
  return asked;
}

/** What went wrong, in the words of the problem document (RFC 9457) that the server sent. */
export async function problemOf(answer: Response | undefined, otherwise: string): Promise<string> {
  const problem = (await answer?.json().catch(() => undefined)) as { detail?: string; title?: string } | undefined;
  return problem?.detail ?? problem?.title ?? otherwise;
}
