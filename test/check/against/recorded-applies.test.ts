import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { compare, type Trial } from "#scripts/apply-trial/compare.ts";
import { isObject, valueAt } from "#src/field/json.ts";
import { clientSidePatch, LAST_APPLIED } from "#src/service/merge/index.ts";

/** What kubectl 1.35 and an API server 1.20 made of it, recorded by `npm run apply-trial -- 60 11 --record`. */
interface RecordedTrial extends Trial {
  /** The patch that kubectl sent, without the annotation of its own. */
  readonly patch?: unknown;
}

const SERVER = { minor: 20 };

const recorded = gunzipSync(readFileSync(join(import.meta.dirname, "recorded-applies.jsonl.gz")))
  .toString()
  .split("\n")
  .filter((line) => line !== "")
  .map((line): unknown => JSON.parse(line))
  .filter(isTrial);

function isTrial(value: unknown): value is RecordedTrial {
  return isObject(value) && typeof value["mode"] === "string" && isObject(value["live"]);
}

describe.each(["client", "server-side"])("%s apply, as recorded", (mode) => {
  const trials = recorded.filter((trial) => trial.mode === mode);

  test("there are enough records", () => {
    expect(trials.length).toBeGreaterThan(40);
  });

  test.each(
    trials.map((trial): [string, RecordedTrial] => [String(valueAt(trial.after, ["metadata", "name"])), trial]),
  )("what reaches admission, and what is refused before: %s", (_name, trial) => {
    expect(compare(trial, SERVER)).not.toMatchObject({ kind: "different" });
  });
});

describe("the patch that kubectl apply sends", () => {
  const sent = recorded.filter(({ patch }) => patch !== undefined);

  test.each(sent.map((trial): [string, RecordedTrial] => [String(valueAt(trial.after, ["metadata", "name"])), trial]))(
    "%s",
    (_name, { live, after, namespace, patch }) => {
      const applied: unknown = JSON.parse(String(valueAt(live, ["metadata", "annotations", LAST_APPLIED])));
      const metadata = isObject(after["metadata"]) ? after["metadata"] : {};
      const made = clientSidePatch(applied, live, { ...after, metadata: { ...metadata, namespace } });
      expect(withoutEmpty(made)).toEqual(withoutEmpty(patch));
    },
  );
});

/** kubectl's patch always has annotations, for its own one. */
function withoutEmpty(patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const entries = Object.entries(patch).map(([key, value]): [string, unknown] => [key, withoutEmpty(value)]);
  return Object.fromEntries(entries.filter(([, value]) => !isObject(value) || Object.keys(value).length > 0));
}
