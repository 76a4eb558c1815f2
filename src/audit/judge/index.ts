/** Judges what is stored: no I/O, no clock. */
export { type AuditFinding, type AuditSettings, judgeStored, type Stored } from "./judge-stored.ts";
export { judgeReference } from "./judge-reference.ts";
