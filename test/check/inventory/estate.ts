import { isObject, valueAt } from "#src/field/json.ts";
import { Checkout } from "../checkout.ts";

/** Files by name. */
export type Files = Readonly<Record<string, string>>;

export const POLICY = `apiVersion: fairlead.dev/v1alpha1
kind: ServicePolicy
metadata: { name: consistency }
spec:
  rules:
    - { rule: references-resolve, action: deny }
    - { rule: selects-workload, action: deny }
    - { rule: unique-selector, action: deny }
`;

/** A Service that selects `app: APP`. @param name with its namespace, if it has one: `shop/web` */
export function service(name: string, app = nameOf(name), port = 80): string {
  return object("v1", "Service", name, `spec: { selector: { app: ${app} }, ports: [{ name: http, port: ${port} }] }`);
}

/** A Deployment whose Pods have `app: APP`. */
export function deployment(name: string, app = nameOf(name)): string {
  const template = `metadata: { labels: { app: ${app} } }, spec: { containers: [{ name: c, image: x }] }`;
  return object("apps/v1", "Deployment", name, `spec: { template: { ${template} } }`);
}

/** An Ingress with one backend, in line 6. */
export function ingress(name: string, backend: string, port = 80): string {
  const spec = `spec:\n  defaultBackend:\n    service: { name: ${backend}, port: { number: ${port} } }`;
  return object("networking.k8s.io/v1", "Ingress", name, spec);
}

/** Several manifests in one text. */
export function all(...manifests: readonly string[]): string {
  return manifests.join("---\n");
}

function object(apiVersion: string, kind: string, name: string, spec: string): string {
  const namespace = name.includes("/") ? `, namespace: ${name.slice(0, name.indexOf("/"))}` : "";
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${nameOf(name)}${namespace} }\n${spec}\n`;
}

function nameOf(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

/** What a run finds. */
export interface Found {
  /** `SEVERITY RULE FILE:LINE OBJECT` of each finding. */
  readonly findings: readonly string[];
  readonly messages: readonly string[];
  readonly leftOut: readonly string[];
  readonly code: number | null;
  readonly stderr: string;
}

/** A checkout with these files, whose policy is beside it. */
export function checkoutOf(files: Files): Checkout {
  const checkout = new Checkout();
  checkout.write("../policy.yaml", POLICY);
  for (const [name, text] of Object.entries(files)) checkout.write(name, text);
  return checkout;
}

/** Checks a checkout with the policy. */
export async function find(checkout: Checkout, ...args: readonly string[]): Promise<Found> {
  const { stdout, ...rest } = await checkout.check("--policy", "../policy.yaml", "--format", "json", ...args);
  return { ...foundIn(stdout), ...rest };
}

/** What a JSON report says. */
export function foundIn(stdout: string): Pick<Found, "findings" | "messages" | "leftOut"> {
  const report: unknown = stdout === "" ? {} : JSON.parse(stdout);
  const findings = listAt(report, ["findings"]);
  return {
    findings: findings.map(summary),
    messages: findings.map((finding) => textAt(finding, ["message"])),
    leftOut: listAt(report, ["summary", "leftOut"]).map(String),
  };
}

function summary(finding: unknown): string {
  const rule = textAt(finding, ["rule"]).replace("policy/", "");
  const object = valueAt(finding, ["object"]) ?? valueAt(finding, ["service"]);
  const kind = isObject(object) && typeof object["kind"] === "string" ? `${object["kind"]} ` : "";
  const place = `${textAt(finding, ["file"])}:${textAt(finding, ["region", "startLine"])}`;
  const name = `${kind}${textAt(object, ["namespace"])}/${textAt(object, ["name"])}`;
  return `${textAt(finding, ["severity"])} ${rule} ${place} ${name}`;
}

function textAt(value: unknown, keys: readonly string[]): string {
  const text = valueAt(value, keys);
  return typeof text === "string" || typeof text === "number" ? String(text) : "";
}

function listAt(value: unknown, keys: readonly string[]): readonly unknown[] {
  const list = valueAt(value, keys);
  return Array.isArray(list) ? list : [];
}
