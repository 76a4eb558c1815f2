/** What would be stored: in a few words, as YAML, and as hints in the text. */
export { hintsOf } from "./hints.ts";
export { lensesOf, servicesOf, storedText } from "./stored.ts";
