import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { NO_POLICIES, type PolicySet } from "#src/policy/model/types.ts";
import { PROFILES } from "#src/service/cluster/cluster-profile.ts";
import { readText } from "#src/text/read.ts";
import { fairlead } from "../../check/run-cli.ts";
import { startTestServer, type TestServer } from "../../webhook/harness.ts";
import { findingsOfWebhook } from "../callers.ts";
import { VERSION, write } from "../emulated-server.ts";
import { manifest } from "../support.ts";
import { admissionSet, bindingOf, mutatingPolicy, validatingPolicy } from "./documents.ts";

/** Policies of a cluster given to `fairlead check` and `fairlead test` as files, and to the webhook as its policies. */
let folder: string;
let policies: PolicySet = NO_POLICIES;
let server: TestServer;
beforeAll(async () => {
  const cluster = { profile: PROFILES.ipv4, version: VERSION };
  server = await startTestServer({ facts: { current: () => cluster }, policies: () => policies });
});
afterAll(() => server.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-cluster-policies-"));
  mkdirSync(join(folder, "policies"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Gives the policies to all ways in: one file for each document. */
function give(documents: readonly JsonObject[]): void {
  for (const [i, document] of documents.entries())
    writeFileSync(join(folder, "policies", `${i}.json`), JSON.stringify(document));
  policies = admissionSet(...documents);
}

/** What `fairlead check` finds, one line for each finding of a policy, and the object that it shows as admitted. */
async function checked(service: JsonObject): Promise<{ findings: readonly string[]; admitted: unknown }> {
  const file = join(folder, "service.json");
  writeFileSync(file, JSON.stringify(service));
  const common = ["check", "--no-config", "--policy", join(folder, "policies"), "--cluster-profile", "ipv4"];
  const report = await fairlead([...common, "--format", "json", file]);
  const shown = await fairlead([...common, "--show", "admitted", file]);
  if (report.code === null || report.code > 1) throw new Error(report.stderr);
  const found = valueAt(JSON.parse(report.stdout), ["findings"]);
  const [document] = readText(shown.stdout, { format: "auto" }).documents;
  return {
    findings: (Array.isArray(found) ? found : [])
      .filter(isObject)
      .filter(({ rule }) => String(rule).startsWith("policy/"))
      .map(({ rule, policy, severity, message }) => {
        const action = severity === "error" ? "deny" : "warn";
        return `${String(policy)}/${String(rule).replace("policy/", "")}=${action} ${String(message)}`;
      })
      .sort(),
    admitted: document?.value,
  };
}

/** Runs a case of `fairlead test` that expects this. */
async function tested(service: JsonObject, expected: JsonObject): Promise<string> {
  const file = join(folder, "case.test.yaml");
  const cases = [{ name: "case", service, request: { cluster: "ipv4" }, expect: expected }];
  writeFileSync(file, JSON.stringify({ policies: ["policies"], cases }));
  const { code, stdout, stderr } = await fairlead(["test", file]);
  return code === 0 ? "passed" : stdout + stderr;
}

/** The webhook's answers: the findings of both phases, and the object that the patch makes. */
async function reviewed(service: JsonObject): Promise<{ findings: readonly string[]; admitted: JsonObject }> {
  const written = await write(server, { manifest: service, client: "create", cluster: PROFILES.ipv4 });
  const { mutated, validated, admitted } = written;
  const findings = [...findingsOfWebhook(mutated), ...findingsOfWebhook(validated)];
  // A line has the field before its message, where there is one.
  return { findings: findings.map((line) => line.replace(/=(deny|warn) [\w.[\]-]*: /, "=$1 ")).sort(), admitted };
}

/** The parts of an object that mutations change. */
function changeable(object: unknown): unknown {
  const spec = valueAt(object, ["spec"]);
  const fields = Object.entries(isObject(spec) ? spec : {}).filter(([name]) => name !== "ipFamilyPolicy");
  const metadata = ["labels", "annotations"].map((name) => valueAt(object, ["metadata", name]));
  return { metadata, spec: Object.fromEntries(fields) };
}

const PARAM_KIND = { apiVersion: "v1", kind: "ConfigMap" };
const CONFIG_MAP = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "limits", namespace: "team-a" },
  data: { ports: "1", team: "shop" },
};
const PARAM_REF = { name: "limits", parameterNotFoundAction: "Deny" };

describe("a ValidatingAdmissionPolicy with variables, parameters, match conditions and message expressions", () => {
  const policy = validatingPolicy("ports", {
    paramKind: PARAM_KIND,
    matchConditions: [
      { name: "labelled", expression: "has(object.metadata.labels) && 'team' in object.metadata.labels" },
    ],
    variables: [
      { name: "most", expression: "int(params.data.ports)" },
      { name: "count", expression: "size(object.spec.ports)" },
    ],
    validations: [
      {
        expression: "variables.count <= variables.most",
        messageExpression: "'%d ports, at most %d in %s'.format([variables.count, variables.most, request.namespace])",
        reason: "Forbidden",
      },
      {
        expression: "object.metadata.labels.team == params.data.team",
        message: "the team is not the one of the limits",
      },
    ],
  });
  const two = {
    ports: [
      { name: "a", port: 80 },
      { name: "b", port: 81 },
    ],
  };

  it.each<{ does: string; service: JsonObject; want: readonly string[] }>([
    { does: "lets pass what complies", service: manifest({ metadata: { labels: { team: "shop" } } }), want: [] },
    { does: "passes over what does not match", service: manifest({ spec: two }), want: [] },
    {
      does: "denies with a message that was computed",
      service: manifest({ metadata: { labels: { team: "shop" } }, spec: two }),
      want: ["ports/validations[0]=deny 2 ports, at most 1 in team-a"],
    },
    {
      does: "denies with each message",
      service: manifest({ metadata: { labels: { team: "other" } }, spec: two }),
      want: [
        "ports/validations[0]=deny 2 ports, at most 1 in team-a",
        "ports/validations[1]=deny the team is not the one of the limits",
      ],
    },
  ])("$does", async ({ service, want }) => {
    give([policy, bindingOf(policy, "ports", { paramRef: PARAM_REF }), CONFIG_MAP]);
    expect((await checked(service)).findings).toEqual(want);
    expect((await reviewed(service)).findings).toEqual(want);
    const findings = want.map((line) => {
      const [, rule, message] = /^ports\/(\S+)=deny (.*)$/.exec(line) ?? [];
      return { rule, action: "deny", message };
    });
    expect(await tested(service, { allowed: want.length === 0, findings })).toBe("passed");
  });
});

describe("MutatingAdmissionPolicies", () => {
  const json = mutatingPolicy(
    "json",
    [
      {
        jsonPatch: `[
          JSONPatch{op: "remove", path: "/spec/selector/version"},
          JSONPatch{op: "replace", path: "/spec/sessionAffinity", value: "None"},
          JSONPatch{op: "add", path: "/spec/ports/-", value: Object.spec.ports{name: "metrics", port: 9090}},
          JSONPatch{op: "add", path: "/metadata/annotations", value: {"example.com/team": params.data.team}}]`,
      },
      { jsonPatch: `[JSONPatch{op: "remove", path: "/spec/ports/0"}]` },
    ],
    { paramKind: PARAM_KIND },
  );
  const apply = mutatingPolicy(
    "apply",
    [
      {
        applyConfiguration: `Object{
          metadata: Object.metadata{labels: {"owner": variables.owner}},
          spec: Object.spec{
            type: "NodePort",
            ports: object.spec.ports.map(p, Object.spec.ports{port: p.port, protocol: p.protocol, appProtocol: "http"})}}`,
      },
    ],
    { variables: [{ name: "owner", expression: "object.metadata.name + '-' + object.metadata.namespace" }] },
  );
  const service = manifest({
    spec: {
      selector: { app: "shop", version: "2" },
      sessionAffinity: "ClientIP",
      ports: [
        { name: "old", port: 81 },
        { name: "http", port: 80, targetPort: "web" },
      ],
    },
  });
  const documents = {
    json: [json, bindingOf(json, "json", { paramRef: PARAM_REF }), CONFIG_MAP],
    apply: [apply, bindingOf(apply, "apply")],
  };

  it.each<{ kind: string; given: readonly JsonObject[]; want: JsonObject }>([
    {
      kind: "JSONPatch",
      given: documents.json,
      want: {
        metadata: { annotations: { "example.com/team": "shop" } },
        spec: {
          selector: { app: "shop" },
          sessionAffinity: "None",
          ports: [
            { name: "http", port: 80, protocol: "TCP", targetPort: "web" },
            { name: "metrics", port: 9090, protocol: "TCP", targetPort: 9090 },
          ],
        },
      },
    },
    {
      kind: "ApplyConfiguration",
      given: documents.apply,
      want: {
        metadata: { labels: { owner: "shop-team-a" } },
        spec: {
          type: "NodePort",
          externalTrafficPolicy: "Cluster",
          sessionAffinity: "ClientIP",
          ports: [
            { name: "old", port: 81, protocol: "TCP", targetPort: 81, appProtocol: "http" },
            { name: "http", port: 80, protocol: "TCP", targetPort: "web", appProtocol: "http" },
          ],
        },
      },
    },
    {
      kind: "both kinds, by name",
      given: [...documents.json, ...documents.apply],
      want: {
        spec: {
          type: "NodePort",
          ports: [
            { name: "http", port: 80, protocol: "TCP", targetPort: "web", appProtocol: "http" },
            { name: "metrics", port: 9090, protocol: "TCP", targetPort: 9090 },
          ],
        },
      },
    },
  ])("$kind: the same object in every way in", async ({ given, want }) => {
    give(given);
    const [byCheck, byWebhook] = [await checked(service), await reviewed(service)];
    expect(byCheck.findings).toEqual([]);
    expect(byWebhook.findings).toEqual([]);
    expect(byCheck.admitted).toMatchObject(want);
    expect(changeable(byWebhook.admitted)).toEqual(changeable(byCheck.admitted));
    expect(await tested(service, { allowed: true, admitted: want })).toBe("passed");
  });

  it("a mutation that fails denies in every way in, at the phase of mutation", async () => {
    const failing = mutatingPolicy("failing", [{ jsonPatch: `[JSONPatch{op: "remove", path: "/spec/ports/7"}]` }]);
    give([failing, bindingOf(failing, "failing")]);
    const message =
      "JSON Patch: error in remove for path: '/spec/ports/7': Unable to access invalid index: 7: invalid index referenced";
    expect((await checked(service)).findings).toEqual([`failing/mutations[0]=deny ${message}`]);
    expect((await reviewed(service)).findings).toEqual([`failing/mutations[0]=deny ${message}`]);
    const findings = [{ rule: "mutations[0]", action: "deny", policy: "failing", message }];
    expect(await tested(service, { allowed: false, findings })).toBe("passed");
  });

  it("what they make of the object is validated, and seen by the policies that deny", async () => {
    const denying = validatingPolicy("no-node-ports", {
      validations: [{ expression: "object.spec.type != 'NodePort'", message: "no node ports" }],
    });
    give([...documents.apply, denying, bindingOf(denying, "no-node-ports")]);
    const want = ["no-node-ports/validations[0]=deny no node ports"];
    expect((await checked(service)).findings).toEqual(want);
    expect((await reviewed(service)).findings).toEqual(want);
  });
});
