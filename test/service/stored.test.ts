import { describe, expect, it } from "@jest/globals";
import { create, manifest, type Options, stored, update, writeStatus } from "#test/engine/ask.ts";

const OLD = stored();

describe("a selfLink", () => {
  it.each<{ rule: string; options: Options; kept: boolean }>([
    { rule: "is not stored", options: {}, kept: false },
    { rule: "is shown in a dry run", options: { dryRun: true }, kept: true },
  ])("$rule", ({ options, kept }) => {
    const object = manifest({}, { selfLink: "/x" });
    for (const answer of [update(object, OLD, options), writeStatus(object, OLD, options)]) {
      expect(answer.stored?.metadata.selfLink).toBe(kept ? "/x" : undefined);
      expect(answer.defaulted?.metadata.selfLink).toBe("/x");
    }
    expect(create(object, options).stored?.metadata).not.toHaveProperty("selfLink");
  });
});
