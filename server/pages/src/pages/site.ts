// What every page has: suggestions under the search boxes. Without this script the boxes are plain forms.
import { suggest } from "../shared/suggestions";

for (const form of document.querySelectorAll<HTMLFormElement>("form.search")) suggest(form);
