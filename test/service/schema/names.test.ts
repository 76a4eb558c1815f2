import { describe, expect, it } from "@jest/globals";
import {
  isDNS1035Label,
  isDNSLabel,
  isDNSSubdomain,
  isLabelValue,
  isPortName,
  isQualifiedName,
  validatedPrefix,
} from "#src/service/schema/names.ts";

const SIXTY_THREE = "a".repeat(63);
const SIXTY_FOUR = "a".repeat(64);

interface Grammar {
  readonly name: string;
  readonly keeps: (text: string) => boolean;
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

const GRAMMARS: readonly Grammar[] = [
  {
    name: "a DNS label",
    keeps: isDNSLabel,
    good: ["a", "0", "web", "web-2", "2web", "a--b", SIXTY_THREE],
    bad: ["", "-a", "a-", "Web", "a.b", "a_b", "a b", "ä", "-", "a\n", SIXTY_FOUR],
  },
  {
    name: "a DNS label that starts with a letter",
    keeps: isDNS1035Label,
    good: ["a", "web", "web-2", "w2", SIXTY_THREE],
    bad: ["", "0", "2web", "-a", "a-", "Web", "a.b", SIXTY_FOUR],
  },
  {
    name: "a DNS subdomain",
    keeps: isDNSSubdomain,
    good: ["a", "a.b", "0.1", "example.com", SIXTY_FOUR, `${SIXTY_THREE}.`.repeat(3) + "a".repeat(61), "a".repeat(253)],
    bad: ["", ".", "a.", ".a", "a..b", "A.b", "a_b.c", "-a.b", "a-.b", "*.a", "a".repeat(254)],
  },
  {
    name: "a qualified name",
    keeps: isQualifiedName,
    good: [
      "a",
      "A",
      "a.b_c-D",
      "0",
      "example.com/a",
      "a/B_c",
      SIXTY_THREE,
      `example.com/${SIXTY_THREE}`,
      `${"a".repeat(253)}/a`,
    ],
    bad: [
      "",
      "/",
      "a/",
      "/a",
      "a/b/c",
      "-a",
      "a-",
      ".a",
      "a.",
      "_a",
      "Example.com/a",
      "a_b/c",
      "a b",
      SIXTY_FOUR,
      `${"a".repeat(254)}/a`,
    ],
  },
  {
    name: "a label's value",
    keeps: isLabelValue,
    good: ["", "a", "A_b.c-9", SIXTY_THREE],
    bad: ["-a", "a-", "a/b", "a b", " ", ".", SIXTY_FOUR],
  },
  {
    name: "a port's name",
    keeps: isPortName,
    good: ["a", "http", "8-a", "a-b-c", "0a", "a".repeat(15)],
    bad: ["", "80", "8-0", "a--b", "-a", "a-", "HTTP", "a_b", "a.b", "a b", "*a", "a*", "a".repeat(16)],
  },
];

describe.each(GRAMMARS)("$name", ({ keeps, good, bad }) => {
  it.each(good)("is %j", (text) => {
    expect(keeps(text)).toBe(true);
  });

  it.each(bad)("is not %j", (text) => {
    expect(keeps(text)).toBe(false);
  });
});

describe("a prefix for generated names stands for the name it may become", () => {
  it.each([
    { prefix: "web", want: "web" },
    { prefix: "web-", want: "wea" },
    { prefix: "w-", want: "a" },
    { prefix: "-", want: "-" },
    { prefix: "web--", want: "weba" },
    { prefix: "-web", want: "-web" },
    { prefix: "", want: "" },
  ])("$prefix: $want", ({ prefix, want }) => {
    expect(validatedPrefix(prefix)).toBe(want);
  });
});
