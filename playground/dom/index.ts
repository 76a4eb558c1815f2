/** Elements of the page. */
export { become } from "./become.ts";
export { button, byId, type Child, element } from "./element.ts";
