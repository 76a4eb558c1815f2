import { describe, expect, it } from "@jest/globals";
import { judge, type JudgeRequest, judgeWhole } from "#src/engine/judge.ts";
import { SERVICE_SCHEMA } from "#src/service/schema/schema.ts";
import { manifest, USUAL } from "./ask.ts";

const { spec: node } = SERVICE_SCHEMA.fields;
const FIELDS = node?.type === "object" ? Object.keys(node.fields) : [];

const asked = (over: Partial<JudgeRequest>): JudgeRequest => ({
  ...USUAL,
  operation: "create",
  object: manifest({ type: "LoadBalancer" }),
  ...over,
});

describe.each([
  { what: "a create", request: asked({}) },
  { what: "an update", request: asked({ operation: "update", oldObject: manifest({ clusterIP: "10.96.0.7" }) }) },
  { what: "a write of the status", request: asked({ operation: "status", oldObject: manifest() }) },
  { what: "a refused create", request: asked({ object: manifest({ type: "Colour" }) }) },
  { what: "what cannot be decoded", request: asked({ object: manifest({ ports: 1 }) }) },
  { what: "a delete", request: asked({ operation: "delete", oldObject: manifest() }) },
])("$what", ({ request }) => {
  it("is judged alike with all fields of the spec and with those that are there", () => {
    expect(judgeWhole(request)).toEqual(judge(request));
  });

  it("is handed out without fields that are undefined", () => {
    const { defaulted, admitted, stored } = judge(request);
    for (const service of [defaulted, admitted, stored])
      expect(Object.values(service?.spec ?? {})).not.toContain(undefined);
  });

  it("has every field of the spec, in the order of the schema, while it is judged", () => {
    const { defaulted, admitted, stored } = judgeWhole(request);
    for (const service of [defaulted, admitted, stored]) if (service) expect(Object.keys(service.spec)).toEqual(FIELDS);
  });
});
