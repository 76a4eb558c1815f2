import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { readSources } from "#src/policy-files/sources.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-sources-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("a file that is removed while its directory is read is not there", async () => {
  writeFileSync(join(folder, "00.yaml"), "stays");
  for (let turns = 0; turns < 40; turns++) {
    const names = Array.from({ length: 10 }, (_, index) => join(folder, `${index + 10}.yaml`));
    for (const name of names) writeFileSync(name, "goes");
    const reading = readSources([folder]);
    // The later the removal, the more has been read before it: of all moments some are between listing and reading.
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    for (const name of names) rmSync(name);
    const unreadable = (await reading).filter((file) => "unreadable" in file);
    expect(unreadable).toEqual([]);
  }
});

it("what cannot be read is named, beside what can", async () => {
  mkdirSync(join(folder, "below"));
  writeFileSync(join(folder, "a.yaml"), "a");
  symlinkSync("nowhere", join(folder, "below", "broken.yaml"));
  symlinkSync("loop.yaml", join(folder, "loop.yaml"));
  expect(await readSources([folder])).toEqual([
    { file: join(folder, "a.yaml"), text: "a" },
    { file: join(folder, "below", "broken.yaml"), unreadable: "there is no such file or directory" },
    { file: join(folder, "loop.yaml"), unreadable: "is a symbolic link that leads to itself" },
  ]);
});
