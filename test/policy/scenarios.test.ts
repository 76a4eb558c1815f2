import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { partOf } from "../reviews/reviews.ts";
import { startTestServer, type TestServer } from "../webhook/harness.ts";
import { document, findingsOfCheck, findingsOfWebhook, setOf } from "./callers.ts";
import { type Client, VERSION, write } from "./emulated-server.ts";
import { judgeManifest, LOAD_BALANCER_DEFAULTS, manifest, policies as setOfSpecs } from "./support.ts";

let policies: PolicySet = NO_POLICIES;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    facts: {
      current: () => ({ profile: PROFILES.dual, version: VERSION }),
      namespaceLabels: (name) => (name === "team-a" ? LABELS : undefined),
    },
    get policies() {
      return policies;
    },
  });
});
afterAll(() => server.stop());

const LABELS = { tier: "gold" };
/** The same labels, as CI gets them. */
const NAMESPACES = [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-a", labels: LABELS } }];

const RULES = [{ rule: "named-ports" }];
const DENIED = "named-ports=deny spec.ports[0].name: the port 80 has no name";
const CLUSTER = ["--cluster-profile", "dual"];
const APPLIES: readonly Client[] = ["client-side apply", "server-side apply"];

interface Case {
  readonly name: string;
  /** The specs of policies named a, b, ... */
  readonly specs: readonly object[];
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
  /** The findings of both callers. */
  readonly want: readonly string[];
}

const exempt = (reason: string, rest: object = {}): object => ({
  exempt: [{ names: ["shop"], reason, ...rest }],
  rules: RULES,
});
const exemptAnnotation = (text: string): JsonObject => ({ annotations: { "exempt.fairlead.dev/named-ports": text } });

const CASES: readonly Case[] = [
  { name: "a denial", specs: [{ rules: RULES }], want: [`a/${DENIED}`] },
  {
    name: "the team's own words, as a warning",
    specs: [{ rules: [{ rule: "named-ports", action: "warn", message: "name {namespace}/{name}" }] }],
    want: ["a/named-ports=warn spec.ports[0].name: name team-a/shop"],
  },
  { name: "an audit", specs: [{ rules: [{ rule: "named-ports", action: "audit" }] }], want: ["a/named-ports=audit"] },
  {
    name: "another action by namespace",
    specs: [{ rules: [{ rule: "named-ports", actions: [{ namespaces: ["team-*"], action: "audit" }] }] }],
    want: ["a/named-ports=audit"],
  },
  {
    name: "namespaces by label",
    specs: [
      { match: { namespaceSelector: { matchLabels: { tier: "gold" } } }, rules: RULES },
      { match: { namespaceSelector: { matchLabels: { tier: "tin" } } }, rules: RULES },
    ],
    want: [`a/${DENIED}`],
  },
  {
    name: "another action by the namespace's labels",
    specs: [
      {
        rules: [
          {
            rule: "named-ports",
            actions: [
              { namespaceSelector: { matchExpressions: [{ key: "tier", operator: "Exists" }] }, action: "audit" },
            ],
          },
        ],
      },
    ],
    want: ["a/named-ports=audit"],
  },
  { name: "an exemption", specs: [exempt("moving")], want: ["a/named-ports=suppressed"] },
  {
    name: "an exemption until a day to come",
    specs: [exempt("moving", { expires: "2999-12-31" })],
    want: ["a/named-ports=suppressed"],
  },
  {
    name: "an exemption that has expired",
    specs: [exempt("moving", { expires: "2001-12-31" })],
    want: [`a/${DENIED} (the exemption "moving" expired: its last day was 2001-12-31)`],
  },
  {
    name: "an exemption of whoever asks, where nobody is he",
    specs: [{ exempt: [{ users: ["system:serviceaccount:ops:*"], reason: "r" }], rules: RULES }],
    want: [`a/${DENIED}`],
  },
  {
    name: "an annotation where the policy allows it",
    specs: [{ allowAnnotation: true, rules: RULES }],
    metadata: exemptAnnotation("r"),
    want: ["a/named-ports=suppressed"],
  },
  {
    name: "an annotation where it does not",
    specs: [{ rules: RULES }],
    metadata: exemptAnnotation("r"),
    want: [`a/${DENIED} (the policy does not let the annotation exempt.fairlead.dev/named-ports exempt anything)`],
  },
  {
    name: "an annotation without reason",
    specs: [{ allowAnnotation: true, rules: RULES }],
    metadata: exemptAnnotation(""),
    want: [`a/${DENIED} (the annotation exempt.fairlead.dev/named-ports must give a reason)`],
  },
  {
    name: "two policies, one of which exempts",
    specs: [exempt("moving"), { rules: RULES }],
    want: ["a/named-ports=suppressed", `b/${DENIED}`],
  },
  {
    name: "a policy about others",
    specs: [
      { match: { namespaces: ["!team-*"] }, rules: RULES },
      { match: { types: ["NodePort"] }, rules: RULES },
    ],
    want: [],
  },
  {
    name: "a default that keeps to another policy's rule",
    specs: [
      { rules: [{ rule: "required-labels", parameters: { labels: [{ key: "team" }] } }] },
      { defaults: { labels: { team: "a" } } },
    ],
    want: [],
  },
  {
    name: "a default that brings another policy in",
    specs: [
      { match: { types: ["LoadBalancer"] }, rules: [{ rule: "source-ranges-required" }] },
      { match: { types: ["ClusterIP"] }, defaults: { type: "LoadBalancer" } },
    ],
    want: ["a/source-ranges-required=deny spec.loadBalancerSourceRanges: a load balancer must have source ranges"],
  },
];

describe("webhook and check say the same", () => {
  it.each(CASES)("$name", async ({ specs, metadata, spec, want }) => {
    const documents = specs.map((one, i) => document(nameOf(i), one));
    const service = manifest({ ...(metadata && { metadata }), ...(spec && { spec }) });
    const byCheck = await findingsOfCheck(documents, [service], { args: CLUSTER, namespaces: NAMESPACES });
    expect([...byCheck.values()].flat().sort()).toEqual(want);
    policies = setOf(documents);
    for (const client of [...APPLIES, "create"] as const) {
      // Whether the user of kubectl create wrote the type is unknown: `undetermined` decides, which does not apply in CI.
      if (client === "create" && specs.some((one) => JSON.stringify(one).includes("defaults"))) continue;
      const { validated } = await write(server, { manifest: service, client, cluster: PROFILES.dual });
      expect({ client, findings: findingsOfWebhook(validated) }).toEqual({ client, findings: want });
    }
  });
});

describe("defaults give one object in CI and in the cluster, and an apply the second time changes nothing", () => {
  const everything = { ...LOAD_BALANCER_DEFAULTS, ports: [{ name: "web", appProtocol: "http" }] };
  const web = manifest({ spec: { ports: [{ name: "web", port: 80 }] } });
  const balancer = manifest({ spec: { type: "LoadBalancer", ports: [{ name: "web", port: 80 }] } });

  it.each([
    { name: "all of them", defaults: { type: "LoadBalancer", ...everything }, service: web },
    { name: "all but the type", defaults: everything, service: balancer },
    { name: "the type alone", defaults: { type: "LoadBalancer" }, service: web },
    { name: "the type of node ports", defaults: { type: "NodePort", externalTrafficPolicy: "Local" }, service: web },
    { name: "for an address of its own", defaults: everything, service: web },
  ])("$name", async ({ defaults, service }) => {
    policies = setOfSpecs({ defaults });
    const inCI = judgeManifest(service, { policies, cluster: PROFILES.dual }).admitted;
    for (const client of APPLIES) {
      const first = await write(server, { manifest: service, client, cluster: PROFILES.dual });
      expect(first.admitted["spec"]).toEqual(inCI?.spec);
      expect(partOf(first.admitted, "metadata")["labels"]).toEqual(inCI?.metadata.labels);
      const again = {
        manifest: service,
        stored: { live: first.stored, manifest: service },
        client,
        cluster: PROFILES.dual,
      };
      const second = await write(server, again);
      expect(second.mutated.patch).toBeUndefined();
      expect({ ...second.stored, metadata: undefined }).toEqual({ ...first.stored, metadata: undefined });
    }
  });

  it("a value that its user wrote stays, by whichever apply", async () => {
    policies = setOfSpecs({ defaults: { internalTrafficPolicy: "Local", sessionAffinity: "ClientIP" } });
    const service = manifest({ spec: { internalTrafficPolicy: "Cluster", sessionAffinity: "None" } });
    for (const client of APPLIES) {
      const { admitted } = await write(server, { manifest: service, client, cluster: PROFILES.dual });
      expect(admitted["spec"]).toMatchObject({ internalTrafficPolicy: "Cluster", sessionAffinity: "None" });
    }
  });

  it.each([
    { undetermined: "keep", want: "Cluster" },
    { undetermined: "fill", want: "Local" },
  ])("kubectl create, undetermined: $undetermined", async ({ undetermined, want }) => {
    policies = setOfSpecs({ undetermined, defaults: { internalTrafficPolicy: "Local" } });
    const { admitted } = await write(server, { manifest: manifest(), client: "create", cluster: PROFILES.dual });
    expect(admitted["spec"]).toMatchObject({ internalTrafficPolicy: want });
  });
});

function nameOf(index: number): string {
  return String.fromCharCode("a".charCodeAt(0) + index);
}
