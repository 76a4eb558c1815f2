/** The page and what its controls do. */
export { destinationOf } from "./link.ts";
export { Page } from "./page.ts";
export { startThemeSwitch } from "./theme-switch.ts";
