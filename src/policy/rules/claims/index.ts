/** Rules about what several Services claim: Pods, addresses, names, ports. */
export { uniqueSelector } from "./unique-selector.ts";
