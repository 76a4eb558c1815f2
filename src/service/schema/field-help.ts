import type { FieldHelp } from "./help.ts";
import { METADATA_FIELDS } from "./metadata-help.ts";
import { SPEC_FIELDS } from "./spec-help.ts";
import { STATUS_FIELDS } from "./status-help.ts";

export type { FieldHelp };

/** The help for every field of a Service, by path; `[]` stands for any item of a list. */
export const FIELD_HELP: Readonly<Record<string, FieldHelp>> = { ...METADATA_FIELDS, ...SPEC_FIELDS, ...STATUS_FIELDS };
