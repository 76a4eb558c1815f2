import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bundledPackages, noticesOf } from "#scripts/notices.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { ROOT } from "../paths.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-notices-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a package, and returns its folder. */
function packageOf(name: string, files: Readonly<Record<string, string>>): string {
  const place = join(folder, "node_modules", name);
  mkdirSync(place, { recursive: true });
  const manifest = JSON.stringify({ name, version: "1.2.3", license: "MIT" });
  for (const [file, text] of Object.entries({ "package.json": manifest, ...files })) {
    writeFileSync(join(place, file), text);
  }
  return place;
}

describe("the packages of a bundle", () => {
  it("are those that a file of each output comes from, nested ones apart", () => {
    const output = (...files: string[]) => ({
      bytes: 1,
      imports: [],
      exports: [],
      inputs: Object.fromEntries(files.map((file) => [file, { bytesInOutput: 1 }])),
    });
    const outputs = {
      "cli.js": output("src/cli.ts", "node_modules/yaml/dist/index.js", "node_modules/@peculiar/x509/build/x.js"),
      "index.js": output("node_modules/a/node_modules/yaml/index.js", "node_modules/yaml/dist/other.js"),
    };
    expect(bundledPackages({ inputs: {}, outputs })).toEqual([
      "node_modules/@peculiar/x509",
      "node_modules/a/node_modules/yaml",
      "node_modules/yaml",
    ]);
  });
});

describe("the notices", () => {
  it.each(["LICENSE", "license.md", "LICENCE.txt", "COPYING", "UNLICENSE", "LICENSE-MIT"])(
    "have the text of %s",
    (file) => {
      const notices = noticesOf([packageOf("one", { [file]: "You may.\r\n", "index.js": "run();" })]);
      expect(notices).toContain("one 1.2.3 (MIT)\n\nYou may.\n");
      expect(notices).not.toContain("run();");
    },
  );

  it("have the NOTICE file, too", () => {
    expect(noticesOf([packageOf("one", { LICENSE: "You may.", NOTICE: "By me." })])).toContain("You may.\n\nBy me.");
  });

  it("cannot be made for a package without a licence file", () => {
    expect(() => noticesOf([packageOf("bare", {})])).toThrow(/bare is bundled, and has no file with its licence/);
  });
});

describe("the notices of the build", () => {
  const notices = readFileSync(join(ROOT, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");
  const listed = [...notices.matchAll(/^-{80}\n\n(\S+) (\S+) \(/gm)].map(([, name = "", version = ""]) => [
    name,
    version,
  ]);

  it("have every production package that is asked for by name", () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const wanted = valueAt(manifest, ["dependencies"]);
    expect(listed).toEqual(expect.arrayContaining(Object.entries(isObject(wanted) ? wanted : {})));
  });

  it("have production packages only, in the versions that are locked", () => {
    const locked = valueAt(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")), ["packages"]);
    const production = Object.entries(isObject(locked) ? locked : {}).flatMap(([place, one]) =>
      valueAt(one, ["dev"]) === true
        ? []
        : `${place.split("node_modules/").at(-1) ?? ""} ${String(valueAt(one, ["version"]))}`,
    );
    expect(listed.length).toBeGreaterThan(50);
    expect(listed.map((one) => one.join(" ")).filter((one) => !production.includes(one))).toEqual([]);
  });
});
