import { describe, expect, it } from "@jest/globals";
import { finding, hostileFinding, report, SUPPRESSED, UNUSABLE, WARNING } from "./fixtures.ts";

describe("the workflow commands for GitHub", () => {
  it.each([
    {
      name: "an error, with its columns",
      given: finding({ file: "./deploy/web.yaml" }),
      want: "::error file=deploy/web.yaml,line=8,endLine=8,col=13,endColumn=18,title=fairlead port-range in shop/web::a port is from 1 to 65535, found 70000%0Afix: use a port from 1 to 65535%0Acause: spec.ports[0].port: FieldValueInvalid",
    },
    {
      name: "more than one line: no columns",
      given: WARNING,
      want: "::warning file=deploy/api.yaml,line=3,endLine=4,title=fairlead deprecated-field in shop/api::spec.externalIPs is deprecated%0Afix: use a port from 1 to 65535%0Afield: spec.externalIPs",
    },
    {
      name: "what is suppressed is a notice that says so",
      given: SUPPRESSED,
      want: "::notice file=deploy/web.yaml,line=8,endLine=8,col=13,endColumn=18,title=fairlead policy/named-ports in shop/web::a port is from 1 to 65535, found 70000 (suppressed by the baseline: known on 2026-11-01)%0Afix: use a port from 1 to 65535%0Afield: spec.ports[0].port",
    },
    {
      name: "a note is a notice; a colon, a comma and a percent sign are escaped in a property",
      given: finding({ ...UNUSABLE, severity: "note", file: "a:b,100%.yaml" }),
      want: "::notice file=a%3Ab%2C100%25.yaml,line=1,endLine=1,col=1,endColumn=1,title=fairlead unreadable in shop/web::the file is not UTF-8%0Afix: use a port from 1 to 65535",
    },
  ])("$name", async ({ given, want }) => {
    const [line] = (await report("github", { findings: [given] })).split("\n");
    expect(line).toBe(want);
  });

  it("keep hostile text in its one line", async () => {
    const lines = (await report("github", { findings: [hostileFinding()] })).split(/[\r\n]/);
    expect(lines).toEqual([expect.stringMatching(/^::notice file=/), expect.stringMatching(/^fairlead: 2 errors/), ""]);
  });
});
