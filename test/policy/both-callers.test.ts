import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { BadExample, Example } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";
import { document, type FindingLines, findingsOfCheck, findingsOfWebhook, setOf } from "./callers.ts";
import { type Client, VERSION, type Write, write } from "./emulated-server.ts";
import { manifest } from "./support.ts";

let policies: PolicySet;
let cluster: ClusterProfile = PROFILES.dual;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    facts: { current: () => ({ profile: cluster, version: VERSION }) },
    get policies() {
      return policies;
    },
  });
});
afterAll(() => server.stop());

/** The object without its null fields. */
function withoutNullFields(object: JsonObject): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(object), (_, value: unknown) => value ?? undefined);
  return parsed === undefined || typeof parsed !== "object" ? {} : { ...parsed };
}

interface RuleExample {
  readonly label: string;
  readonly policy: JsonObject;
  readonly service: JsonObject;
  readonly stored: JsonObject | undefined;
  readonly finds: readonly string[];
}

/** Every example of every rule that CI can check and that looks at one Service only, each with a policy of its own that matches it by a label. */
function examplesFor(profile: "ipv4" | "dual", operation: "create" | "update"): readonly RuleExample[] {
  return RULES.filter(({ needs }) => needs === undefined).flatMap((rule) =>
    [...rule.examples.good, ...rule.examples.bad].flatMap((example: Example | BadExample, index): RuleExample[] => {
      const { user, parameters, metadata, spec, old, namespace = "team-a" } = example;
      if (
        (example.operation ?? "create") !== operation ||
        (example.cluster ?? "ipv4") !== profile ||
        user !== undefined
      )
        return [];
      const label = `${rule.id}-${index}`;
      const labelled = (metadata: Example["metadata"]): object => ({
        namespace,
        name: label,
        ...metadata,
        labels: { ...inner(metadata, "labels"), example: label },
      });
      const entry = { rule: rule.id, action: index % 2 === 0 ? "deny" : "warn", ...(parameters && { parameters }) };
      return [
        {
          label,
          policy: document(label, { match: { objectSelector: { matchLabels: { example: label } } }, rules: [entry] }),
          service: withoutNullFields(manifest({ metadata: { ...labelled(metadata) }, ...(spec && { spec }) })),
          stored: old && withoutNullFields(manifest({ ...old, metadata: { ...labelled(old.metadata) } })),
          finds: "finds" in example ? example.finds : [],
        },
      ];
    }),
  );
}

function inner(holder: Readonly<Record<string, unknown>> | undefined, name: string): object {
  const value = holder?.[name];
  return typeof value === "object" && value !== null ? value : {};
}

const RUNS = [
  { profile: "ipv4", operation: "create" },
  { profile: "dual", operation: "create" },
  { profile: "ipv4", operation: "update" },
] as const;
/** Updates are applies, as the check assumes; a replacement has other semantics. */
const CLIENTS = {
  create: ["create", "client-side apply", "server-side apply"],
  update: ["client-side apply", "server-side apply"],
} as const satisfies Record<string, readonly Client[]>;

describe.each(RUNS)("every rule's examples, $operation, cluster $profile", ({ profile, operation }) => {
  const examples = examplesFor(profile, operation);
  let byCheck: ReadonlyMap<string, FindingLines>;
  beforeAll(async () => {
    cluster = PROFILES[profile];
    const documents = examples.map(({ policy }) => policy);
    policies = setOf(documents);
    const stored =
      operation === "update"
        ? { stored: examples.flatMap(({ stored }) => (stored === undefined ? [] : [stored])) }
        : {};
    const services = examples.map(({ service }) => service);
    byCheck = await findingsOfCheck(documents, services, { ...stored, args: ["--cluster-profile", profile] });
  });

  it("there are some", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)("$label: check finds it where the example says", ({ label, finds }) => {
    const paths = (byCheck.get(label) ?? []).map((line) => line.slice(line.indexOf(" ") + 1, line.indexOf(": ")));
    expect(paths).toEqual([...finds].sort());
  });

  it.each(CLIENTS[operation].flatMap((client) => examples.map((one) => ({ client, ...one }))))(
    "$label by $client: the webhook says what check says",
    async ({ client, label, service, stored }) => {
      const storedService = stored && (await storedBefore(client, stored));
      const { mutated, validated } = await write(server, { manifest: service, stored: storedService, client, cluster });
      expect(mutated.allowed).toBe(true);
      expect(findingsOfWebhook(validated)).toEqual(byCheck.get(label) ?? []);
    },
  );
});

/** The Service as stored without any policy in force. */
async function storedBefore(client: Client, service: JsonObject): Promise<Write["stored"]> {
  const policiesInForce = policies;
  policies = NO_POLICIES;
  const { stored: live } = await write(server, { manifest: service, client, cluster });
  policies = policiesInForce;
  return { live, manifest: service };
}
