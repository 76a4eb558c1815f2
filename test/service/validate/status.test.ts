import { describe, expect, it } from "@jest/globals";
import type { JsonObject } from "#src/field/json.ts";
import type { Service } from "#src/service/schema/types.ts";
import { manifest, type Options, saidOf, stored, writeStatus } from "#test/engine/ask.ts";

const V135: Options = { version: { minor: 35 } };
const IP = "203.0.113.9";
const balancer = (): Service => stored({ type: "LoadBalancer" });

const said = (code: string, field: string, reason: string, found?: unknown, more: JsonObject = {}): JsonObject => ({
  code,
  path: `status.loadBalancer.ingress[0].${field}`,
  reason: `FieldValue${reason}`,
  ...(found === undefined ? {} : { found }),
  ...more,
});
const withIngress = (...ingress: JsonObject[]): JsonObject => ({
  ...manifest({ type: "LoadBalancer" }),
  status: { loadBalancer: { ingress } },
});

describe("where a load balancer is reached", () => {
  const allowed = ["VIP", "Proxy"];
  it.each<{ rule: string; entry: JsonObject; options?: Options; want: JsonObject[] }>([
    { rule: "an address", entry: { ip: IP }, want: [] },
    { rule: "an IPv6 address", entry: { ip: "2001:db8::9" }, want: [] },
    { rule: "of mode VIP", entry: { ip: IP, ipMode: "VIP" }, want: [] },
    { rule: "of mode Proxy", entry: { ip: IP, ipMode: "Proxy" }, want: [] },
    {
      rule: "of no other mode",
      entry: { ip: IP, ipMode: "proxy" },
      want: [said("unsupported-value", "ipMode", "NotSupported", "proxy", { allowed })],
    },
    {
      rule: "of no empty one",
      entry: { ip: IP, ipMode: "" },
      want: [said("unsupported-value", "ipMode", "NotSupported", "", { allowed })],
    },
    {
      rule: "a mode goes with an address",
      entry: { hostname: "lb.example.com", ipMode: "VIP" },
      want: [said("ip-mode-without-ip", "ipMode", "Forbidden", "VIP")],
    },
    { rule: "no text", entry: { ip: "web" }, want: [said("ip-format", "ip", "Invalid", "web")] },
    {
      rule: "no zeros from 1.36",
      entry: { ip: "203.0.113.009" },
      want: [said("ip-leading-zeros", "ip", "Invalid", "203.0.113.009")],
    },
    { rule: "before that they are decimal", entry: { ip: "203.0.113.009" }, options: V135, want: [] },
    { rule: "a host name", entry: { hostname: "lb.example.com" }, want: [] },
    { rule: "both", entry: { ip: IP, hostname: "lb.example.com" }, want: [] },
    {
      rule: "a host name is a DNS name",
      entry: { hostname: "LB_1" },
      want: [said("hostname-format", "hostname", "Invalid", "LB_1")],
    },
    {
      rule: "and no address",
      entry: { hostname: IP },
      want: [said("hostname-is-ip", "hostname", "Invalid", IP)],
    },
    {
      rule: "of either family, which is no DNS name either",
      entry: { hostname: "2001:db8::9" },
      want: [
        said("hostname-format", "hostname", "Invalid", "2001:db8::9"),
        said("hostname-is-ip", "hostname", "Invalid", "2001:db8::9"),
      ],
    },
  ])("$rule", ({ entry, options, want }) => {
    expect(saidOf(writeStatus(withIngress(entry), balancer(), options).causes)).toEqual(want);
  });

  it("is named by its place in the list", () => {
    const { causes } = writeStatus(withIngress({ ip: IP }, { ip: "web" }), balancer());
    expect(causes.map(({ path }) => path.toString())).toEqual(["status.loadBalancer.ingress[1].ip"]);
  });

  it("may stay as an older version let it in", () => {
    const was = [{ hostname: "lb.example.com" }, { ip: "203.0.113.009", ipMode: "VIP" }];
    const old = { ...balancer(), status: { loadBalancer: { ingress: was } } };
    expect(saidOf(writeStatus(withIngress({ ip: "203.0.113.009" }), old).causes)).toEqual([]);
  });

  it("has a mode, which is filled in only where the client says the type", () => {
    const sent = { ...manifest({ type: "NodePort" }), status: { loadBalancer: { ingress: [{ ip: IP }] } } };
    expect(saidOf(writeStatus(sent, balancer()).causes)).toEqual([
      said("ip-mode-required", "ipMode", "Required", undefined, { allowed }),
    ]);
    expect(saidOf(writeStatus(sent, balancer(), { version: { minor: 29 } }).causes)).toEqual([]);
  });

  it("has no mode before 1.30, and needs none", () => {
    const answer = writeStatus(withIngress({ ip: IP }), balancer(), { version: { minor: 29 } });
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.status.loadBalancer.ingress).toEqual([{ ip: IP }]);
  });

  it("may be empty", () => {
    expect(writeStatus(withIngress(), balancer()).stored?.status).toEqual({ loadBalancer: {} });
  });
});

describe("a load balancer's status is for load balancers", () => {
  it.each<{ rule: string; ingress: readonly JsonObject[]; want: JsonObject[] }>([
    { rule: "none is fine", ingress: [], want: [] },
    {
      rule: "nothing else is said of it",
      ingress: [{ hostname: "LB_1" }],
      want: [
        {
          code: "status-only-load-balancer",
          path: "status.loadBalancer.ingress",
          reason: "FieldValueForbidden",
          found: [{ hostname: "LB_1" }],
          type: "NodePort",
        },
      ],
    },
  ])("$rule", ({ ingress, want }) => {
    const old = stored({ type: "NodePort" });
    expect(saidOf(writeStatus(withIngress(...ingress), old).causes)).toEqual(want);
  });
});

describe("a write of the status", () => {
  it("takes the spec from the stored object, whatever the client says", () => {
    const old = balancer();
    const answer = writeStatus(manifest({ type: "x", ports: [{ port: 0 }] }), old);
    expect(saidOf(answer.causes)).toEqual([]);
    expect(answer.stored?.spec).toEqual(old.spec);
    expect(answer.allocated).toEqual([]);
  });

  it("takes the labels, the annotations and the conditions from the client", () => {
    const conditions = [{ type: "Ready", status: "True", lastTransitionTime: null, reason: "Done", message: "" }];
    const metadata = { labels: { a: "b" }, annotations: { c: "d" } };
    const answer = writeStatus({ ...manifest({}, metadata), status: { conditions } }, balancer());
    expect(answer.stored?.metadata).toEqual({ name: "web", namespace: "default", ...metadata });
    expect(answer.stored?.status).toEqual({ loadBalancer: {}, conditions });
  });

  it("warns of nothing", () => {
    const old = stored({ type: "LoadBalancer", externalIPs: ["203.0.113.9"] });
    expect(writeStatus(manifest(), old).warnings).toEqual([]);
  });
});
