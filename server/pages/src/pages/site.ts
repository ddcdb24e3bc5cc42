// What every page has: suggestions under the search boxes, quiet fields for dates. Without it all are plain forms.
import { quietDates } from "../shared/dates";
import { suggest } from "../shared/suggestions";

for (const form of document.querySelectorAll<HTMLFormElement>("form.search")) suggest(form);
quietDates();
