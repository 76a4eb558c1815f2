/** The options of `fairlead audit`. */
export { AUDIT_OPTIONS, auditOptions } from "./options.ts";
