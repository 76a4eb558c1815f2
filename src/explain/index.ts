/** `fairlead explain`: help for fields and rules. */
export { explainIndex, explainTopic, fieldFacts, nearestTopic } from "./pages.ts";
