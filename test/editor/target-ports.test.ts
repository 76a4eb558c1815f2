import { expect, test } from "@jest/globals";
import { analyse } from "#src/editor/analysis/index.ts";
import { completionsAt, takesTargetPort } from "#src/editor/completion/index.ts";
import type { WorkloadEntry } from "#src/inventory/model/index.ts";
import { contextOf } from "./contexts.ts";

const CONTEXT = await contextOf();
const CERTAIN = await contextOf({ isNamespaceCertain: true, namespace: "shop" });

const HTTP = { name: "http", port: 8080, protocol: "TCP" };
const labels = { app: "web", tier: "front" };
const WORKLOADS: readonly WorkloadEntry[] = [
  { kind: "Deployment", name: "web", namespace: "shop", labels, ports: [HTTP, { port: 9090, protocol: "TCP" }] },
  { kind: "StatefulSet", name: "db", namespace: "shop", labels, ports: [{ name: "on", port: 53, protocol: "TCP" }] },
  { kind: "Pod", name: "dns", namespace: "shop", labels, ports: [{ name: "dns", port: 53, protocol: "UDP" }] },
  { kind: "DaemonSet", name: "web", namespace: "other", labels, ports: [{ ...HTTP, port: 80 }] },
  { kind: "Job", name: "a", namespace: "x", isNamespaceOpen: true, labels, ports: [{ ...HTTP, port: 1 }] },
  { kind: "Deployment", name: "none", namespace: "shop", labels: { app: "none" }, ports: [HTTP] },
  { kind: "Deployment", name: "silent", namespace: "shop", labels },
];

const HEAD = "apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\n";
const IN_SHOP = { http: "Deployment web: 8080, Job a: 1", on: "StatefulSet db: 53" };
const ANYWHERE = { ...IN_SHOP, http: "Deployment web: 8080, DaemonSet web: 80, Job a: 1" };

/** The text with | at the cursor, and the details of what is offered by label; undefined where no target port belongs. */
const SITUATIONS: Readonly<Record<string, readonly [string, object | undefined, typeof CONTEXT?]>> = {
  "a value": [`${HEAD}spec:\n  selector: { app: web }\n  ports:\n    - port: 80\n      targetPort: |\n`, IN_SHOP],
  "half a value": [`${HEAD}spec:\n  selector:\n    app: web\n  ports:\n    - targetPort: ht|\n`, IN_SHOP],
  "a value in braces": [`${HEAD}spec: { selector: { app: web }, ports: [{ targetPort: | }] }\n`, IN_SHOP],
  "a value in quotes": [`${HEAD}spec:\n  selector: { app: web }\n  ports: [{ targetPort: "|" }]\n`, IN_SHOP],
  "the protocol of the port": [
    `${HEAD}spec:\n  selector: { app: web }\n  ports: [{ protocol: UDP, targetPort: | }]\n`,
    { dns: "Pod dns: 53" },
  ],
  "an open namespace": [
    `${HEAD.replace(", namespace: shop", "")}spec:\n  selector: { tier: front }\n  ports: [{ targetPort: | }]\n`,
    ANYWHERE,
  ],
  "a certain namespace": [
    `${HEAD.replace(", namespace: shop", "")}spec:\n  selector: { tier: front }\n  ports: [{ targetPort: | }]\n`,
    IN_SHOP,
    CERTAIN,
  ],
  "no selector": [`${HEAD}spec:\n  ports: [{ targetPort: | }]\n`, {}],
  "a selector of others": [`${HEAD}spec:\n  selector: { app: web, tier: back }\n  ports: [{ targetPort: | }]\n`, {}],
  "an item of a List": [
    `apiVersion: v1\nkind: List\nitems:\n- ${HEAD.replaceAll(/\n(?=.)/g, "\n  ")}  spec:\n    selector: { app: web }\n    ports:\n    - targetPort: |\n`,
    IN_SHOP,
  ],
  "a text that does not parse": [
    `${HEAD}spec:\n  selector: { app: web }\n  type: [\n  ports:\n    - targetPort: |\n`,
    IN_SHOP,
  ],
  "another field": [`${HEAD}spec:\n  selector: { app: web }\n  ports:\n    - port: |\n`, undefined],
  "another kind": [`${HEAD.replace("Service", "Other")}spec:\n  ports:\n    - targetPort: |\n`, undefined],
};

test.each(Object.entries(SITUATIONS))("target ports are those of the selected containers: %s", (_name, situation) => {
  const [marked, expected, context = CONTEXT] = situation;
  const offset = marked.indexOf("|");
  const analysis = analyse(marked.replace("|", ""), "a.yaml", context);
  expect(takesTargetPort(analysis, offset)).toBe(expected !== undefined);
  const offered = completionsAt({ ...analysis, workloads: WORKLOADS }, offset);
  if (expected === undefined) return;
  expect(Object.fromEntries(offered.map(({ label, detail }) => [label, detail]))).toEqual(expected);
  expect(completionsAt(analysis, offset)).toEqual([]);
});

test("a name that YAML reads as something else is quoted, and of many workloads a few are named", () => {
  const text = `${HEAD}spec:\n  selector: { app: web }\n  ports:\n    - targetPort: `;
  const many = [1, 2, 3, 4, 5].map((port) => ({
    ...{ kind: "Pod", name: `p${port}`, namespace: "shop", labels },
    ports: [{ name: "on", port, protocol: "TCP" }],
  }));
  const [only] = completionsAt({ ...analyse(text, "a.yaml", CONTEXT), workloads: many }, text.length);
  expect(only).toMatchObject({ text: '"on"', detail: "Pod p1: 1, Pod p2: 2, Pod p3: 3 and 2 more" });
});
