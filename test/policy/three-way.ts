import { isObject, type JsonObject } from "#src/field/json.ts";

/**
 * The live object after an apply (three-way merge): fields of the manifest are set, fields that only the previous
 * manifest has are removed, all others stay. Ports are merged by number.
 */
export function applied(live: JsonObject, before: JsonObject, now: JsonObject): JsonObject {
  const names = new Set([...Object.keys(live), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      if (name in now) return [[name, value(name, live[name], before[name], now[name])]];
      return name in before ? [] : [[name, live[name]]];
    }),
  );
}

function value(name: string, live: unknown, before: unknown, now: unknown): unknown {
  if (name === "ports" && Array.isArray(now)) return now.map((port) => portOf(port, listed(live), listed(before)));
  if (isObject(now) && isObject(live)) return applied(live, isObject(before) ? before : {}, now);
  return now;
}

function portOf(port: unknown, live: readonly unknown[], before: readonly unknown[]): unknown {
  if (!isObject(port)) return port;
  const same = (other: unknown): other is JsonObject => isObject(other) && other["port"] === port["port"];
  return applied(live.find(same) ?? {}, before.find(same) ?? {}, port);
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
