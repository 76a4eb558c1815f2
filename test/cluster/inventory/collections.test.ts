import { expect, it } from "@jest/globals";
import { COLLECTIONS } from "#src/cluster/inventory/collections.ts";
import { REFERRING_KINDS } from "#src/inventory/references/finders/kinds.ts";

/** The group of Ingress before Kubernetes 1.22: no server that has the newer one lists anything else under it. */
const OLD = ["extensions/Ingress"];

it("all kinds that name Services are read of a cluster", () => {
  const read = COLLECTIONS.filter(({ needs }) => needs.includes("references")).map(
    ({ group, kind }) => `${group}/${kind}`,
  );
  expect(REFERRING_KINDS.filter((kind) => !read.includes(kind))).toEqual(OLD);
});
