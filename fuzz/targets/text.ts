import type { Context } from "#src/examine/findings/context.ts";
import { fixText } from "#src/examine/fixes/index.ts";
import { defaultSettings } from "#src/examine/settings/settings.ts";
import { isObject } from "#src/field/json.ts";
import { CommandShare } from "../command-share.ts";
import type { Draws } from "../draws.ts";
import { lengthen, mutateText, yamlOf } from "../generators/manifest-text.ts";
import { TEXT_SEEDS } from "../generators/seeds.ts";
import { drawService } from "../generators/service.ts";
import { checkFixed } from "../invariants/fixed.ts";
import { checkNoNewErrors } from "../invariants/no-new-errors.ts";
import { checkObjectPrototype } from "../invariants/prototypes.ts";
import { inLinearTime } from "../invariants/time.ts";
import { isSituation, SITUATION_NAMES, situationNamed } from "../situations.ts";
import { Broken, type Target } from "../target.ts";

const FILES = ["a.yaml", "a.json"] as const;

interface TextCase {
  readonly text: string;
  readonly file: (typeof FILES)[number];
  readonly situation: string;
}

type Fix = (text: string, file: string, context: Context) => { readonly text: string };

/** From a manifest to the result of `check --fix`. @param fix the function under test; tests pass a broken one */
export function textTarget(fix: Fix = fixText): Target<TextCase> {
  const command = new CommandShare();
  const share = (input: TextCase, fixed: string): void => {
    if (input.situation === "plain") command.add(input.file, input.text, fixed);
  };
  return {
    name: "text",
    draw,
    isCase,
    runsOf: () => 1,
    check: async (input) => {
      check(input, fix, share);
      await command.runIfDue();
    },
    close: () => command.end(),
  };
}

/** How many times a fix goes over the text at most: reading, judging and fixing repeat. */
const PASSES = 8;
/** One in this many texts is JSON, or long. */
const JSON_TEXT = 6;
const LONG = 4000;

function draw(draws: Draws): TextCase {
  const situation = draws.oneIn(2) ? "plain" : draws.pick(SITUATION_NAMES);
  if (draws.oneIn(8))
    return { text: mutateText(draws, draws.pick(TEXT_SEEDS), draws.between(0, 3)), file: "a.yaml", situation };
  const object = drawObject(draws);
  const isJson = draws.oneIn(JSON_TEXT);
  let text = isJson ? JSON.stringify(object, undefined, draws.pick([0, 2])) : yamlOf(draws, object);
  if (draws.oneIn(12)) text += `---\n${yamlOf(draws, drawService(draws))}`;
  if (draws.oneIn(4)) text = mutateText(draws, text, draws.between(1, 3));
  if (draws.oneIn(LONG)) text = lengthen(draws, text);
  return { text, file: isJson && draws.oneIn(2) ? "a.json" : "a.yaml", situation };
}

function drawObject(draws: Draws): unknown {
  if (!draws.oneIn(15)) return drawService(draws);
  return {
    apiVersion: "v1",
    kind: draws.pick(["List", "ServiceList", "list"]),
    items: [drawService(draws), drawService(draws)],
  };
}

function isCase(value: unknown): value is TextCase {
  return (
    isObject(value) &&
    typeof value["text"] === "string" &&
    FILES.some((file) => file === value["file"]) &&
    isSituation(value["situation"])
  );
}

function check({ text, file, situation }: TextCase, fix: Fix, share: (input: TextCase, fixed: string) => void): void {
  const { cluster, version, policies, today } = situationNamed(situation).settings;
  const settings = { ...defaultSettings(today), cluster, version };
  const context: Context = { settings, policies, old: undefined, wantsServices: false };
  const bytes = Buffer.byteLength(text);
  const fixed = inLinearTime(bytes, () => fix(text, file, context), PASSES).text;
  checkObjectPrototype();
  const again = fix(fixed, file, context).text;
  if (again !== fixed)
    throw new Broken("a second fix changes nothing", JSON.stringify({ fixed, again }).slice(0, 4000));
  if (fixed !== text) {
    checkFixed(text, fixed, file);
    checkNoNewErrors(text, fixed, file, context);
  }
  share({ text, file, situation }, fixed);
}
