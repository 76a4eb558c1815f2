import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connect } from "#src/cluster/api/connect.ts";
import { objectsAt, textAt } from "#src/cluster/api/kubernetes-api.ts";
import { CallConditions, type CallSettings } from "#src/cluster/calls/call-conditions.ts";
import { CONDITION } from "#src/cluster/calls/registration.ts";
import { ClusterPolicies } from "#src/cluster/policies/source.ts";
import { POLICIES_PATH } from "#src/cluster/policies/status.ts";
import { ReplicaRegistry } from "#src/cluster/replicas/replica-registry.ts";
import type { JsonObject } from "#src/field/json.ts";
import { ApiServer } from "../api-server.ts";
import { FakeClock } from "../fake-clock.ts";
import { until } from "../poll.ts";
import { Refusal } from "../store.ts";

const GROUP = "/apis/admissionregistration.k8s.io/v1";
const MUTATING = `${GROUP}/mutatingwebhookconfigurations`;
const VALIDATING = `${GROUP}/validatingwebhookconfigurations`;
const MINUTE = 60_000;
const SETTINGS: CallSettings = {
  webhookConfigurations: [
    { kind: "MutatingWebhookConfiguration", name: "fairlead" },
    { kind: "ValidatingWebhookConfiguration", name: "fairlead" },
  ],
  spares: true,
  looksAtEverything: false,
  validates: false,
  fillsFamilies: false,
  resync: MINUTE,
};
const DELETION = { rules: [{ rule: "deletion-protection" }] };
const PORTS = { rules: [{ rule: "named-ports" }] };

