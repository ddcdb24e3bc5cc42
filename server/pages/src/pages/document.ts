// The page of a document: its facts beside its text, and decisions about them with a token.
import { offerDecisions } from "../shared/decisions";
import { followFacts } from "../shared/said";

const article = document.querySelector<HTMLElement>("article.document");
if (article) followFacts(article);
if (article?.dataset.decisions) offerDecisions(article, article.dataset.decisions);
