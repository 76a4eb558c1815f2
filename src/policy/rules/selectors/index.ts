/** Rules about selectors. */
export { deadSelector } from "./dead-selector.ts";
export { selectorRequired } from "./selector-required.ts";
export { wideSelector } from "./wide-selector.ts";
