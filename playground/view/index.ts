/** What the page shows of an answer. */
export { objectPanes, stepList, terminal, verdictOf } from "./answer-view.ts";
export { FindingList } from "./findings.ts";
