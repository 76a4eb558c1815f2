import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject, valueAt } from "#src/field/json.ts";
import { SETTINGS } from "#src/serve/config/settings.ts";
import { ROOT } from "./paths.ts";

const PAGE = read("docs/security.md");
const PACKAGE = json("package.json");
const LOCKED = objectAt(json("package-lock.json"), "packages");

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function json(file: string): unknown {
  return JSON.parse(read(file));
}

function objectAt(value: unknown, key: string): JsonObject {
  const found = valueAt(value, [key]);
  if (!isObject(found)) throw new Error(`no object at ${key}`);
  return found;
}

/** The rows of the table under a heading, cell by cell. */
function rowsUnder(heading: string): string[][] {
  const [, section = ""] = PAGE.split(`## ${heading}\n`);
  const [body = ""] = section.split("\n## ");
  const rows = body.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("|---"));
  return rows.slice(1).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe("docs/security.md", () => {
  const sinks = rowsUnder("Sinks and their tests").map((cells) => {
    const [, file = "", name = ""] = /^`(test\/[^`]+\.test\.ts)`: "(.+)"$/.exec(cells[3] ?? "") ?? [];
    return { sink: cells[0] ?? "", file, name };
  });

  it("has a table of sinks", () => {
    expect(sinks.length).toBeGreaterThan(20);
  });

  it.each(sinks)("names a test that there is: $sink: $name", ({ file, name }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    expect(read(file)).toContain(`"${name}"`);
  });

  const limits = rowsUnder("Limits").map((cells) => {
    const [, where = "", value = ""] = /^`([^`]+)`: `(.+)`$/.exec(cells[2] ?? "") ?? [];
    return { what: cells[0] ?? "", where, value };
  });

  it.each(limits)("has the limit that holds: $what", ({ where, value }) => {
    if (!where.startsWith("--")) expect(read(where)).toContain(value);
    else expect(String(SETTINGS.find(({ flag }) => `--${flag}` === where)?.default)).toBe(value);
  });

  it("gives a reason for each production package, with its licence", () => {
    const told = rowsUnder("Supply chain").map(([name = "", licence = ""]) => [name.replaceAll("`", ""), licence]);
    const wanted = Object.keys(objectAt(PACKAGE, "dependencies")).map((name) => [
      name,
      licenceOf(`node_modules/${name}`),
    ]);
    expect(told).toEqual(wanted);
  });

  it("leads to pages that there are", () => {
    for (const [, target = ""] of `${PAGE}${read("SECURITY.md").replaceAll("](", "](../")}`.matchAll(
      /\]\(\.\.\/([^)#]+)\)/g,
    )) {
      expect([target, existsSync(join(ROOT, target))]).toEqual([target, true]);
    }
  });
});

describe("the lock file", () => {
  const packages = Object.entries(LOCKED).filter(([place]) => place !== "");

  it("has a hash of each package, and no address of any", () => {
    const odd = packages.filter(
      ([, one]) => !/^sha512-/.test(String(valueAt(one, ["integrity"]))) || valueAt(one, ["resolved"]) !== undefined,
    );
    expect(odd.map(([place]) => place)).toEqual([]);
  });

  it("names no package that comes from elsewhere than the registry", () => {
    const asked = { ...objectAt(PACKAGE, "dependencies"), ...objectAt(PACKAGE, "devDependencies") };
    expect(Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });
});

describe("production packages", () => {
  const production = reachable();

  it("are licensed as the page says, transitive ones included", () => {
    const [, list = ""] =
      /\*\*Licences\.\*\*[^:]*: ([^.]+(?:\.\d[^.]*)*)\. A new one/.exec(PAGE.replaceAll(/\s+/g, " ")) ?? [];
    const allowed = new Set(list.split(", "));
    expect(allowed.size).toBeGreaterThan(5);
    expect(
      production.filter((place) => !allowed.has(licenceOf(place))).map((place) => `${place}: ${licenceOf(place)}`),
    ).toEqual([]);
  });

  it("run nothing when they are installed", () => {
    expect(production.filter((place) => valueAt(LOCKED, [place, "hasInstallScript"]) === true)).toEqual([]);
  });

  it("are in the bill of materials, each with its hash, and what is for development is not", () => {
    const sbom: unknown = JSON.parse(
      execFileSync(process.execPath, ["scripts/sbom.ts"], { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 }),
    );
    const components = valueAt(sbom, ["components"]);
    const listed = Array.isArray(components) ? components : [];
    const names = new Set(listed.map((one) => valueAt(one, ["name"])));
    const missing = production.map((place) => place.split("node_modules/").at(-1)).filter((name) => !names.has(name));
    expect(missing).toEqual([]);
    expect(names.has("jest")).toBe(false);
    expect(listed.filter((one) => valueAt(one, ["hashes", 0, "alg"]) !== "SHA-512")).toEqual([]);
  });
});

/** The places in the lock file that the dependencies lead to, as Node would find them. */
function reachable(): string[] {
  const seen = new Set<string>();
  const visit = (from: string, name: string): void => {
    const place = placeOf(from, name);
    if (place === undefined || seen.has(place)) return;
    seen.add(place);
    for (const kind of ["dependencies", "optionalDependencies"]) {
      const further = valueAt(LOCKED, [place, kind]);
      for (const next of isObject(further) ? Object.keys(further) : []) visit(`${place}/`, next);
    }
  };
  for (const name of Object.keys(objectAt(PACKAGE, "dependencies"))) visit("", name);
  return [...seen].sort();
}

function placeOf(from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf("node_modules/"))) {
    const place = `${at}node_modules/${name}`;
    if (Object.hasOwn(LOCKED, place)) return place;
    if (at === "") return undefined;
  }
}

function licenceOf(place: string): string {
  const licence = valueAt(LOCKED, [place, "license"]);
  return typeof licence === "string" ? licence : "none";
}
