import { Environment } from "@marcbachmann/cel-js";
import { describe, expect, it } from "@jest/globals";
import { CONDITION } from "#src/cluster/calls/registration.ts";
import { isObject, type JsonObject } from "#src/field/json.ts";
import { itemsAt, listing, nameOf, only, render, type Rendering, textAt } from "./support/chart.ts";

const VAP = "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy";
const KNOWN = { kubeVersion: "1.36.0", apiVersions: [VAP] };
const NAMES = ["fairlead-mutating", "fairlead-validating"];

describe("the policies that bound what Fairlead writes", () => {
  it.each<{ name: string; rendering: Rendering; want: boolean }>([
    { name: "where the cluster has them", rendering: KNOWN, want: true },
    {
      name: "not where they are not wanted",
      rendering: { ...KNOWN, values: { "rbac.boundWrites": "never" } },
      want: false,
    },
    {
      name: "where they are asked for",
      rendering: { kubeVersion: "1.20.0", values: { "rbac.boundWrites": "always" } },
      want: true,
    },
    {
      name: "not where nothing is written: cert-manager",
      rendering: { ...KNOWN, values: { "certificates.mode": "cert-manager" } },
      want: false,
    },
    {
      name: "not where nothing is written: provided",
      rendering: {
        ...KNOWN,
        values: {
          "certificates.mode": "provided",
          "certificates.caBundle": "-----BEGIN CERTIFICATE-----",
          "certificates.secretName": "own",
        },
      },
      want: false,
    },
  ])("are rendered $name", async ({ rendering, want }) => {
    const rendered = listing(await render(rendering)).filter((one) => one.startsWith("ValidatingAdmissionPolicy"));
    const both = ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];
    expect(rendered).toEqual(want ? both.flatMap((kind) => NAMES.map((name) => `${kind}/${name}`)) : []);
  });

  it("speak of the chart's own ServiceAccount alone, and of updates of the registration alone", async () => {
    const rendering = { ...KNOWN, namespace: "team-x", values: { serviceAccount: { create: true, name: "own" } } };
    for (const policy of (await render(rendering)).filter(({ kind }) => kind === "ValidatingAdmissionPolicy")) {
      const [condition] = itemsAt(policy, "spec", "matchConditions");
      const asks = (username: string): unknown =>
        evaluate(textAt(condition, "expression"), { request: { userInfo: { username } } });
      expect(asks("system:serviceaccount:team-x:own")).toBe(true);
      expect(asks("system:serviceaccount:team-y:own")).toBe(false);
      expect(asks("admin")).toBe(false);
      expect(itemsAt(policy, "spec", "matchConstraints", "resourceRules")).toEqual([
        {
          apiGroups: ["admissionregistration.k8s.io"],
          apiVersions: ["*"],
          resources: [`${nameOf(policy).replace("fairlead-", "")}webhookconfigurations`],
          operations: ["UPDATE"],
        },
      ]);
      expect(textAt(policy, "spec", "failurePolicy")).toBe("Fail");
    }
  });
});

/** What CEL makes of the expression, over untyped objects as the API server has them. */
function evaluate(expression: string, variables: JsonObject): unknown {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  return environment.evaluate(expression, variables);
}

/** The first thing that the policy has against the change; "" if it lets it pass. */
async function verdict(
  kind: "Mutating" | "Validating",
  change: (object: JsonObject) => unknown,
  values: JsonObject = {},
): Promise<string> {
  const objects = await render({ ...KNOWN, values: { "webhook.failurePolicy.deny": "Fail", ...values } });
  const stored = only(objects, `${kind}WebhookConfiguration`);
  const metadata = isObject(stored.metadata) ? stored.metadata : {};
  const oldObject = { ...stored, metadata: { ...metadata, annotations: { a: "1" }, resourceVersion: "1" } };
  const object = copyOf(oldObject);
  change(object);
  const policy = only(objects, "ValidatingAdmissionPolicy", `fairlead-${kind.toLowerCase()}`);
  const broken = itemsAt(policy, "spec", "validations").find(
    (one) => evaluate(textAt(one, "expression"), { object, oldObject, request: {} }) !== true,
  );
  return textAt(broken, "message");
}

function copyOf(object: JsonObject): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(object));
  return isObject(copy) ? copy : {};
}

/** The entry of a webhook configuration. */
function entry(object: JsonObject, index = 0): JsonObject {
  const found = itemsAt(object, "webhooks")[index];
  if (!isObject(found)) throw new Error(`no webhook ${index}`);
  return found;
}

function inside(object: JsonObject, key: string): JsonObject {
  const found = object[key];
  if (!isObject(found)) throw new Error(`no ${key}`);
  return found;
}

const METADATA = "Fairlead may not change the metadata of a webhook configuration";
const OTHER = "Fairlead may change the caBundle and its own match condition of a webhook and nothing else";
const OWN = { name: CONDITION, expression: "false" };

