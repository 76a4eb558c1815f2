import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type ClaimConflict, Claims, conflictsOfFile, type LocatedClaim } from "#src/examine/claims/index.ts";
import { ClaimIndex } from "#src/lsp/claims/claim-index.ts";

/** A Service of a file: its name, the node port that it asks for, and its line. */
interface Drawn {
  readonly name: string;
  readonly port: number;
  readonly line: number;
}

const NAMES = ["a.yaml", "dir/a.yaml", "dir/b.yaml", "dir/b-nodeport.yaml", "other/c.yaml", "z.yaml"];
/** Files of folders, of a kustomization, and of two of them. */
const SETS = [
  [{ name: "all", isAssumed: true }],
  [{ name: "base", namespace: "shop" }],
  [{ name: "base" }, { name: "overlay", prefix: "x-" }],
];
const file = fc.constantFrom(...NAMES);
const services = fc.array(
  fc.record({ name: fc.constantFrom("a", "b"), port: fc.integer({ min: 30000, max: 30002 }), line: fc.nat(3) }),
  { maxLength: 3 },
);

function claimsOf({ name, port, line }: Drawn): LocatedClaim[] {
  const region = { startLine: line + 1, startColumn: 1, endLine: line + 1, endColumn: 2 };
  return [
    { rule: "duplicate-name", key: `default/${name}`, description: "", field: "metadata.name", region },
    { rule: "node-port-twice", key: String(port), description: `the node port ${port}`, field: "spec", region },
  ];
}

function setsOf(name: string): (typeof SETS)[number] {
  return SETS[NAMES.indexOf(name) % SETS.length] ?? [];
}

function add(claims: Claims, name: string, drawn: readonly Drawn[]): readonly ClaimConflict[] {
  return conflictsOfFile(
    drawn.flatMap((one) => {
      const identity = { namespace: "default", name: one.name };
      return claims.add(claimsOf(one), identity, name, setsOf(name));
    }),
  );
}

/** The conflicts of each file, as a run through all of them finds them. */
function conflictsOfRun(files: ReadonlyMap<string, readonly Drawn[]>): ReadonlyMap<string, readonly ClaimConflict[]> {
  const claims = new Claims();
  return new Map([...files].map(([name, drawn]) => [name, add(claims, name, drawn)]));
}

test("after any changes of files, each has the conflicts of a whole run, and those whose conflicts change are named", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(file, { minLength: 1 }),
      fc.array(fc.tuple(file, services), { maxLength: 12 }),
      (order, changes) => {
        const files = new Map<string, readonly Drawn[]>(order.map((name) => [name, []]));
        const index = new ClaimIndex();
        index.setFiles(order, setsOf);
        let before = conflictsOfRun(files);
        for (const [name, drawn] of changes) {
          const claims = new Claims(index.around(name).earlier);
          const own = add(claims, name, drawn);
          const arounds = order.map((each) => [each, index.around(each)] as const);
          const concerned = index.set(name, claims.owners);
          if (!files.has(name)) {
            expect([...concerned]).toEqual([]);
            continue;
          }
          files.set(name, drawn);
          const after = conflictsOfRun(files);
          expect(own).toEqual(after.get(name));
          for (const [each, around] of arounds) {
            expect(index.around(each) === around).toBe(!concerned.has(each));
            if (each !== name && !concerned.has(each)) expect(after.get(each)).toEqual(before.get(each));
            expect(add(new Claims(index.around(each).earlier), each, files.get(each) ?? [])).toEqual(after.get(each));
          }
          before = after;
        }
      },
    ),
  );
});

test("what files claimed that are gone is nobody's any more", () => {
  const index = new ClaimIndex();
  const claims = new Claims();
  add(claims, "a.yaml", [{ name: "a", port: 30000, line: 0 }]);
  index.setFiles(["a.yaml", "z.yaml"], setsOf);
  index.set("a.yaml", claims.owners);
  const [group = "", keys] = [...claims.owners][1] ?? [];
  const [key = ""] = keys?.keys() ?? [];
  expect(index.around("z.yaml").earlier?.(group, key)).toMatchObject({ file: "a.yaml" });
  index.setFiles(["z.yaml"], setsOf);
  expect(index.around("z.yaml").earlier?.(group, key)).toBeUndefined();
});
