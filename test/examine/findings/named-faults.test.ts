import { describe, expect, it } from "@jest/globals";
import { makeContext } from "#src/check/context/context.ts";
import { examine } from "#src/examine/findings/examine.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";

const context = await makeContext({ settings: defaultSettings("2026-11-27"), old: undefined, wantsServices: false });

interface Manifest {
  readonly head?: string;
  readonly metadata?: string;
  readonly spec?: string;
}

function firstFinding({
  head = "apiVersion: v1\nkind: Service",
  metadata = "",
  spec = "ports: [{ port: 80 }]",
}: Manifest) {
  const text = `${head}\nmetadata: { name: web, ${metadata} }\nspec: { ${spec} }\n`;
  const [first] = [...examine(text, "a.yaml", context)].flatMap((event) =>
    event.type === "finding" ? [event.finding] : [],
  );
  return first;
}

const LONG = "x".repeat(254);

describe("the fault is named", () => {
  it.each([
    {
      manifest: { head: "\u0430piVersion: v1\nkind: Service" },
      says: "`\u0430` is the Cyrillic letter a (U+0430), not the Latin a; did you mean apiVersion?",
    },
    {
      manifest: { head: "apiVersion: v1\nkind: S\u0435rvice" },
      says: "`\u0435` is the Cyrillic letter ie (U+0435), not the Latin e; did you mean Service?",
    },
    { manifest: { head: "apiVersion: v\uff11\nkind: Service" }, says: "it contains a full-width 1 (U+FF11): write 1" },
    {
      manifest: { spec: "p\u03bfrts: []" },
      says: "`\u03bf` is the Greek letter omicron (U+03BF), not the Latin o; did you mean ports?",
    },
    {
      manifest: { spec: "type: N\u043edePort, ports: [{ port: 80 }]" },
      says: "`\u043e` is the Cyrillic letter o (U+043E), not the Latin o",
    },
    { manifest: { metadata: 'labels: { "\u0430pp": x }' }, says: "not the Latin a" },
    { manifest: { metadata: 'labels: { app: "a\u00a0b" }' }, says: "a no-break space (U+00A0)" },
    { manifest: { spec: 'ports: [{ port: 80, appProtocol: "htt\u0440" }]' }, says: "not the Latin p" },
    { manifest: { spec: 'ports: [{ port: "8\u200b0" }]' }, says: "a zero-width space (U+200B)" },
    { manifest: { spec: 'externalIPs: ["192\uff0e0.2.1"], ports: [{ port: 80 }]' }, says: "a full-width . (U+FF0E)" },
    {
      manifest: { metadata: `labels: { "${LONG}/app": x }` },
      says: "its prefix has 254 characters, and 253 are allowed",
    },
    {
      manifest: { metadata: `labels: { "example.com/${"x".repeat(64)}": x }` },
      says: "its name has 64 characters, and 63 are allowed",
    },
    { manifest: { metadata: 'labels: { "example.com/": x }' }, says: "its name after the slash is empty" },
    { manifest: { metadata: 'labels: { "/app": x }' }, says: "its prefix before the slash is empty" },
    { manifest: { metadata: 'annotations: { "a/b/c": x }' }, says: "it has more than one slash" },
  ])("$says", ({ manifest, says }) => {
    expect(firstFinding(manifest)?.message).toContain(says);
  });

  it("a word of another alphabet is not taken for a Latin one", () => {
    expect(firstFinding({ metadata: "labels: { app: \u0432\u0435\u0431 }" })?.message).not.toContain("Cyrillic");
  });
});

const ADDRESS_FIX = "use a Service without a selector, and an EndpointSlice with the address";

describe("an externalName that is not a name", () => {
  it.each([
    { value: "2001:db8::1", severity: "error", says: "it is an IP address, and must be a DNS name", fix: ADDRESS_FIX },
    { value: "[::1]", severity: "error", says: "it is an IP address, and must be a DNS name", fix: ADDRESS_FIX },
    { value: "[::1]:80", severity: "error", says: "it is an IP address with a port", fix: ADDRESS_FIX },
    { value: "fe80::1%eth0", severity: "error", says: "it is an IP address, and must be a DNS name", fix: ADDRESS_FIX },
    { value: "10.0.0.1", severity: "warning", says: "externalName is an address", fix: ADDRESS_FIX },
    { value: "10.0.0.1.", severity: "warning", says: "externalName is an address", fix: ADDRESS_FIX },
    { value: "10.0.0.1:80", severity: "error", says: "it is an IP address with a port", fix: ADDRESS_FIX },
    { value: "10.0.0.0/24", severity: "error", says: "it is an address range", fix: ADDRESS_FIX },
    { value: "https://10.0.0.1/", severity: "error", says: "it is a URL of an IP address", fix: ADDRESS_FIX },
    {
      value: "https://x",
      severity: "error",
      says: "it must be a DNS name without a scheme",
      fix: "leave https:// out",
    },
    {
      value: "db.example.com:5432",
      severity: "error",
      says: "it must be a DNS name without a port",
      fix: "leave :5432 out",
    },
  ])("$value", ({ value, severity, says, fix }) => {
    const finding = firstFinding({ spec: `type: ExternalName, externalName: "${value}"` });
    expect(finding?.message).toContain(says);
    expect([finding?.severity, finding?.fix]).toEqual([severity, fix]);
  });
});

describe("a misspelled trafficDistribution", () => {
  it.each([
    ["preferclose", "write PreferSameZone"],
    ["PreferZone", "write PreferSameZone"],
    ["prefersamenode", "write PreferSameNode"],
    ["zone", undefined],
  ])("%s: %s", (value, fix) => {
    expect(firstFinding({ spec: `trafficDistribution: ${value}, ports: [{ port: 80 }]` })?.fix).toBe(fix);
  });
});
