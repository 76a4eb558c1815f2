import type { FieldHelp } from "./fields/help.ts";
import { METADATA_FIELDS } from "./fields/metadata.ts";
import { SPEC_FIELDS } from "./fields/spec.ts";
import { STATUS_FIELDS } from "./fields/status.ts";

export type { FieldHelp };

/** The help for every field of a Service, by path; `[]` stands for any item of a list. */
export const FIELD_HELP: Readonly<Record<string, FieldHelp>> = { ...METADATA_FIELDS, ...SPEC_FIELDS, ...STATUS_FIELDS };
