/** `fairlead explain`: help for fields and rules. */
export { explainIndex, explainTopic, nearestTopic } from "./pages.ts";
