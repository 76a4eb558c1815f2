import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";

/** Two manifests of one Service, and what somebody else does between them. */
export interface Pair {
  readonly name: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** The merge patch of somebody else for the stored object; undefined if nobody does anything. */
  readonly meddle: ((stored: JsonObject) => JsonObject) | undefined;
}

/**
 * Made-up pairs of manifests: the same seed gives the same ones.
 * @param isSelectorAtomic whether a server-side apply takes a selector as a whole, as API servers since 1.22 do
 */
export function* makePairs(count: number, seed: number, isSelectorAtomic: boolean): Generator<Pair> {
  const dice = new Dice(seed);
  for (let i = 0; i < count; i += 1) {
    const name = `s${i}`;
    const before = manifest(dice, name);
    // Half of the new manifests change a few fields of the old one, as people do; the others are new throughout.
    const other = manifest(dice, name);
    const after = dice.roll(50) ? mixture(dice, before, other) : other;
    const spin = dice.number();
    const meddle = (stored: JsonObject): JsonObject => meddled(new Dice(spin), stored, isSelectorAtomic);
    yield { name, before, after, meddle: dice.roll(40) ? meddle : undefined };
  }
}

class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  number(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state;
  }

  below(limit: number): number {
    return Math.floor((this.number() / 2 ** 32) * limit);
  }

  /** True in so many of a hundred cases. */
  roll(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<const T extends readonly unknown[]>(...items: T): T[number] | undefined {
    return items[this.below(items.length)];
  }

  maybe(percent: number, value: JsonObject): JsonObject {
    return this.roll(percent) ? value : {};
  }
}

function port(dice: Dice, index: number): JsonObject {
  return {
    name: `${dice.pick("a", "b", "c")}${index}`,
    // Few numbers: two ports share one in most manifests.
    port: dice.pick(53, 80, 443, 8080),
    // An API server before 1.21 does not know the default in a server-side apply.
    protocol: dice.pick("TCP", "UDP"),
    ...dice.maybe(50, { targetPort: dice.pick(80, 8080, "http") }),
    ...dice.maybe(30, { appProtocol: "http" }),
  };
}

function manifest(dice: Dice, name: string): JsonObject {
  const type = dice.pick("ClusterIP", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName");
  const isExternal = type === "NodePort" || type === "LoadBalancer";
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      ...dice.maybe(40, { labels: { ...dice.maybe(70, { x: dice.pick("1", "2") }), ...dice.maybe(40, { y: "1" }) } }),
      ...dice.maybe(30, { annotations: { [`e.io/${dice.pick("x", "y")}`]: dice.pick("1", "2") } }),
      ...dice.maybe(15, { finalizers: dice.roll(50) ? ["e.io/f", "e.io/g"] : [`e.io/${dice.pick("f", "h")}`] }),
    },
    spec: {
      ...(type === "ClusterIP" ? dice.maybe(50, { type }) : { type }),
      ...(type === "ExternalName" ? { externalName: "db.example.com" } : {}),
      ...dice.maybe(80, { selector: { [`${dice.pick("app", "tier")}`]: dice.pick("a", "b") } }),
      ports: Array.from({ length: 1 + dice.below(4) }, (_, i) => port(dice, i)),
      ...(type === "ClusterIP" ? dice.maybe(10, { clusterIP: "None" }) : {}),
      ...dice.maybe(30, { sessionAffinity: dice.pick("ClientIP", "None", null) }),
      ...(type === "LoadBalancer"
        ? dice.maybe(40, { loadBalancerSourceRanges: [dice.pick("10.0.0.0/8", "192.0.2.0/24")] })
        : {}),
      ...(isExternal ? dice.maybe(40, { externalTrafficPolicy: dice.pick("Local", "Cluster") }) : {}),
      ...dice.maybe(20, { publishNotReadyAddresses: true }),
      ...dice.maybe(15, { externalIPs: [dice.pick("192.0.2.7", "192.0.2.8")] }),
    },
  };
}

/** The fields of one manifest, some of them as in another. */
function mixture(dice: Dice, one: JsonObject, other: JsonObject): JsonObject {
  const mixed: JsonObject = {};
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [value, otherValue] = [one[key], other[key]];
    const chosen =
      key !== "ports" && isObject(value) && isObject(otherValue)
        ? mixture(dice, value, otherValue)
        : dice.roll(25)
          ? otherValue
          : value;
    if (chosen !== undefined) mixed[key] = chosen;
  }
  return mixed;
}

/** What controllers and people do to a stored Service, as a JSON merge patch. */
function meddled(dice: Dice, stored: JsonObject, withSelector: boolean): JsonObject {
  const listAt = (...keys: string[]): readonly unknown[] => {
    const list = valueAt(stored, keys);
    return Array.isArray(list) ? list : [];
  };
  const ports = listAt("spec", "ports").filter(isObject);
  return {
    metadata: {
      annotations: dice.maybe(50, { "e.io/other": "1" }),
      labels: { ...dice.maybe(30, { x: "9" }), ...dice.maybe(50, { z: "1" }) },
      ...dice.maybe(20, { finalizers: [...listAt("metadata", "finalizers"), "e.io/other"] }),
    },
    spec: {
      ...dice.maybe(20, { publishNotReadyAddresses: true }),
      ...(withSelector ? dice.maybe(20, { selector: { app: "other" } }) : {}),
      ...dice.maybe(20, { externalIPs: ["192.0.2.9"] }),
      ports: [
        // Servers before 1.24 store what a patch deletes from a list that is not there: one port stays.
        ...(dice.roll(20) && ports.length > 1 ? ports.slice(1) : ports),
        ...(dice.roll(30) ? [{ name: "other", port: dice.pick(53, 9999), protocol: dice.pick("TCP", "SCTP") }] : []),
      ].map((item, i) => (i === 0 ? { ...item, ...dice.maybe(30, { targetPort: 9999 }) } : item)),
    },
  };
}
