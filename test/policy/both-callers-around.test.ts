import { beforeAll, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "#src/field/json.ts";
import type { InventoryView } from "#src/inventory/model/view.ts";
import { inventoryOf } from "#src/inventory/store/inventory-of.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { BadExample, Example } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { partOf } from "../reviews/reviews.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";
import { document, findingsOfCheck, findingsOfWebhook, setOf } from "./callers.ts";
import { VERSION, write } from "./emulated-server.ts";
import { manifest } from "./support.ts";

// Rules that look at other objects: the check finds them in the files of the run, the webhook in its inventory.
let policies: PolicySet = NO_POLICIES;
let cluster: ClusterProfile = PROFILES.ipv4;
let view: InventoryView | undefined;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    facts: { current: () => ({ profile: cluster, version: VERSION }) },
    policies: () => policies,
    inventory: () => (view === undefined ? undefined : { view, age: 0 }),
  });
});

interface Case {
  readonly name: string;
  readonly rules: readonly JsonObject[];
  readonly service: JsonObject;
  readonly stored?: JsonObject | undefined;
  readonly others: readonly JsonObject[];
  /** That of the Service, and of others that name none. */
  readonly namespace: string;
  readonly profile: "ipv4" | "dual";
  /** The paths of the findings, if the case says them. */
  readonly finds?: readonly string[];
}

const NAMESPACE = "team-a";

/** Every example of every rule that looks around and that CI can check, too: it deletes nothing, and has no users. */
const EXAMPLES: readonly Case[] = RULES.filter(({ needs }) => needs !== undefined).flatMap((rule) =>
  [...rule.examples.good, ...rule.examples.bad].flatMap((example: Example | BadExample): Case[] => {
    const { name, user, parameters, old, namespace = NAMESPACE, others = [], cluster: profile = "ipv4" } = example;
    const operation = example.operation ?? (old === undefined ? "create" : "update");
    if (user !== undefined || (operation !== "create" && operation !== "update")) return [];
    return [
      {
        name: `${rule.id}: ${name}`,
        rules: [{ rule: rule.id, action: "deny", ...(parameters && { parameters }) }],
        service: serviceOf(example, namespace),
        stored: old && serviceOf(old, namespace),
        others: others.map((other) => ({ ...other })),
        namespace,
        profile,
        finds: "finds" in example ? example.finds : [],
      },
    ];
  }),
);

describe("what looks around finds the same in the files of a run and in a cluster", () => {
  it.each(EXAMPLES)("$name", async ({ rules, service, stored, others, namespace, profile, finds }) => {
    cluster = PROFILES[profile];
    // Findings about the others are theirs.
    const labelled = withLabel(service);
    const policy = document("around", { match: { objectSelector: { matchLabels: { example: "it" } } }, rules });
    const found = await findingsOfCheck([policy], [labelled, ...others], {
      ...(stored && { stored: [withLabel(stored)] }),
      args: ["--complete", "--cluster-profile", profile, "--namespace", namespace],
    });
    const byCheck = found.get("around") ?? [];
    if (finds !== undefined) expect(pathsOf(byCheck)).toEqual(finds.toSorted());

    const before = stored && (await storedBefore(withLabel(stored)));
    policies = setOf([policy]);
    // In a cluster, what is behind a Service is judged once the Service is there: its Pods are often created after it.
    view = inventoryOf([before?.live ?? labelled, ...others], namespace);
    const client = stored === undefined ? "create" : "server-side apply";
    const { validated } = await write(server, { manifest: labelled, stored: before, client, cluster });
    expect(findingsOfWebhook(validated)).toEqual(byCheck);
  });

  it("there are examples of each such rule", () => {
    expect(EXAMPLES.length).toBeGreaterThan(2 * RULES.filter(({ needs }) => needs !== undefined).length);
  });
});

function pathsOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.slice(line.indexOf(" ") + 1, line.indexOf(": ")));
}

function serviceOf({ metadata, spec }: Pick<Example, "metadata" | "spec">, namespace: string): JsonObject {
  const whole = manifest({ metadata: { namespace, ...metadata }, ...(spec && { spec }) });
  const object: unknown = JSON.parse(JSON.stringify(whole), (_, value: unknown) => value ?? undefined);
  return isObject(object) ? object : {};
}

function withLabel(service: JsonObject): JsonObject {
  const metadata = partOf(service, "metadata");
  return { ...service, metadata: { ...metadata, labels: { ...labelsOf(metadata), example: "it" } } };
}

function labelsOf({ labels }: JsonObject): JsonObject {
  return isObject(labels) ? labels : {};
}

/** The Service as stored without any policy in force. */
async function storedBefore(
  service: JsonObject,
): Promise<{ readonly live: JsonObject; readonly manifest: JsonObject }> {
  policies = NO_POLICIES;
  view = undefined;
  const { stored: live } = await write(server, { manifest: service, client: "server-side apply", cluster });
  return { live, manifest: service };
}