/** The match conditions of an entry, with Fairlead's own. */
function withOwn(webhook: JsonObject): unknown[] {
  return [...itemsAt(webhook, "matchConditions"), OWN];
}

describe.each(["Mutating", "Validating"] as const)("a %sWebhookConfiguration", (kind) => {
  it.each<{ name: string; change: (object: JsonObject) => void; want: string }>([
    { name: "nothing", change: () => undefined, want: "" },
    { name: "caBundle", change: (object) => (inside(entry(object), "clientConfig").caBundle = "Q0E="), want: "" },
    {
      name: "what the server bumps",
      change: (object) =>
        Object.assign(inside(object, "metadata"), { resourceVersion: "2", generation: 2, managedFields: [{}] }),
      want: "",
    },
    { name: "a label", change: (object) => (inside(inside(object, "metadata"), "labels").x = "y"), want: METADATA },
    { name: "all labels", change: (object) => delete inside(object, "metadata").labels, want: METADATA },
    {
      name: "an annotation",
      change: (object) => (inside(object, "metadata").annotations = { a: "2" }),
      want: METADATA,
    },
    {
      name: "an owner",
      change: (object) => (inside(object, "metadata").ownerReferences = [{ uid: "u" }]),
      want: METADATA,
    },
    { name: "a finalizer", change: (object) => (inside(object, "metadata").finalizers = ["x/y"]), want: METADATA },
    {
      name: "where it leads",
      change: (object) =>
        (inside(entry(object), "clientConfig").service = { name: "evil", namespace: "evil", path: "/x" }),
      want: OTHER,
    },
    {
      name: "its path",
      change: (object) => (inside(inside(entry(object), "clientConfig"), "service").path = "/x"),
      want: OTHER,
    },
    { name: "a URL", change: (object) => (inside(entry(object), "clientConfig").url = "https://evil"), want: OTHER },
    {
      name: "the rules",
      change: (object) => (entry(object).rules = [{ apiGroups: ["*"], resources: ["*"] }]),
      want: OTHER,
    },
    { name: "failurePolicy", change: (object) => (entry(object).failurePolicy = "Other"), want: OTHER },
    { name: "matchPolicy", change: (object) => (entry(object).matchPolicy = "Exact"), want: OTHER },
    { name: "namespaceSelector", change: (object) => (entry(object).namespaceSelector = {}), want: OTHER },
    { name: "no namespaceSelector", change: (object) => delete entry(object).namespaceSelector, want: OTHER },
    {
      name: "objectSelector",
      change: (object) => (entry(object).objectSelector = { matchLabels: { a: "b" } }),
      want: OTHER,
    },
    { name: "sideEffects", change: (object) => (entry(object).sideEffects = "Some"), want: OTHER },
    { name: "timeoutSeconds", change: (object) => (entry(object).timeoutSeconds = 30), want: OTHER },
    {
      name: "admissionReviewVersions",
      change: (object) => (entry(object).admissionReviewVersions = ["v1beta1"]),
      want: OTHER,
    },
    { name: "matchConditions", change: (object) => (entry(object).matchConditions = []), want: OTHER },
    {
      name: "its own match condition",
      change: (object) => (entry(object).matchConditions = withOwn(entry(object))),
      want: "",
    },
    {
      name: "its own match condition in place of the others",
      change: (object) => (entry(object).matchConditions = [OWN]),
      want: OTHER,
    },
    {
      name: "its own match condition, and one more",
      change: (object) =>
        (entry(object).matchConditions = [...withOwn(entry(object)), { name: "x", expression: "true" }]),
      want: OTHER,
    },
    { name: "its name", change: (object) => (entry(object).name = "other.fairlead.dev"), want: OTHER },
    {
      name: "another entry",
      change: (object) => (object.webhooks = [...itemsAt(object, "webhooks"), entry(object)]),
      want: OTHER,
    },
    { name: "no entry", change: (object) => (object.webhooks = []), want: OTHER },
    { name: "no webhooks at all", change: (object) => delete object.webhooks, want: OTHER },
  ])("changes by Fairlead: $name", async ({ change, want }) => {
    expect(await verdict(kind, change)).toBe(want);
  });
});

it("nothing but the caBundle may change where all calls are wanted", async () => {
  const change = (object: JsonObject): unknown => (entry(object).matchConditions = withOwn(entry(object)));
  const values = { "webhook.calls": "all" };
  expect(await verdict("Validating", change, values)).toBe(
    "Fairlead may change the caBundle of a webhook and nothing else",
  );
});

it("a mutating webhook is not called again by another policy", async () => {
  expect(await verdict("Mutating", (object) => (entry(object).reinvocationPolicy = "Never"))).toBe(OTHER);
});
