import { SERVICE_SCHEMA, type ServiceSpec } from "./schema/index.ts";

const ABSENT: ServiceSpec = Object.fromEntries(fieldNames().map((name) => [name, undefined]));

function fieldNames(): string[] {
  const { spec } = SERVICE_SCHEMA.fields;
  return spec?.type === "object" ? Object.keys(spec.fields) : [];
}

/**
 * A copy of the spec that has every field, an absent one as undefined. Specs come with many hundred different sets of
 * fields; JavaScript reads a field ten times faster if all objects that it reads it from have the same ones.
 */
export function wholeSpec(spec: ServiceSpec): ServiceSpec {
  return { ...ABSENT, ...spec };
}

/** A copy of the spec without the fields that are undefined. */
export function sparseSpec(spec: Readonly<Record<string, unknown>>): ServiceSpec {
  const sparse: Record<string, unknown> = {};
  for (const name in spec) {
    const value = spec[name];
    if (value !== undefined) sparse[name] = value;
  }
  return sparse;
}
