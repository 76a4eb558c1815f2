import { describe, expect, it } from "@jest/globals";
import { applyStaticDefaults } from "#src/service/apply-static-defaults.ts";
import { decode } from "#src/service/decode/decode.ts";
import { NEWEST_KNOWN } from "#src/service/versions/version.ts";
import { create, manifest } from "../engine/ask.ts";

const PORT = { port: 80, protocol: "TCP", targetPort: 80 };
const USUAL = { sessionAffinity: "None", internalTrafficPolicy: "Cluster" };

describe("static defaults, as mutating admission sees them", () => {
  it.each([
    { name: "a plain Service", spec: {}, want: { ...USUAL, type: "ClusterIP" } },
    {
      name: "NodePort is reachable from outside",
      spec: { type: "NodePort" },
      want: { ...USUAL, type: "NodePort", externalTrafficPolicy: "Cluster" },
    },
    {
      name: "LoadBalancer is, and has node ports",
      spec: { type: "LoadBalancer" },
      want: { ...USUAL, type: "LoadBalancer", externalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: true },
    },
    {
      name: "ClusterIP is with external IPs",
      spec: { externalIPs: ["203.0.113.9"] },
      want: { ...USUAL, type: "ClusterIP", externalIPs: ["203.0.113.9"], externalTrafficPolicy: "Cluster" },
    },
    {
      name: "ExternalName has no traffic policies, with external IPs neither",
      spec: { type: "ExternalName", externalIPs: ["203.0.113.9"] },
      want: { type: "ExternalName", sessionAffinity: "None", externalIPs: ["203.0.113.9"] },
    },
    {
      name: "a type that does not exist has none either",
      spec: { type: "Headless" },
      want: { type: "Headless", sessionAffinity: "None" },
    },
    {
      name: "what is written stays",
      spec: {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Local",
        allocateLoadBalancerNodePorts: false,
      },
      want: {
        type: "LoadBalancer",
        sessionAffinity: "None",
        externalTrafficPolicy: "Local",
        internalTrafficPolicy: "Local",
        allocateLoadBalancerNodePorts: false,
      },
    },
    {
      name: "an affinity lasts three hours",
      spec: { sessionAffinity: "ClientIP" },
      want: {
        ...USUAL,
        type: "ClusterIP",
        sessionAffinity: "ClientIP",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
      },
    },
    {
      name: "wherever the path to its time is cut",
      spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: {} } },
      want: {
        ...USUAL,
        type: "ClusterIP",
        sessionAffinity: "ClientIP",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
      },
    },
    {
      name: "unless said otherwise",
      spec: { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } } },
      want: {
        ...USUAL,
        type: "ClusterIP",
        sessionAffinity: "ClientIP",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } },
      },
    },
    {
      name: "no affinity has no configuration",
      spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } },
      want: { ...USUAL, type: "ClusterIP" },
    },
    {
      name: "an affinity that does not exist keeps its own",
      spec: { sessionAffinity: "Cookie", sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } },
      want: {
        ...USUAL,
        type: "ClusterIP",
        sessionAffinity: "Cookie",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } },
      },
    },
    {
      name: "an affinity that does not exist is given none",
      spec: { sessionAffinity: "Cookie" },
      want: { ...USUAL, type: "ClusterIP", sessionAffinity: "Cookie" },
    },
  ])("$name", ({ spec, want }) => {
    expect(create(manifest(spec)).defaulted?.spec).toEqual({ ports: [PORT], ...want });
  });

  it.each([
    { name: "the target port is the port", port: { port: 80 }, want: PORT },
    { name: "where it is 0", port: { port: 80, targetPort: 0 }, want: PORT },
    { name: "where it is empty", port: { port: 80, targetPort: "" }, want: PORT },
    { name: "a number stays", port: { port: 80, targetPort: 8080 }, want: { ...PORT, targetPort: 8080 } },
    { name: "a name stays", port: { port: 80, targetPort: "http" }, want: { ...PORT, targetPort: "http" } },
    { name: "a protocol stays", port: { port: 80, protocol: "UDP" }, want: { ...PORT, protocol: "UDP" } },
  ])("of a port: $name", ({ port, want }) => {
    expect(create(manifest({ ports: [port] })).defaulted?.spec.ports).toEqual([want]);
  });

  it("a Service without ports is given none", () => {
    expect(create(manifest({ ports: [] })).defaulted?.spec).not.toHaveProperty("ports");
  });

  it.each([
    {
      name: "an address is a virtual one",
      type: "LoadBalancer",
      ingress: { ip: "203.0.113.9" },
      want: { ip: "203.0.113.9", ipMode: "VIP" },
    },
    {
      name: "unless it says otherwise",
      type: "LoadBalancer",
      ingress: { ip: "203.0.113.9", ipMode: "Proxy" },
      want: { ip: "203.0.113.9", ipMode: "Proxy" },
    },
    {
      name: "a host name has no mode",
      type: "LoadBalancer",
      ingress: { hostname: "lb.example.com" },
      want: { hostname: "lb.example.com" },
    },
    {
      name: "another type is given none",
      type: "NodePort",
      ingress: { ip: "203.0.113.9" },
      want: { ip: "203.0.113.9" },
    },
  ])("of the status: $name", ({ type, ingress, want }) => {
    const condition = { type: "Ready", status: "True", lastTransitionTime: null, reason: "Done", message: "" };
    const given = { ...manifest({ type }), status: { loadBalancer: { ingress: [ingress] }, conditions: [condition] } };
    expect(create(given).defaulted?.status).toEqual({ loadBalancer: { ingress: [want] }, conditions: [condition] });
  });

  it("leave the given Service as it is", () => {
    const { service } = decode(manifest({ type: "LoadBalancer", sessionAffinityConfig: { clientIP: {} } }));
    if (service === undefined) throw new Error("cannot be read");
    const before = structuredClone(service);
    applyStaticDefaults(service, NEWEST_KNOWN);
    expect(service).toEqual(before);
  });
});
