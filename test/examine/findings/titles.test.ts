import { describe, expect, it } from "@jest/globals";
import { CHECK_RULES, ruleTexts } from "#src/examine/findings/rule-texts.ts";
import { RULES } from "#src/policy/rules/registry.ts";
import { MESSAGES } from "#src/service/messages/messages.ts";

const textOf = await ruleTexts(true);
const IDS = [...Object.keys(MESSAGES), ...Object.keys(CHECK_RULES), ...RULES.map(({ id }) => `policy/${id}`)];

describe.each(IDS)("the title of %s", (id) => {
  const { title = "", help = "" } = textOf(id) ?? {};

  it("is a short phrase, with a help text beside it", () => {
    expect(title).toMatch(/^\S.{8,90}[^.]$/);
    expect(help).toMatch(/\.$/);
  });

  it("names what is wrong rather than what is required", () => {
    expect(title).not.toMatch(/\bmust\b|^(?:only|no|every|each|some)\b/i);
  });
});

it("no two rules have the same title", () => {
  const titles = IDS.map((id) => textOf(id)?.title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
