import { describe, expect, it } from "@jest/globals";
import { lookalikeFault, nameFault, placeholderIn } from "#src/service/messages/text-faults.ts";

describe("a placeholder", () => {
  it.each([
    ["${PORT}", "${PORT}"],
    ["${PORT:-80}", "${PORT:-80}"],
    ["$PORT", "$PORT"],
    ["web-$(ENVIRONMENT)", "$(ENVIRONMENT)"],
    ["{{ .Values.name }}-web", "{{ .Values.name }}"],
    ["<port>", "<port>"],
    ["<your-host>", "<your-host>"],
    ["%HOST%", "%HOST%"],
    ["@HOST@", "@HOST@"],
    ["__NAME__", "__NAME__"],
  ])("is found in %s", (text, placeholder) => {
    expect(placeholderIn(text)).toBe(placeholder);
  });

  it.each(["web", "a$b", "100%", "a < b", "web__api", "a@b", "", "$5"])("is not found in %j", (text) => {
    expect(placeholderIn(text)).toBe(text === "a$b" ? "$b" : undefined);
  });

  it.each([undefined, null, 80, ["${PORT}"], { port: "${PORT}" }])("is not found in %j", (value) => {
    expect(placeholderIn(value)).toBeUndefined();
  });
});

describe("a character that looks like another", () => {
  it.each([
    ["\u00a0 name", "it contains a no-break space (U+00A0): write a plain space"],
    ["web\u2013api", "it contains an en dash (U+2013): write -"],
    ["\u201cweb\u201d", 'it contains a typographic quote (U+201C): write "'],
    ["we\u200bb", "it contains a zero-width space (U+200B): write nothing"],
    ["web-api", undefined],
    ["\u00e9t\u00e9", undefined],
  ])("in %j: %s", (text, fault) => {
    expect(lookalikeFault(text)).toBe(fault);
  });
});

describe("what is wrong with a name", () => {
  const rule = { max: 15, allowed: /[a-z0-9-]/ };
  it.each([
    ["upgrade-es-https", "it has 16 characters, and 15 are allowed"],
    ["", "it is empty"],
    ["a_b", '"_" is not allowed in it'],
    ["a_b.c", '"_" and "." are not allowed in it'],
    ["a b_c.d/e", '" " and "_" and "." are not allowed in it'],
    ["$PORT", "the placeholder $PORT has not been filled in"],
    // The rule itself says that letters must be in lower case, and the fix writes them so.
    ["HTTP_PORT", undefined],
    ["-web", undefined],
    [80, undefined],
  ])("%j: %s", (found, fault) => {
    expect(nameFault(found, rule)).toBe(fault);
  });
});
