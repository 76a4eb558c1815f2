import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { analyse } from "#src/editor/analysis/index.ts";
import { hintsOf, lensesOf, storedText } from "#src/editor/stored/index.ts";
import { contextOf } from "../contexts.ts";

const CONTEXT = { ...(await contextOf()), isNamed: true };
const HEAD = "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n";

test.each([
  ["ports: [{ port: 80 }]", "stored as ClusterIP · 1 address allocated"],
  ["clusterIP: None", "stored as headless"],
  ["type: ExternalName, externalName: a.example.com", "stored as ExternalName"],
  [
    "type: NodePort, ports: [{ name: a, port: 80 }, { name: b, port: 81 }]",
    "stored as NodePort · 1 address and 2 node ports allocated",
  ],
  [
    "type: LoadBalancer, externalTrafficPolicy: Local, ports: [{ port: 80, nodePort: 30080 }]",
    "stored as LoadBalancer · 1 address and 1 health check port allocated",
  ],
  ["type: Nope, ports: [{ port: 70000 }]", "refused: 3 errors"],
])("the lens of %s", (spec, title) => {
  const text = `${HEAD}spec: { ${spec} }\n`;
  expect(lensesOf(analyse(text, "a.yaml", CONTEXT))).toMatchObject([{ title, service: 0, start: 0 }]);
});

test("a lens for each Service of a text, also of a List", () => {
  const item = "{ apiVersion: v1, kind: Service, metadata: { name: b }, spec: { ports: [{ port: 1 }] } }";
  const text = `${HEAD}---\nkind: ConfigMap\n---\napiVersion: v1\nkind: List\nitems: [${item}, ${item}]\n`;
  const lenses = lensesOf(analyse(text, "a.yaml", CONTEXT));
  expect(lenses.map(({ start, end, service }) => [text.slice(start, end).slice(0, 10), service])).toEqual([
    [HEAD.slice(0, 10), 0],
    [item.slice(0, 10), 1],
    [item.slice(0, 10), 2],
  ]);
});

test("a Service as it is stored, with placeholders", () => {
  const analysis = analyse(
    `${HEAD}spec: { type: NodePort, ports: [{ port: 80 }] }\n---\n${HEAD}spec: {}\n`,
    "a",
    CONTEXT,
  );
  expect(storedText(analysis, 0)).toContain("nodePort: <allocated port>\n");
  expect(storedText(analysis, 0)).toMatch(/^apiVersion: v1\nkind: Service\n/);
  expect([storedText(analysis, 1), storedText(analysis, 2)]).toEqual([undefined, undefined]);
});

/** The text with its hints. */
function withHints(text: string): string {
  const hints = hintsOf(analyse(text, "a.yaml", CONTEXT), { start: 0, end: text.length });
  return hints.reduceRight(
    (shown, hint) => `${shown.slice(0, hint.offset)}  ‹${hint.text}›${shown.slice(hint.offset)}`,
    text,
  );
}

test("hints for defaults and for what is allocated", () => {
  const text = `${HEAD}spec:\n  type: NodePort # of all nodes\n  ports:\n    - port: 80\n      name: web\n    - { port: 81, name: b, targetPort: x }\n`;
  expect(withHints(text)).toMatchInlineSnapshot(`
   "apiVersion: v1
   kind: Service
   metadata: { name: a }
   spec:
     type: NodePort # of all nodes  ‹clusterIP: allocated, sessionAffinity: None, externalTrafficPolicy: Cluster, ipFamilies: allocated, ipFamilyPolicy: SingleStack, internalTrafficPolicy: Cluster›
     ports:
       - port: 80  ‹targetPort: 80, protocol: TCP, nodePort: allocated›
         name: web
       - { port: 81, name: b, targetPort: x }  ‹protocol: TCP, nodePort: allocated›
   "
  `);
  expect(withHints(`${HEAD}spec:\n  ports: [{ port: 0 }]\n`)).not.toContain("‹");
});

test("the tooltip of a hint says why, in Markdown, with links to sections that are there", () => {
  const text = `${HEAD}spec:\n  type: LoadBalancer\n  externalTrafficPolicy: Local\n  ports:\n    - port: 80\n`;
  const tooltips = hintsOf(analyse(text, "a.yaml", CONTEXT), { start: 0, end: text.length }).map(
    ({ tooltip }) => tooltip,
  );
  expect(tooltips.at(-1)).toMatch(
    /^- \[`targetPort`\]\(https:\/\/\S+#specportstargetport\): stored, although .*\n- .*\n- \[`nodePort`\].*: the cluster allocates/,
  );
  const anchors = new Set(
    readFileSync("docs/service.md", "utf8")
      .matchAll(/^#+ `(.*)`$/gm)
      .map(([, field = ""]) => field.toLowerCase().replaceAll(/[^a-z0-9]/g, "")),
  );
  const linked = tooltips.flatMap((tooltip) => [...tooltip.matchAll(/#(\w+)\)/g)].map(([, anchor = ""]) => anchor));
  expect(linked.length).toBeGreaterThan(8);
  expect(linked.filter((anchor) => !anchors.has(anchor))).toEqual([]);
});
