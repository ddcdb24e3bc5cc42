// The page of the timeline: only its filters; all else is there without a script.
import { foldFilters } from "../shared/filters";

foldFilters();
