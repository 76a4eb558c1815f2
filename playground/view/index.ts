/** What the page shows of an answer. */
export { terminal } from "./answer-view.ts";
export { FindingList } from "./findings.ts";
export { objectPanes } from "./objects.ts";
export { stepList } from "./steps.ts";
