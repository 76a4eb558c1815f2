/** Where what an object names is defined: Services, what makes their Pods, and ports of both. */
export { type Place, placesOf, type Searched } from "./places.ts";
export { type Target, targetAt } from "./target.ts";
