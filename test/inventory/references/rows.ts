import { expect, it } from "@jest/globals";
import { type JsonObject, valueAt } from "#src/field/json.ts";
import { Path } from "#src/field/path.ts";
import { referencesIn } from "#src/inventory/references/references-in.ts";

/** A reference in short: what is named, and where; `@PATH` of the name, `:port@PATH` of the port. */
function inShort(object: JsonObject): readonly string[] {
  return referencesIn(object, { namespace: "default" }).map((reference) => {
    const { target, keys, port, portKeys, needsHeadless, needsGrant } = reference;
    const named =
      "service" in target
        ? `${target.namespace}/${target.service}`
        : `${JSON.stringify(target.selector)} in ${target.namespaces?.join(",") ?? "any"}`;
    return [
      `${named} at ${Path.of(keys).toString()}`,
      port !== undefined && `port ${JSON.stringify(port)}${portKeys ? ` at ${Path.of(portKeys).toString()}` : ""}`,
      needsHeadless && "headless",
      needsGrant && "granted",
    ]
      .filter((part) => part !== undefined && part !== false)
      .join("; ");
  });
}

export function made(apiVersion: string, kind: string, spec: unknown, metadata: JsonObject = {}): JsonObject {
  return { apiVersion, kind, metadata: { name: "it", namespace: "shop", ...metadata }, spec };
}

export interface Row {
  readonly what: string;
  readonly object: JsonObject;
  readonly found: readonly string[];
}

/** Checks what is found in each object, and that the paths lead to the very name and port. */
export function checkRows(rows: readonly Row[]): void {
  it.each<Row>([...rows])("finds what is named by $what", ({ object, found }) => {
    expect(inShort(object)).toEqual(found);
    for (const { target, keys, port, portKeys } of referencesIn(object, { namespace: "default" })) {
      const named = valueAt(object, keys);
      if ("service" in target && typeof named === "string") expect(named.split(".")[0]).toBe(target.service);
      if (portKeys !== undefined) expect(valueAt(object, portKeys)).toBe(port);
    }
  });
}
