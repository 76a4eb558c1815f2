import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import type { BadExample, Example } from "#src/policy/rules/kit/rule.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { type ClusterProfile, PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";
import { document, type Said, saidByCheck, saidByWebhook, setOf } from "./callers.ts";
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

/** Nothing that a manifest holds in its null fields is sent. */
function written(object: JsonObject): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(object), (_, value: unknown) => value ?? undefined);
  return parsed === undefined || typeof parsed !== "object" ? {} : { ...parsed };
}

interface Shown {
  readonly label: string;
  readonly policy: JsonObject;
  readonly service: JsonObject;
  readonly stored: JsonObject | undefined;
  readonly finds: readonly string[];
}

/** Every example of every rule that CI can be shown: an example of its own policy each, told apart by a label. */
function examplesFor(profile: "ipv4" | "dual", operation: "create" | "update"): readonly Shown[] {
  return RULES.flatMap((rule) =>
    [...rule.examples.good, ...rule.examples.bad].flatMap((example: Example | BadExample, index): Shown[] => {
      const { user, parameters, metadata, spec, old, namespace = "team-a" } = example;
      if (
        (example.operation ?? "create") !== operation ||
        (example.cluster ?? "ipv4") !== profile ||
        user !== undefined
      )
        return [];
      const label = `${rule.id}-${index}`;
      const labelled = (given: Example["metadata"]): object => ({
        namespace,
        name: label,
        ...given,
        labels: { ...inner(given, "labels"), example: label },
      });
      const entry = { rule: rule.id, action: index % 2 === 0 ? "deny" : "warn", ...(parameters && { parameters }) };
      return [
        {
          label,
          policy: document(label, { match: { objectSelector: { matchLabels: { example: label } } }, rules: [entry] }),
          service: written(manifest({ metadata: { ...labelled(metadata) }, ...(spec && { spec }) })),
          stored: old && written(manifest({ ...old, metadata: { ...labelled(old.metadata) } })),
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
/** Whoever replaces a stored Service says all of it; the check judges an apply. */
const CLIENTS = {
  create: ["create", "client-side apply", "server-side apply"],
  update: ["client-side apply", "server-side apply"],
} as const satisfies Record<string, readonly Client[]>;

describe.each(RUNS)("every rule's examples, $operation, cluster $profile", ({ profile, operation }) => {
  const shown = examplesFor(profile, operation);
  let byCheck: ReadonlyMap<string, Said>;
  beforeAll(async () => {
    cluster = PROFILES[profile];
    const documents = shown.map(({ policy }) => policy);
    policies = setOf(documents);
    const stored =
      operation === "update" ? { stored: shown.flatMap(({ stored }) => (stored === undefined ? [] : [stored])) } : {};
    const services = shown.map(({ service }) => service);
    byCheck = await saidByCheck(documents, services, { ...stored, args: ["--cluster-profile", profile] });
  });

  it("there are some", () => {
    expect(shown.length).toBeGreaterThan(0);
  });

  it.each(shown)("$label: check finds it where the example says", ({ label, finds }) => {
    const places = (byCheck.get(label) ?? []).map((line) => line.slice(line.indexOf(" ") + 1, line.indexOf(": ")));
    expect(places).toEqual([...finds].sort());
  });

  it.each(CLIENTS[operation].flatMap((client) => shown.map((one) => ({ client, ...one }))))(
    "$label by $client: the webhook says what check says",
    async ({ client, label, service, stored }) => {
      const settled = stored && (await storedBefore(client, stored));
      const { mutated, validated } = await write(server, { manifest: service, stored: settled, client, cluster });
      expect(mutated.allowed).toBe(true);
      expect(saidByWebhook(validated)).toEqual(byCheck.get(label) ?? []);
    },
  );
});

/** What the API server stored, without anybody's looking at it. */
async function storedBefore(client: Client, service: JsonObject): Promise<Write["stored"]> {
  const looking = policies;
  policies = NO_POLICIES;
  const { stored: live } = await write(server, { manifest: service, client, cluster });
  policies = looking;
  return { live, manifest: service };
}
