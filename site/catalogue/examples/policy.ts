import { stringify } from "yaml";
import { isObject } from "../../../src/field/json.ts";
import type { BadExample, Example, Rule } from "../../../src/policy/rules/kit/rule.ts";
import { RULES } from "../../../src/policy/rules/registry.ts";
import type { CatalogueExample, ExampleSettings, OnlyInRequests } from "./example.ts";

/** The namespace in which the examples of the rules are. */
const NAMESPACE = "team-a";

/** Why a manifest cannot stand for a request. */
const NO_MANIFEST: Readonly<Record<string, string>> = {
  delete: "A manifest that is applied deletes nothing: the rule is about requests to delete a Service.",
  status: "A status is written by controllers, in requests of its own. `fairlead check` does not look at it.",
};

function exampleOf(rule: Rule): CatalogueExample {
  const { bad, good } = pairOf(rule);
  const [request, settings, goodSettings] = [requestOf(bad), settingsOf(bad), settingsOf(good)];
  const before = bad.old === undefined ? undefined : manifestOf(bad.old, bad);
  const goodBefore = good.old === undefined ? undefined : manifestOf(good.old, good);
  const isDeletion = request?.operation === "delete";
  return {
    bad: isDeletion ? (before ?? manifestOf(bad, bad)) : manifestOf(bad, bad),
    good: isDeletion ? (goodBefore ?? manifestOf(good, good)) : manifestOf(good, good),
    policy: policyOf(rule, bad),
    note: `Bad: ${bad.name}. Good: ${good.name}.`,
    settings,
    goodSettings,
    ...(bad.spec?.["externalIPs"] !== undefined && { also: ["external-ips-deprecated"] }),
    ...(before !== undefined && !isDeletion && { before }),
    ...(goodBefore !== undefined && goodBefore !== before && !isDeletion && { goodBefore }),
    ...(request !== undefined && { onlyInRequests: request }),
  };
}

/**
 * Two examples with the same parameters that a manifest can show, if there are such; of those, two in which as little as
 * possible is different.
 */
function pairOf({ id, examples }: Rule): { readonly bad: BadExample; readonly good: Example } {
  const pairs = examples.bad
    .flatMap((bad) => examples.good.map((good) => ({ bad, good, rank: rankOf(bad, good) })))
    .sort((one, other) => one.rank - other.rank);
  const [best] = pairs;
  if (best === undefined) throw new Error(`${id} has no examples`);
  return best;
}

/** How far two examples are from being a good pair: what is compared first weighs most. */
function rankOf(bad: BadExample, good: Example): number {
  const doubts = [
    !isSame(bad.parameters, good.parameters),
    isSpecial(bad),
    good.user !== undefined || (bad.operation ?? "create") !== (good.operation ?? "create"),
    // What is found elsewhere is not found at the Service.
    bad.finds.length === 0,
    !isSame(bad.old, good.old),
    !isSame(bad.namespace, good.namespace),
    !isSame(bad.cluster, good.cluster),
    !isSame(bad.others, good.others),
  ];
  return doubts.reduce((rank, doubt) => 2 * rank + (doubt ? 1 : 0), 0);
}

/** Whether no manifest shows it: it depends on who asks, or on a request that is none of a manifest. */
function isSpecial({ user, operation = "create" }: Example): boolean {
  return user !== undefined || operation === "delete" || operation === "status";
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function requestOf({ operation = "create" }: Example): OnlyInRequests | undefined {
  const because = NO_MANIFEST[operation];
  if (because === undefined || (operation !== "delete" && operation !== "status")) return undefined;
  return { because, operation, namespace: NAMESPACE };
}

function settingsOf({ cluster = "ipv4", others }: Example): ExampleSettings {
  return { profile: cluster, ...(others !== undefined && { others: others.map(text).join("---\n") }) };
}

function policyOf({ id }: Rule, { parameters }: Example): string {
  return text({
    apiVersion: "fairlead.dev/v1alpha1",
    kind: "ServicePolicy",
    metadata: { name: id },
    spec: { rules: [{ rule: id, ...(parameters !== undefined && { parameters }) }] },
  });
}

/** The manifest of an example: a Service with a selector and a port, unless the example says otherwise. */
function manifestOf(
  { metadata = {}, spec = {}, status }: Pick<Example, "metadata" | "spec" | "status">,
  { namespace = NAMESPACE }: Example,
): string {
  return text({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "shop", namespace, ...metadata },
    spec: { selector: { app: "shop" }, ports: [{ port: 80 }], ...spec },
    ...(status !== undefined && { status }),
  });
}

function text(object: object): string {
  return stringify(withoutNulls(object), { lineWidth: 0 });
}

/** The value without fields that are null: these only take a field away from the Service of the examples. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}

/** An example of each policy rule, as `policy/ID`: two of the rule's own examples that are as close as possible. */
export const POLICY_EXAMPLES: Readonly<Record<string, CatalogueExample>> = Object.fromEntries(
  RULES.map((rule) => [`policy/${rule.id}`, exampleOf(rule)]),
);
