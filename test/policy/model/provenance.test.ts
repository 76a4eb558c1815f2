import { describe, expect, it } from "@jest/globals";
import {
  applied,
  type DefaultsCase,
  fromServer,
  judgeManifest,
  lastApplied,
  managedFields,
  manifest,
  policies,
  SERVER,
} from "../support.ts";

const LOCAL = { internalTrafficPolicy: "Local" };
const FILLED = ['a spec.internalTrafficPolicy "Local"'];

describe("who wrote a value that equals the server's static default", () => {
  it.each<DefaultsCase>([
    { name: "manifest, absent: open", object: manifest(), want: FILLED },
    { name: "manifest, null: open", object: manifest({ spec: { internalTrafficPolicy: null } }), want: FILLED },
    { name: "manifest, present: written", object: fromServer(), want: [] },
    { name: "review posted by hand, absent: open", object: manifest(), request: SERVER, want: FILLED },
    { name: "no evidence: undetermined, kept", object: fromServer(), request: SERVER, want: [] },
    { name: "no evidence, fill: filled", undetermined: "fill", object: fromServer(), request: SERVER, want: FILLED },
    {
      name: "server-side apply that does not name it: open",
      object: fromServer(managedFields("Apply", { "f:selector": {} })),
      request: SERVER,
      want: FILLED,
    },
    {
      name: "server-side apply that names it: written",
      object: fromServer(managedFields("Apply", { "f:internalTrafficPolicy": {} })),
      request: SERVER,
      want: [],
    },
    {
      name: "an update that lists it: undetermined, as the server lists its own defaults",
      object: fromServer(managedFields("Update", { "f:internalTrafficPolicy": {} })),
      request: SERVER,
      want: [],
    },
    {
      name: "the same, fill",
      undetermined: "fill",
      object: fromServer(managedFields("Update", { "f:internalTrafficPolicy": {} })),
      request: SERVER,
      want: FILLED,
    },
    {
      name: "last applied without it: open",
      object: fromServer(lastApplied({ ports: [{ port: 80 }] })),
      request: SERVER,
      want: FILLED,
    },
    {
      name: "last applied with it: written",
      object: fromServer(lastApplied({ internalTrafficPolicy: "Cluster" })),
      request: SERVER,
      want: [],
    },
    {
      name: "last applied that cannot be read: as if absent",
      object: fromServer({ annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{" } }),
      request: SERVER,
      want: [],
    },
    {
      name: "another value than the static default: written",
      defaults: { sessionAffinity: "ClientIP", timeoutSeconds: 600 },
      object: fromServer(
        {},
        { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } },
      ),
      request: SERVER,
      want: [],
    },
    {
      name: "a port's protocol, by the last-applied annotation",
      defaults: { ports: [{ port: 53, protocol: "UDP" }] },
      object: fromServer(lastApplied({ ports: [{ port: 80 }, { port: 53 }] }), {
        ports: [
          { name: "a", port: 53, protocol: "TCP", targetPort: 53 },
          { name: "b", port: 80, protocol: "TCP", targetPort: 80 },
        ],
      }),
      request: SERVER,
      want: ['a spec.ports[0].protocol "UDP"'],
    },
  ])("$name", ({ defaults = LOCAL, undetermined = "keep", object, request, want }) => {
    expect(applied(judgeManifest(object, { policies: policies({ undetermined, defaults }), ...request }))).toEqual(
      want,
    );
  });
});
