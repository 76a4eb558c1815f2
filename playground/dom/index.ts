/** Elements of the page. */
export { button, byId, type Child, element } from "./element.ts";
