import { expect, test } from "@jest/globals";
import { analyse } from "#src/editor/analysis/index.ts";
import { hoverAt } from "#src/editor/hover/index.ts";
import { VALUE_MEANINGS } from "#src/editor/words/value-meanings.ts";
import { FIELD_HELP } from "#src/service/schema/index.ts";
import { contextOf } from "./contexts.ts";

const CONTEXT = await contextOf();
const WEB = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
const POLICY = "apiVersion: fairlead.dev/v1alpha1\nkind: ServicePolicy\n";

/** Text with | at the cursor; what the hover is about, and what it says; undefined if there is none. */
const HOVERS: readonly (readonly [text: string, about: string | undefined, says?: readonly string[], file?: string])[] =
  [
    [
      `${WEB}spec:\n  ty|pe: NodePort\n  ports: [{ port: 80 }]\n`,
      "type",
      ["`spec.type`", "default: ClusterIP", "since: Kubernetes"],
    ],
    [`${WEB}spec:\n  type: Node|Port\n`, "NodePort", ["a port on every node"]],
    [
      `${WEB}sp|ec:\n  type: NodePort\n  ports: [{ port: 80 }]\n`,
      "spec",
      ["fills in here", 'sessionAffinity: "None"', "clusterIP: # allocated"],
    ],
    [
      `${WEB}spec:\n  ports:\n    - port: 80\n      nodePort: |0\n  type: NodePort\n`,
      "0",
      ["The server allocates the value here."],
    ],
    [
      `${WEB}spec:\n  ports: [{ port: 80 }]\n  sessionAffinity|Config: { clientIP: { timeoutSeconds: 5 } }\n`,
      "sessionAffinityConfig",
      ["Cleared here", "when the affinity is None"],
    ],
    [`${WEB}spec:\n  ports: [{ port: 80 }]\n  sessionAffinity: "|"\n`, '""', ["Stored here as `None`"]],
    [
      `${WEB}spec:\n  ports:\n    - po|rt: 80\n      na\n`,
      "port",
      ["The number that clients use", "/findings/port-range)"],
    ],
    [
      `${WEB}  annotations:\n    metallb.io/address-|pool: a\n`,
      "metallb.io/address-pool",
      ["read by MetalLB", "any text"],
    ],
    [
      `${WEB}  annotations:\n    exempt.fairlead.dev/|named-ports: a\n`,
      "exempt.fairlead.dev/named-ports",
      ["Exempts the Service", "/rules/named-ports)"],
    ],
    [`${WEB}  annotations:\n    example.com/|a: a\n`, undefined],
    [`${WEB}  labels:\n    app.kubernetes.io/|name: a\n`, "app.kubernetes.io/name", ["The name of the application"]],
    ['{"kind": "Service", "spec": {"clusterIP": "No|ne"}}', '"None"', ["Headless"]],
    [
      `kind: List\nitems:\n- kind: Service\n  apiVersion: v1\n  spec:\n    selec|tor: {}\n`,
      "selector",
      ["The labels of the Pods"],
    ],
    [
      `${POLICY}spec:\n  rules:\n    - rule: named-|ports\n`,
      "named-ports",
      ["Every port has a name.", "`pattern`", "/rules/named-ports)"],
    ],
    [`${POLICY}spec:\n  rules:\n    - rule: named-ports\n      parameters:\n        pat|tern: a\n`, "pattern", ["RE2"]],
    [`${POLICY}spec:\n  mat|ch: {}\n`, "match", ["The Services that the policy applies to"]],
    ["fail|On: error\n", "failOn", ["--fail-on SEVERITY", "`warning`"], ".fairlead.yaml"],
    // What every object of JavaScript inherits.
    ...["constructor", "toString", "__proto__"].flatMap((name): (typeof HOVERS)[number][] => [
      [`${WEB}${name}|: a\n`, undefined],
      [`${WEB}spec:\n  type: ${name}|\n`, name, ["`spec.type`"]],
      [`${WEB}  annotations:\n    metallb.io/${name}|: a\n`, undefined],
      [`${WEB}  labels:\n    ${name}|: a\n`, undefined],
      [`${POLICY}spec:\n  ${name}|: {}\n`, undefined],
      [`${name}|: error\n`, undefined, [], ".fairlead.yaml"],
    ]),
    ["apiVersion: apps/v1\nkind: Deployment\nspec:\n  repl|icas: 1\n", undefined],
    ["apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  ty|pe: 1\n", undefined],
    [`${WEB}spec:\n  type: NodePort # com|ment\n`, undefined],
    [`--|-\n${WEB}`, undefined],
  ];

test.each(HOVERS)("%j", (marked, about, says = [], file = "a.yaml") => {
  const offset = marked.lastIndexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const hover = hoverAt(analyse(text, file, CONTEXT), offset);
  expect(hover && text.slice(hover.start, hover.end)).toBe(about);
  for (const part of says) expect(hover?.markdown).toContain(part);
});

test("each enumerated value has a meaning, and nothing else has", () => {
  const enumerated = Object.entries(FIELD_HELP).flatMap(([field, { values = [] }]) =>
    values.map((value) => `${field} ${value}`),
  );
  const meant = Object.entries(VALUE_MEANINGS).flatMap(([field, values]) =>
    Object.keys(values).map((value) => `${field} ${value}`),
  );
  const more = ["spec.ports[].appProtocol", "spec.clusterIP", "status.loadBalancer.ingress[].ports[].protocol"];
  const isMore = (one: string): boolean => more.some((field) => one.startsWith(`${field} `));
  expect(meant.filter((one) => !isMore(one)).sort()).toEqual(enumerated.filter((one) => !isMore(one)).sort());
});
