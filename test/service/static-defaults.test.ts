import { describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { Path } from "#src/field/path.ts";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import { FIELD_HELP } from "#src/service/schema/field-help.ts";
import { defaultText, STATIC_DEFAULTS, staticDefault } from "#src/service/schema/static-defaults.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { manifest } from "../engine/ask.ts";

/** Services that each leave everything open that the API server may fill in. */
const OPEN: readonly JsonObject[] = [
  manifest({ ports: [{ port: 80 }, { port: 81 }] }),
  ...["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"].map((type) => manifest({ type })),
  manifest({ sessionAffinity: "ClientIP" }),
  { ...manifest({ type: "LoadBalancer" }), status: { loadBalancer: { ingress: [{ ip: "203.0.113.9" }] } } },
];

/** What the API server fills in, by field. */
function filledIn(object: JsonObject): readonly { field: string; path: Path; value: unknown; service: unknown }[] {
  const { service } = decode(object);
  if (service === undefined) throw new Error("cannot be decoded");
  const before = new Set(leaves(service).map(({ keys }) => Path.of(keys).toPointer()));
  // The decoder stands a 0 where no target port is: that is the absent value here.
  const isOpen = (keys: readonly (string | number)[]): boolean =>
    !before.has(Path.of(keys).toPointer()) || keys.at(-1) === "targetPort";
  const defaulted = applyStaticDefaults(service, NEWEST_KNOWN);
  return leaves(defaulted)
    .filter(({ keys }) => isOpen(keys))
    .map(({ keys, value }) => {
      const path = Path.of(keys);
      return { field: path.toString().replaceAll(/\[\d+\]/g, "[]"), path, value, service: defaulted };
    });
}

function leaves(value: unknown, keys: readonly (string | number)[] = []): { keys: typeof keys; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => leaves(item, [...keys, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...keys, key]));
  return value === undefined ? [] : [{ keys, value }];
}

const FILLED = OPEN.flatMap(filledIn);

describe("a static default", () => {
  it("is in the table exactly if the API server fills it in", () => {
    const fields = new Set(FILLED.map(({ field }) => field));
    expect([...fields].sort()).toEqual([...Object.keys(STATIC_DEFAULTS), "spec.ports[].targetPort"].sort());
  });

  it.each(FILLED)("is the one of the table: $field", ({ path, value, service }) => {
    expect(staticDefault(path, service)).toBe(value);
  });

  it.each(Object.entries(STATIC_DEFAULTS))("stands in the help of its field: %s", (field, { value }) => {
    expect(FIELD_HELP[field]?.default?.split(/[ ,]/)[0]).toBe(String(value));
  });

  it("is none for other fields", () => {
    const label = Path.root.child("metadata").child("labels").key("spec.type");
    for (const path of [Path.root, Path.of(["spec", "externalName"]), Path.of(["spec", "ports", 0, "port"]), label]) {
      expect(staticDefault(path, OPEN[0])).toBeUndefined();
    }
  });
});

it("a default in words has its value, its meaning and its condition", () => {
  expect(defaultText("spec.type")).toBe("ClusterIP");
  expect(defaultText("status.loadBalancer.ingress[].ipMode")).toBe("VIP, where ip is set");
  expect(defaultText("spec.sessionAffinityConfig.clientIP.timeoutSeconds")).toBe(
    "10800 (three hours), where the affinity is ClientIP",
  );
});
