import { describe, expect, it } from "@jest/globals";
import { patchBetween, type PatchOperation } from "#src/admission/review/patch.ts";
import type { JsonObject } from "#src/field/json.ts";
import { decode } from "#src/service/decode/decode.ts";
import type { Service } from "#src/service/schema/types.ts";
import { manifest } from "../policy/support.ts";

function decoded(object: JsonObject): Service {
  const { service } = decode(object);
  if (service === undefined) throw new Error("no Service");
  return service;
}

describe("the patch for an object that policies have mutated", () => {
  const port = { port: 80, protocol: "TCP", targetPort: 80 };
  const before = manifest({ spec: { ports: [port], loadBalancerClass: "a/b" } });

  it.each<{ does: string; sent?: JsonObject; after: JsonObject; want: readonly PatchOperation[] }>([
    {
      does: "replaces a value that was sent",
      after: manifest({ spec: { ports: [port], loadBalancerClass: "c/d" } }),
      want: [{ op: "replace", path: "/spec/loadBalancerClass", value: "c/d" }],
    },
    {
      does: "removes one",
      after: manifest({ spec: { ports: [port] } }),
      want: [{ op: "remove", path: "/spec/loadBalancerClass" }],
    },
    {
      does: "removes an entry of a map",
      after: manifest({ spec: { ports: [port], loadBalancerClass: "a/b", selector: {} } }),
      want: [{ op: "remove", path: "/spec/selector" }],
    },
    {
      does: "adds an item to a list",
      after: manifest({ spec: { ports: [port, { ...port, port: 81 }], loadBalancerClass: "a/b" } }),
      want: [{ op: "add", path: "/spec/ports/1", value: { ...port, port: 81 } }],
    },
    {
      does: "makes what is around an entry",
      after: manifest({ metadata: { labels: { "a/b": "c" } }, spec: before.spec }),
      want: [{ op: "add", path: "/metadata/labels", value: { "a/b": "c" } }],
    },
    {
      does: "keeps the fields of a newer API server in an item that changes",
      sent: manifest({ spec: { ports: [{ ...port, colour: "red" }], loadBalancerClass: "a/b" } }),
      after: manifest({ spec: { ports: [{ ...port, name: "http" }], loadBalancerClass: "a/b" } }),
      want: [{ op: "add", path: "/spec/ports/0/name", value: "http" }],
    },
    {
      does: "fills in what was left open, too",
      sent: manifest({ spec: { ports: [{ port: 80 }], loadBalancerClass: null } }),
      after: manifest({ spec: { ports: [port], loadBalancerClass: "c/d" } }),
      want: [
        { op: "replace", path: "/spec/loadBalancerClass", value: "c/d" },
        { op: "add", path: "/spec/ports/0/protocol", value: "TCP" },
        { op: "add", path: "/spec/ports/0/targetPort", value: 80 },
      ],
    },
  ])("$does", ({ sent = before, after, want }) => {
    expect(patchBetween(sent, decoded(after), { before: decoded(before), withStatus: false })).toEqual(want);
  });

  it("leaves the status to a write of the status", () => {
    const after = { ...before, status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } };
    const options = { before: decoded(before) };
    expect(patchBetween(before, decoded(after), { ...options, withStatus: false })).toEqual([]);
    expect(patchBetween(before, decoded(after), { ...options, withStatus: true })).toHaveLength(1);
  });
});
