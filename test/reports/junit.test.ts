import { describe, expect, it } from "@jest/globals";
import { CLEAN, finding, hostileFinding, report, service, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";

describe("the JUnit report", () => {
  it("has a suite a file, a case a finding, and one a Service that passes", async () => {
    const xml = await report("junit", {
      findings: [finding(), SUPPRESSED, WARNING, UNUSABLE],
      services: [service(), service({ file: "deploy/api.yaml", name: "api" })],
    });
    expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="fairlead 1.2.3" tests="5" failures="1" errors="1" skipped="1">
  <testsuite name="deploy/web.yaml" tests="2" failures="1" errors="0" skipped="1">
    <testcase name="shop/web port-range spec.ports[0].port" classname="deploy/web.yaml" file="deploy/web.yaml" line="8"><failure message="a port is from 1 to 65535, found 70000." type="port-range">error: a port is from 1 to 65535, found 70000.
at deploy/web.yaml:8:13
cause: spec.ports[0].port: FieldValueInvalid
  7 |   ports:
&gt; 8 |     - port: 70000
    |             ^^^^^
  9 |       name: http
fix: use a port from 1 to 65535.</failure></testcase>
    <testcase name="shop/web policy/named-ports spec.ports[0].port (team-defaults)" classname="deploy/web.yaml" file="deploy/web.yaml" line="8"><skipped message="suppressed by the baseline: known on 2026-11-01.">warning: a port is from 1 to 65535, found 70000.
at deploy/web.yaml:8:13
field: spec.ports[0].port
  7 |   ports:
&gt; 8 |     - port: 70000
    |             ^^^^^
  9 |       name: http
fix: use a port from 1 to 65535.</skipped></testcase>
  </testsuite>
  <testsuite name="deploy/api.yaml" tests="2" failures="0" errors="0" skipped="0">
    <testcase name="shop/api deprecated-field spec.externalIPs" classname="deploy/api.yaml" file="deploy/api.yaml" line="3"><system-out>warning: spec.externalIPs is deprecated.
at deploy/api.yaml:3:1
field: spec.externalIPs
&gt; 3 | one: 1
    | ^^^^^^
&gt; 4 |   two: 2
fix: use a port from 1 to 65535.</system-out></testcase>
    <testcase name="shop/api" classname="deploy/api.yaml" file="deploy/api.yaml"/>
  </testsuite>
  <testsuite name="standard input" tests="1" failures="0" errors="1" skipped="0">
    <testcase name="unreadable" classname="standard input" file="standard input" line="1"><error message="the file is not UTF-8." type="unreadable">error: the file is not UTF-8.
at -:1:1</error></testcase>
  </testsuite>
</testsuites>
`);
  });

  it("fails on a warning where the run does", async () => {
    const xml = await report("junit", { findings: [WARNING], options: { failOn: "warning" } });
    expect(xml).toContain(`tests="1" failures="1"`);
  });

  it("is a report too when nothing was checked", async () => {
    expect(await report("junit", { summary: CLEAN })).toContain(`tests="0" failures="0" errors="0" skipped="0"`);
  });

  it("is XML whatever the names", async () => {
    const { suppressed, ...hostile } = hostileFinding();
    expect(suppressed).toBeDefined();
    const xml = await report("junit", { findings: [hostile, hostileFinding()] });
    const outside = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
    expect(xml).not.toMatch(outside);
    expect(xml).not.toContain("<script");
    expect(xml.replaceAll(/&(?:amp|lt|gt|quot|#\d+);/g, "")).not.toContain("&");
    expect(xml).not.toContain("]]>");
  });
});
