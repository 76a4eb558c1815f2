import { describe, expect, it } from "@jest/globals";
import { hasSameConfiguration, isBeingDeleted } from "#src/service/configuration-changes.ts";

const WEB = {
  metadata: { name: "web", labels: { app: "web" }, annotations: { note: "x" }, finalizers: ["a"], generation: 1 },
  spec: { ports: [{ port: 80 }] },
  status: { loadBalancer: {} },
};

describe("the same configuration", () => {
  it.each([
    { rule: "is that of an equal Service", after: structuredClone(WEB), want: true },
    {
      rule: "does not depend on the status",
      after: { ...WEB, status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } },
      want: true,
    },
    {
      rule: "does not depend on finalizers and owners",
      after: { ...WEB, metadata: { ...WEB.metadata, finalizers: [], ownerReferences: [{ uid: "1" }] } },
      want: true,
    },
    { rule: "has the same spec", after: { ...WEB, spec: { ports: [{ port: 81 }] } }, want: false },
    {
      rule: "has the same labels",
      after: { ...WEB, metadata: { ...WEB.metadata, labels: { app: "api" } } },
      want: false,
    },
    {
      rule: "has the same annotations",
      after: { ...WEB, metadata: { ...WEB.metadata, annotations: {} } },
      want: false,
    },
  ])("$rule", ({ after, want }) => {
    expect(hasSameConfiguration(after, WEB)).toBe(want);
    expect(hasSameConfiguration(WEB, after)).toBe(want);
  });

  it("takes absent labels for empty ones", () => {
    expect(hasSameConfiguration({ metadata: { labels: {} }, spec: {} }, { metadata: {} })).toBe(true);
  });
});

describe("a Service that is being deleted", () => {
  it.each([
    { name: "has a time of deletion", stored: { metadata: { deletionTimestamp: "2027-01-01T00:00:00Z" } }, want: true },
    { name: "is not one without it", stored: { metadata: { name: "web" } }, want: false },
    { name: "is not one with a null", stored: { metadata: { deletionTimestamp: null } }, want: false },
    { name: "is not nothing", stored: undefined, want: false },
  ])("$name", ({ stored, want }) => {
    expect(isBeingDeleted(stored)).toBe(want);
  });
});
