/** What can be done about diagnostics: fixes, suggestions and exemptions. */
export { exemptionsAt } from "./exemptions.ts";
export { fixAll, fixesAt, fixesFor, type FixOf } from "./fixes.ts";
