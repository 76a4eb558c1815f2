import { describe, expect, it } from "@jest/globals";
import { Path } from "#src/field/path.ts";
import { addressPlaceholder, familyOfPlaceholder } from "#src/service/cluster/allocated-values.ts";
import { decode } from "#src/service/decode/decode.ts";
import { Findings } from "#src/service/findings/findings.ts";
import { create, manifest, saidOf } from "#test/engine/ask.ts";

describe("values that are seldom written", () => {
  it("a label called __proto__ is a property like any other", () => {
    const labels: unknown = JSON.parse('{"__proto__": "a"}');
    const read = decode({ metadata: { labels } }).service?.metadata.labels;
    expect(Object.getOwnPropertyDescriptor(read, "__proto__")).toEqual({
      value: "a",
      enumerable: true,
      configurable: true,
      writable: true,
    });
  });

  it("a number for the time of a condition", () => {
    const { problems } = decode({ status: { conditions: [{ lastTransitionTime: 5 }] } });
    expect(saidOf(problems)).toEqual([
      { code: "wrong-type", path: "status.conditions[0].lastTransitionTime", want: "string", found: 5 },
    ]);
  });

  it("an affinity's configuration without a client", () => {
    const { defaulted } = create(manifest({ sessionAffinity: "ClientIP", sessionAffinityConfig: {} }));
    expect(defaulted?.spec.sessionAffinityConfig).toEqual({ clientIP: { timeoutSeconds: 10800 } });
  });
});

describe("the place of an address that the server is to pick", () => {
  it.each([
    { text: addressPlaceholder("IPv4"), family: "IPv4" },
    { text: addressPlaceholder("IPv6"), family: "IPv6" },
    { text: "<allocated IPv5>", family: undefined },
    { text: " <allocated IPv4>", family: undefined },
    { text: "<allocated IPv4> ", family: undefined },
    { text: "10.96.0.7", family: undefined },
  ])("$text: $family", ({ text, family }) => {
    expect(familyOfPlaceholder(text)).toBe(family);
  });
});

describe("a finding", () => {
  it("holds what was found and what its sentence needs, and no fields beside", () => {
    const findings = new Findings();
    findings.add("name-required", Path.root);
    findings.add("ip-format", Path.root, "web");
    findings.add("port-range", Path.root, 0, { min: 1 });
    expect(findings.all.map((finding) => Object.keys(finding))).toEqual([
      ["code", "path"],
      ["code", "path", "found"],
      ["code", "path", "found", "facts"],
    ]);
  });
});
