/**
 * Stands for the API server of a large cluster: lists in pages, and watches in which nothing happens. What is written, it agrees
 * to and forgets. Prints its port. Arguments: how many Services, workloads and Ingresses.
 */
import { createServer } from "node:http";
import type { JsonObject } from "#src/field/json.ts";
import { deployments, ingresses, services, type Size } from "./objects.ts";

const [serviceCount = 0, workloads = 0, ingressCount = 0] = process.argv.slice(2).map(Number);
const size: Size = { services: serviceCount, workloads, ingresses: ingressCount };

const GROUPS = [
  { version: "apps/v1", resources: ["deployments", "statefulsets", "daemonsets", "replicasets"] },
  { version: "batch/v1", resources: ["jobs", "cronjobs"] },
  { version: "networking.k8s.io/v1", resources: ["ingresses"] },
  { version: "discovery.k8s.io/v1", resources: ["endpointslices"] },
  { version: "autoscaling/v2", resources: ["horizontalpodautoscalers"] },
  { version: "openreports.io/v1alpha1", resources: ["reports"] },
];

/** The objects by the last part of the path, as JSON: what is measured is not how fast this server writes. */
const objects = new Map(
  Object.entries({ services, deployments, ingresses }).map(([resource, make]) => [
    resource,
    Array.from(make(size), (object) => JSON.stringify(object)),
  ]),
);

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  response.setHeader("Content-Type", "application/json");
  if (request.method !== "GET") {
    request.pipe(response);
    return;
  }
  if (searchParams.has("watch")) {
    response.flushHeaders();
    return;
  }
  response.end(answerTo(pathname, searchParams));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) process.stdout.write(`${address.port}\n`);
});

function answerTo(path: string, query: URLSearchParams): string {
  if (path === "/apis") return JSON.stringify({ groups: GROUPS.map(({ version }) => groupOf(version)) });
  const group = GROUPS.find(({ version }) => path === `/apis/${version}`);
  if (group !== undefined) return JSON.stringify({ resources: group.resources.map((name) => ({ name })) });
  const all = objects.get(path.slice(path.lastIndexOf("/") + 1)) ?? [];
  const start = Number(query.get("continue") ?? 0);
  const end = start + Number(query.get("limit") ?? all.length);
  const metadata = { resourceVersion: "1000000", ...(end < all.length && { continue: String(end) }) };
  return `{"kind":"List","metadata":${JSON.stringify(metadata)},"items":[${all.slice(start, end).join()}]}`;
}

function groupOf(groupVersion: string): JsonObject {
  const [name, version] = groupVersion.split("/");
  return { name, versions: [{ groupVersion, version }] };
}
