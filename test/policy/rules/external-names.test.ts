import { expect, it } from "@jest/globals";
import { judgeManifest, manifest, policies } from "../support.ts";

/** The destination that the rule reports for the name, as the characteristic part of its message. */
function destination(externalName: string, parameters: object = {}): string {
  const object = manifest({ spec: { type: "ExternalName", externalName, ports: null, selector: null } });
  const set = policies({ rules: [{ rule: "external-names", parameters }] });
  const [finding] = judgeManifest(object, { policies: set }).policy.findings;
  if (finding === undefined) return "fine";
  if (/as a Service|in the cluster/.test(finding.message)) return "inside";
  return /client itself|metadata|address, which|resolve to any|end in/.exec(finding.message)?.[0] ?? finding.message;
}

const [HERE, INSIDE, METADATA, ADDRESS, ANY] = [
  "client itself",
  "inside",
  "metadata",
  "address, which",
  "resolve to any",
];

it.each<[string, string, object?]>([
  // Names outside the cluster.
  ["db.example.com", "fine"],
  ["db.example.com.", "fine"],
  ["example.dev", "fine", { namespaces: [] }],
  ["db.eu-west-1.rds.amazonaws.com", "fine"],
  ["ip-10-0-0-1.eu-west-1.compute.internal", "fine"],
  ["ec2-203-0-113-7.compute.amazonaws.com", "fine"],
  ["db.corp", "fine"],
  ["www.xn--p1ai", "fine"],
  ["xn--d1acufc.xn--p1ai", "fine"],
  ["4-7-1-1.example.com", "fine"],
  ["7f3a9c21.cdn.example.com", "fine"],
  ["db.internalname", "fine", { suffixes: ["internalname"] }],
  // This cluster, as the search path completes it.
  ["db", INSIDE],
  ["db.", INSIDE],
  ["db.payments", INSIDE],
  ["db.payments.", INSIDE],
  ["pod-0.db.payments", INSIDE],
  ["kubernetes.default", INSIDE],
  ["kubernetes.default.svc", INSIDE],
  ["kubernetes.default.svc.cluster.local", INSIDE],
  ["kubernetes.default.svc.cluster.local.", INSIDE],
  ["10-0-0-1.payments.pod", INSIDE],
  ["db.dev", INSIDE],
  ["db.dev.", "fine"],
  ["www.db.dev", "fine"],
  ["db.payments.svc.k8s.example.com", INSIDE, { clusterDomain: "k8s.example.com" }],
  // Any address.
  ["10.0.0.1.nip.io", ANY],
  ["nip.io", ANY],
  ["www.10-0-0-1.sslip.io", ANY],
  ["0a000001.xip.io", ANY],
  ["10-0-0-1.traefik.me", ANY],
  ["localtest.me", ANY],
  ["app.lvh.me", ANY],
  ["app.lvh.me.", ANY],
  ["app.wild.example.com", ANY, { wildcards: ["wild.example.com"] }],
  ["notnip.io", "fine"],
  // The loopback address.
  ["localhost", HERE],
  ["localhost.", HERE],
  ["app.localhost", HERE],
  ["localhost.localdomain", HERE],
  ["127.0.0.1", HERE],
  ["127.0.0.1.", HERE],
  ["127.1", HERE],
  ["0x7f.1", HERE],
  ["0177.0.0.1", HERE],
  ["2130706433", HERE],
  ["017700000001", HERE],
  ["0x7f000001", HERE],
  ["0", HERE],
  ["0.0.0.0", HERE],
  ["127-0-0-1.example.com", HERE],
  ["a.127.0.0.1.example.com", HERE],
  ["7f000001.example.com", HERE],
  // Metadata.
  ["metadata.google.internal", METADATA],
  ["metadata.google.internal.", METADATA],
  ["instance-data.eu-west-1.compute.internal", METADATA],
  ["169.254.169.254", METADATA],
  ["169.254.169.254.", METADATA],
  ["0251.0376.0251.0376", METADATA],
  ["0xa9.0xfe.0xa9.0xfe", METADATA],
  ["0xa9fea9fe", METADATA],
  ["2852039166", METADATA],
  ["169.254.43518", METADATA],
  ["100.100.100.200", METADATA],
  ["168.63.129.16", METADATA],
  ["169-254-169-254.example.com", METADATA],
  ["x-169-254-169-254-y.example.com", METADATA],
  ["169.254.169.254.nip.io", METADATA],
  ["a9fea9fe.example.com", METADATA],
  ["2852039166.example.com", METADATA],
  ["fd00-ec2--254.example.com", METADATA],
  // Other addresses.
  ["192.0.2.7", ADDRESS],
  ["3221225991", ADDRESS],
  ["0xc0000207", ADDRESS],
  // Suffixes.
  ["db.example.com", "fine", { suffixes: ["example.com"] }],
  ["badexample.com", "end in", { suffixes: ["example.com"] }],
  ["169-254-169-254.example.com", METADATA, { suffixes: ["example.com"] }],
])("external-names: %s is %s", (name, want, parameters = {}) => {
  expect(destination(name, parameters)).toBe(want);
});
