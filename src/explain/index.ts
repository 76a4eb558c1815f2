/** `fairlead explain`: help for fields and rules. */
export { explainIndex, explainTopic, fieldFacts, fieldOfTopic, nearestTopic } from "./pages.ts";
