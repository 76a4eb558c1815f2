import { describe, expect, it } from "@jest/globals";
import { type Case, found, HTTP, METRICS, workload } from "./support.ts";

const LABELS = { app: "shop" };
const WEB = workload("Deployment", "web", LABELS, { ports: [HTTP, METRICS] });
const ports = (port: object) => ({ ports: [{ port: 80, ...port }] });

describe("a target port by name", () => {
  it.each<Case>([
    { name: "is one of the container's", spec: ports({ targetPort: "http" }), others: [WEB] },
    {
      name: "is another",
      spec: ports({ targetPort: "htpp" }),
      others: [WEB],
      want: [
        'spec.ports[0].targetPort: no container of Deployment team-a/web has a TCP port named htpp: they declare 8080/TCP (http), 9090/TCP (metrics); did you mean "http"?',
      ],
    },
    {
      name: "of a container without ports",
      spec: ports({ targetPort: "http" }),
      others: [workload("Deployment", "web", LABELS)],
      want: [
        "spec.ports[0].targetPort: no container of Deployment team-a/web has a TCP port named http: they declare none",
      ],
    },
    {
      name: "for another protocol",
      spec: ports({ targetPort: "http", protocol: "UDP" }),
      others: [WEB],
      want: [
        "spec.ports[0].targetPort: Deployment team-a/web have the port http for TCP, and port 80 of the Service is for UDP",
      ],
    },
    {
      name: "of a sidecar that starts as an init container",
      spec: ports({ targetPort: "http" }),
      others: [
        {
          ...WEB,
          spec: {
            template: {
              metadata: { labels: LABELS },
              spec: {
                containers: [{ name: "web" }],
                initContainers: [{ name: "proxy", restartPolicy: "Always", ports: [HTTP] }],
              },
            },
          },
        },
      ],
    },
    { name: "of a sidecar that Istio adds", spec: ports({ targetPort: "http-envoy-prom" }), others: [WEB] },
    { name: "of nothing that is known: that is another rule's matter", spec: ports({ targetPort: "web" }) },
    {
      name: "that some of the workloads lack",
      spec: ports({ targetPort: "http" }),
      others: [WEB, workload("StatefulSet", "db", LABELS, { ports: [METRICS] })],
      want: [
        "spec.ports[0].targetPort: no container of StatefulSet team-a/db has a TCP port named http, while others that are selected do",
      ],
    },
    {
      name: "that Jobs and tests lack",
      spec: ports({ targetPort: "http" }),
      others: [
        WEB,
        workload("Job", "migrate", LABELS, { apiVersion: "batch/v1" }),
        workload("Pod", "test", LABELS, { apiVersion: "v1" }),
      ],
    },
    {
      name: "of a workload whose template is not known",
      spec: ports({ targetPort: "http" }),
      others: [{ ...WEB, spec: { template: { metadata: { labels: LABELS } } } }],
    },
    {
      name: "of a headless Service",
      spec: { clusterIP: "None", ...ports({ targetPort: "db" }) },
      others: [WEB],
      want: [
        "spec.ports[0].targetPort: no container of Deployment team-a/web has a TCP port named db: they declare 8080/TCP (http), 9090/TCP (metrics)",
      ],
    },
  ])("$name", ({ want = [], ...test }) => {
    expect(found("target-port-named", test)).toEqual(want);
  });
});

describe("a target port by number", () => {
  it.each<Case>([
    { name: "is one of the container's", spec: ports({ targetPort: 8080 }), others: [WEB] },
    {
      name: "is another",
      spec: ports({ targetPort: 8008 }),
      others: [WEB],
      want: [
        "spec.ports[0].targetPort: no container of Deployment team-a/web declares the port 8008 (TCP): they declare 8080/TCP (http), 9090/TCP (metrics)",
      ],
    },
    {
      name: "for another protocol",
      spec: ports({ targetPort: 8080, protocol: "UDP" }),
      others: [WEB],
      want: [
        "spec.ports[0].targetPort: no container of Deployment team-a/web declares the port 8080 (UDP): they declare 8080/TCP (http), 9090/TCP (metrics)",
      ],
    },
    { name: "of a container that declares none", spec: ports({}), others: [workload("Deployment", "web", LABELS)] },
    {
      name: "of a container that declares none, beside one that does",
      spec: ports({}),
      others: [workload("Deployment", "web", LABELS, { sidecar: { name: "exporter", ports: [METRICS] } })],
    },
    {
      name: "of a headless Service, which translates nothing",
      spec: { clusterIP: "None", ...ports({}) },
      others: [WEB],
    },
  ])("$name", ({ want = [], ...test }) => {
    expect(found("target-port-declared", test)).toEqual(want);
  });
});
