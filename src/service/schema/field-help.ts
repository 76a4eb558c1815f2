import { FIELD_VERSIONS } from "./field-versions.ts";
import type { FieldHelp } from "./help.ts";
import { METADATA_FIELDS } from "./metadata-help.ts";
import { SPEC_FIELDS } from "./spec-help.ts";
import { STATUS_FIELDS } from "./status-help.ts";

export type { FieldHelp };

/** The help for every field of a Service, by path; `[]` stands for any item of a list. */
export const FIELD_HELP: Readonly<Record<string, FieldHelp>> = {
  ...METADATA_FIELDS,
  ...withVersions(SPEC_FIELDS),
  ...withVersions(STATUS_FIELDS),
};

function withVersions(fields: Readonly<Record<string, FieldHelp>>): Record<string, FieldHelp> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, help]) => {
      const since = help.since ?? FIELD_VERSIONS[field];
      return [field, since === undefined ? help : { ...help, since }];
    }),
  );
}