describe("the match condition of Fairlead's own", () => {
  let server: ApiServer;
  let clock: FakeClock;
  let closing: (() => Promise<unknown>)[];
  let log: string[];

  beforeEach(async () => {
    server = await ApiServer.start();
    clock = new FakeClock();
    closing = [];
    log = [];
  });

  afterEach(async () => {
    server.rules.length = 0;
    await Promise.all(closing.map((close) => close()));
    await server.stop();
  });

  async function start(settings: Partial<CallSettings> = {}, replica = "a"): Promise<void> {
    const write = (_facts: Record<string, unknown>, message: string): void => void log.push(message);
    const dependencies = { api: connect(server.kubeconfig), clock, log: { info: write, warn: write } };
    const registry = new ReplicaRegistry(dependencies, {
      namespace: "fairlead",
      lease: "fairlead",
      replica,
      heartbeat: 30_000,
    });
    await registry.publish();
    const calls = new CallConditions(dependencies, registry, { ...SETTINGS, ...settings });
    const policies = new ClusterPolicies(dependencies, registry, { calls });
    closing.push(() => Promise.all([policies.close(), calls.close()]));
    policies.start();
    calls.start(() => policies.known());
    await until(() => policies.readiness() === undefined);
  }

  function register(overrides: Readonly<Record<string, JsonObject>> = {}): void {
    const entry = (name: string, path: string, operations: readonly string[]): JsonObject => ({
      name,
      clientConfig: { service: { name: "fairlead", namespace: "fairlead", path } },
      failurePolicy: "Ignore",
      matchConditions: [{ name: "not-the-api-servers-own", expression: "true" }],
      rules: [
        { apiGroups: [""], apiVersions: ["v1"], resources: ["services"], operations },
        { apiGroups: [""], apiVersions: ["v1"], resources: ["services/status"], operations: ["UPDATE"] },
      ],
      ...overrides[name],
    });
    const metadata = { name: "fairlead" };
    const writes = ["CREATE", "UPDATE"];
    server.store.create(MUTATING, { metadata, webhooks: [entry("mutate", "/mutate", writes)] });
    const webhooks = [entry("deny", "/validate", [...writes, "DELETE"]), entry("policies", "/policies", writes)];
    server.store.create(VALIDATING, { metadata, webhooks });
  }

  function apply(name: string, spec: JsonObject): void {
    const object = { apiVersion: "fairlead.dev/v1alpha1", kind: "ServicePolicy", metadata: { name }, spec };
    server.store.create(POLICIES_PATH, object);
  }

  function status(name: string): string | undefined {
    const [condition] = objectsAt(server.store.find(POLICIES_PATH, name), "status", "conditions");
    return condition === undefined
      ? undefined
      : `${textAt(condition, "reason") ?? ""}: ${textAt(condition, "message") ?? ""}`;
  }

  /** The expression of the condition in an entry; undefined without one. */
  function condition(entry: string): string | undefined {
    const all = [MUTATING, VALIDATING].flatMap((path) => objectsAt(server.store.find(path, "fairlead"), "webhooks"));
    const found = all.find(({ name }) => name === entry);
    return textAt(
      objectsAt(found, "matchConditions").find(({ name }) => name === CONDITION),
      "expression",
    );
  }

  async function passUntil(holds: () => boolean, step = 1_000): Promise<void> {
    await until(() => {
      clock.advance(step);
      return holds();
    });
  }

  it.each<{
    name: string;
    policies: JsonObject;
    settings?: Partial<CallSettings>;
    deny: string | undefined;
    mutate: string | undefined;
  }>([
    { name: "no policy at all", policies: {}, deny: "false", mutate: "hints" },
    {
      name: "a rule about creates and updates",
      policies: { one: PORTS },
      deny: "request.operation == 'CREATE' ? true : request.operation == 'DELETE' ? false : has(request.subResource) && request.subResource == 'status' ? false : true",
      mutate: "hints",
    },
    {
      name: "a rule about deletions in some namespaces",
      policies: { one: { ...DELETION, match: { namespaces: ["shop", "team-*"] } } },
      deny: "request.operation == 'CREATE' ? false : request.operation == 'DELETE' ? request.namespace.matches('^(shop|team-.*)$') : false",
      mutate: "hints",
    },
    {
      name: "a rule about new Services in some namespaces, and one that leaves out others",
      policies: {
        one: { rules: [{ rule: "service-link-name" }], match: { namespaces: ["shop"] } },
        two: { rules: [{ rule: "service-link-name" }], match: { namespaces: ["!kube-*"] } },
      },
      deny: "request.operation == 'CREATE' ? true : request.operation == 'DELETE' ? false : false",
      mutate: "hints",
    },
    {
      name: "defaults everywhere",
      policies: { one: { defaults: { labels: { team: "a" } } } },
      deny: "false",
      mutate: undefined,
    },
    {
      name: "defaults in a namespace",
      policies: { one: { defaults: { labels: { team: "a" } }, match: { namespaces: ["shop"] } } },
      deny: "false",
      mutate: "shop or hints",
    },
    {
      name: "a configured ipFamilyPolicy",
      policies: {},
      settings: { fillsFamilies: true },
      deny: "false",
      mutate: undefined,
    },
    {
      name: "validation itself",
      policies: {},
      settings: { validates: true },
      deny: "request.operation == 'CREATE' ? true : request.operation == 'DELETE' ? false : true",
      mutate: "hints",
    },
  ])("says what is asked for: $name", async ({ policies, settings, deny, mutate }) => {
    register();
    for (const [name, spec] of Object.entries(policies))
      apply(name, typeof spec === "object" && spec !== null ? { ...spec } : {});
    await start(settings);
    await passUntil(() => condition("deny") === deny, 10_000);
    const hints =
      /^request\.operation != 'CREATE' \|\| (?:request\.namespace\.matches\('\^\((shop)\)\$'\) \|\| )?!\(.*\)$/s.exec(
        condition("mutate") ?? "",
      );
    expect(hints === null ? condition("mutate") : hints[1] === undefined ? "hints" : `${hints[1]} or hints`).toBe(
      mutate,
    );
    expect(condition("policies")).toBeUndefined();
  });

  it.each<{ name: string; settings?: Partial<CallSettings>; overrides?: Readonly<Record<string, JsonObject>> }>([
    { name: "where that is not wanted", settings: { spares: false } },
    { name: "where policies come from elsewhere, too", settings: { looksAtEverything: true } },
    {
      name: "where a request without an answer is refused",
      overrides: { deny: { failurePolicy: "Fail" }, mutate: { failurePolicy: "Fail" } },
    },
  ])("is not written $name", async ({ settings, overrides }) => {
    register(overrides);
    await start(settings);
    for (let passed = 0; passed < 5; passed++) await passUntil(() => true, MINUTE);
    expect([condition("deny"), condition("mutate")]).toEqual([undefined, undefined]);
  });

  it("leaves the other conditions, and what is not about Services, as they are", async () => {
    register();
    await start();
    await passUntil(() => condition("deny") !== undefined);
    const entries = objectsAt(server.store.find(VALIDATING, "fairlead"), "webhooks");
    expect(entries.map((one) => objectsAt(one, "matchConditions").map(({ name }) => name))).toEqual([
      ["not-the-api-servers-own", CONDITION],
      ["not-the-api-servers-own"],
    ]);
  });

  it("is gone before a policy is said to be in force, for as long as an API server may take to hear of it", async () => {
    register();
    await start();
    await passUntil(() => condition("deny") === "false");
    apply("one", DELETION);
    await until(() => condition("deny") === undefined);
    expect(status("one")).toBeUndefined();
    const gone = clock.now().getTime();
    await passUntil(() => status("one") === "Accepted: the policy is in force", 100);
    expect(clock.now().getTime() - gone).toBeGreaterThanOrEqual(2_000);
    await passUntil(() => condition("deny")?.includes("'DELETE' ? true") === true);
  });

  it("is not said to be gone where it cannot be taken away", async () => {
    register();
    await start();
    await passUntil(() => condition("deny") === "false");
    server.rules.push(({ method, path }) =>
      method === "PATCH" && path.includes("webhookconfigurations")
        ? new Refusal(403, "Forbidden", "may not")
        : undefined,
    );
    apply("one", DELETION);
    await passUntil(() => status("one") !== undefined, 100);
    expect(status("one")).toMatch(
      /^AcceptedInPart: the policy is in force, but it is not known which writes the API server sends: /,
    );
  });

  it("is written by one replica only", async () => {
    register();
    await start({}, "a");
    await start({}, "b");
    await passUntil(() => condition("deny") !== undefined && condition("mutate") !== undefined);
    for (let passed = 0; passed < 3; passed++) await passUntil(() => true, MINUTE);
    expect(server.writes.filter((write) => write.includes("webhookconfigurations"))).toHaveLength(2);
  });

  it.each<{ name: string; spec: JsonObject; overrides: Readonly<Record<string, JsonObject>>; want: string }>([
    {
      name: "deletions that are not sent",
      spec: DELETION,
      overrides: { deny: { rules: [{ resources: ["services"], operations: ["CREATE", "UPDATE"] }] } },
      want: "AcceptedInPart: the policy is in force, but no rule applies to deletions: the webhook configurations do not send them",
    },
    {
      name: "defaults without a mutating webhook",
      spec: { defaults: { labels: { team: "a" } }, rules: PORTS.rules },
      overrides: { mutate: { rules: [] } },
      want: "AcceptedInPart: the policy is in force, but no default is filled in on creates, updates: the webhook configurations do not send them",
    },
    { name: "all that is sent", spec: PORTS, overrides: {}, want: "Accepted: the policy is in force" },
  ])("a policy's status names $name", async ({ spec, overrides, want }) => {
    register(overrides);
    apply("one", spec);
    await start({ spares: false });
    await until(() => status("one") === want);
    expect(status("one")).toBe(want);
  });
});
