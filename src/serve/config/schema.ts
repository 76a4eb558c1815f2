import type { Setting } from "./setting.ts";
import { SETTINGS } from "./settings.ts";

/** The JSON schema of a whole configuration, nested as the paths say. */
export function configSchema(): Record<string, unknown> {
  const root = objectSchema();
  for (const setting of SETTINGS) {
    let holder = root;
    for (const name of setting.path.slice(0, -1)) holder = holder.parts[name] ??= objectSchema();
    holder.values[setting.path.at(-1) ?? ""] = setting;
  }
  return jsonSchemaOf(root);
}

interface ObjectSchema {
  readonly parts: Record<string, ObjectSchema>;
  readonly values: Record<string, Setting>;
}

function objectSchema(): ObjectSchema {
  return { parts: {}, values: {} };
}

function jsonSchemaOf({ parts, values }: ObjectSchema): Record<string, unknown> {
  const members = Object.entries(values);
  return {
    type: "object",
    additionalProperties: false,
    required: [
      ...members.filter(([, { default: value }]) => value !== undefined).map(([name]) => name),
      ...Object.keys(parts),
    ],
    properties: {
      ...Object.fromEntries(members.map(([name, { schema }]) => [name, schema])),
      ...Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, jsonSchemaOf(part)])),
    },
  };
}
