import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ROOT } from "../paths.ts";

describe("npm run demo", () => {
  it("shows a default, a dual-stack default, a denial, an update and a delete, and ends by itself", () => {
    const env = { ...process.env, NO_COLOR: "1" };
    const text = execFileSync(process.execPath, [join(ROOT, "scripts", "demo.ts")], { encoding: "utf8", env });
    const scenes = text.split(/^(?= (?:A|An) )/m).slice(1);
    expect(scenes.map((scene) => /^ (.*?) {2}/.exec(scene)?.[1])).toEqual([
      "A new Service that leaves things open",
      "A dual-stack default",
      "A Service with several mistakes",
      "An update",
      "A delete",
    ]);
    const [defaulted, dual, denied, update, deleted] = scenes;
    expect(defaulted).toMatch(
      /patch {4}add \/spec\/sessionAffinity "None"\n.*came out\n.*\n {2}\+ {3}sessionAffinity: None\n/s,
    );
    expect(dual).toMatch(/came out\n.*\n {2}\+ {3}ipFamilyPolicy: PreferDualStack\n/s);
    expect(denied?.match(/^cause/gm)).toHaveLength(4);
    expect(denied).toMatch(/denied: Invalid, 422; nothing is stored\n/);
    expect(update).toMatch(/- {3}sessionAffinity: None\n.*\+ {3}sessionAffinity: ClientIP\n.*allowed, as it is\n/s);
    expect(deleted).toMatch(/POST \/validate: DELETE .*allowed: the Service goes\n/s);
  });
});
